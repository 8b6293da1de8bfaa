"""What may be asked on release day and after it."""

from __future__ import annotations

from typing import Literal

from domain.facts import (
    Code,
    Day,
    Fact,
    Instant,
    ReleaseRoute,
    RetentionOutcome,
)


class RecordRelease(Fact):
    """The person has left; `at` is when, UTC."""

    kind: Literal["record_release"] = "record_release"
    at: Instant
    route: ReleaseRoute = ReleaseRoute.PLANNED
    last_supervised_dose_on: Day | None = None
    naloxone_in_hand: bool


class RecordContact(Fact):
    """Whether the person came to an appointment."""

    kind: Literal["record_contact"] = "record_contact"
    on: Day
    appointment: Code
    attended: bool


class RecordContactAttempt(Fact):
    """One attempt to reach the person after a miss."""

    kind: Literal["record_contact_attempt"] = "record_contact_attempt"
    on: Day
    reached: bool


class RecordTreatmentStart(Fact):
    """Structured treatment started in the community on `on`."""

    kind: Literal["record_treatment_start"] = "record_treatment_start"
    on: Day
    service: Code


class RecordRetention(Fact):
    """How treatment stands after twelve weeks, or how it ended before."""

    kind: Literal["record_retention"] = "record_retention"
    on: Day
    outcome: RetentionOutcome


class EndJourney(Fact):
    """A person decides that treatment will not start: the only way out without one."""

    kind: Literal["end_journey"] = "end_journey"
    on: Day
    reason: Code
