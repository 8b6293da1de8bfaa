"""What is true after release: attempts to reach the person, treatment start and retention."""

from __future__ import annotations

from enum import StrEnum

from domain.codes import (
    Role,
)
from domain.facts.fact import Code, Day, Fact


class ContactAttempt(Fact):
    """One attempt to reach a person who was not seen."""

    on: Day
    by: Role
    reached: bool


class TreatmentStart(Fact):
    """The day structured treatment started; being booked or seen is another fact (R4)."""

    on: Day
    service: Code


class RetentionOutcome(StrEnum):
    """How treatment stood twelve weeks after it started (R17)."""

    IN_TREATMENT = "in_treatment"
    LEFT_TREATMENT_COMPLETE = "left_treatment_complete"
    LEFT_EARLY = "left_early"


class Retention(Fact):
    """The twelve-week answer and the day it was true."""

    outcome: RetentionOutcome
    on: Day
