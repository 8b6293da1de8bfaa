"""What a person leaves with: essentials, licence conditions, the pack, and the release itself."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime, Field, model_validator

from domain.codes import (
    HandoverParty,
)
from domain.facts.fact import Code, Day, Fact


class Essential(StrEnum):
    """What a person needs on the first night."""

    FIRST_NIGHT_ADDRESS = "first_night_address"
    ID = "id"
    BANK_ACCOUNT = "bank_account"
    BENEFITS_APPOINTMENT = "benefits_appointment"
    GP = "gp"
    TRAVEL = "travel"


class EssentialAnswer(StrEnum):
    """Arranged, or one of the two honest ways of not arranging it."""

    ARRANGED = "arranged"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"


class EssentialItem(Fact):
    """One essential's answer; anything but arranged needs a coded reason."""

    item: Essential
    answer: EssentialAnswer
    reason: Code | None = None

    @model_validator(mode="after")
    def _an_exception_says_why(self) -> EssentialItem:
        if self.answer is not EssentialAnswer.ARRANGED and self.reason is None:
            msg = "reason: give the coded reason"
            raise ValueError(msg)
        return self


class DrugCondition(StrEnum):
    """Treatment and testing are separate conditions, recorded and reported apart (R73)."""

    TREATMENT = "treatment"
    TESTING = "testing"


class ConditionStatus(StrEnum):
    """Where a requested condition stands."""

    REQUESTED = "requested"
    EVIDENCED = "evidenced"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LicenceCriteria(Fact):
    """The five criteria of PI 30/14, and notes on necessity and proportionality (R68, R69)."""

    linked_to_offending: bool
    dependent_or_propensity: bool
    requires_and_susceptible_to_treatment: bool
    appointment_known_and_confirmed: bool
    type_set_on_health_advice: bool
    necessity_note: Code
    proportionality_note: Code

    @property
    def all_met(self) -> bool:
        """Whether every one of the five holds; one that does not blocks the condition."""
        return (
            self.linked_to_offending
            and self.dependent_or_propensity
            and self.requires_and_susceptible_to_treatment
            and self.appointment_known_and_confirmed
            and self.type_set_on_health_advice
        )


class LicenceCondition(Fact):
    """One drug condition asked for."""

    condition: DrugCondition
    status: ConditionStatus
    criteria: LicenceCriteria | None = None


class Handover(Fact):
    """The pack as sent, and the day each party acknowledged it."""

    pack: Code
    sent_on: Day
    sent_at: AwareDatetime
    acknowledged: dict[HandoverParty, Day] = Field(default_factory=dict)


class ReleaseRoute(StrEnum):
    """How the person left; everything but `PLANNED` compresses what is still open (R39)."""

    PLANNED = "planned"
    EARLY = "early"
    FROM_COURT = "from_court"
    SHORT_NOTICE = "short_notice"


class ReleaseRecord(Fact):
    """Release day as it happened."""

    at: AwareDatetime
    on: Day
    route: ReleaseRoute = ReleaseRoute.PLANNED
    last_supervised_dose_on: Day | None = None
    naloxone_in_hand: bool
