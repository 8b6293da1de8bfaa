"""When a step is due: what is counted, from which fact, to which hour."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from domain.policy.citing import Citation, Document, WallTime
from domain.policy.severities import Raise, Severity


class Anchor(StrEnum):
    """The fact from which a due time counts."""

    RECEPTION = "reception"
    START = "start"
    SCREENED = "screened"
    EXPECTED_RELEASE = "expected_release"
    REFERRAL_SENT = "referral_sent"
    HANDOVER_SENT = "handover_sent"
    APPOINTMENT = "appointment"
    MISSED_APPOINTMENT = "missed_appointment"
    RELEASE = "release"
    TREATMENT_START = "treatment_start"
    INCIDENT = "incident"


class Clock(StrEnum):
    """What is counted; working days leave out weekends and bank holidays of England and Wales."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


class DueRule(Document):
    """A due time: `count` of `clock` from `anchor` (negative before it), at a London wall time.

    `at` is ignored for hours. `end_of_day` is the last instant of that London day.
    """

    anchor: Anchor
    clock: Clock
    count: Annotated[int, Field(ge=-400, le=400)]
    at: WallTime | Literal["end_of_day"] = "end_of_day"
    cite: Citation


class StepPolicy(Document):
    """When a step is due and how bad it is when it lapses.

    Attributes:
        due: The step's own due time.
        late_start: Instead of `due`, when work started only after `due` would have passed.
        answer: Once something was sent: when the other side must have answered.
        after_miss: After a missed appointment.
        without_appointment: When there is no appointment to count from.
        warnings: Reminders to the owner before the lapse.
    """

    due: DueRule
    late_start: DueRule | None = None
    answer: DueRule | None = None
    after_miss: DueRule | None = None
    without_appointment: DueRule | None = None
    warnings: tuple[DueRule, ...] = ()
    severity: Severity
    severity_cite: Citation
    raised: tuple[Raise, ...] = ()
