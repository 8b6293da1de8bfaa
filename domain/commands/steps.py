"""What may be asked of a step itself, and of its escalation."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from domain.facts import (
    Code,
    Day,
    Fact,
)
from domain.journey import Step


class MarkNotNeeded(Fact):
    """A step does not apply to this person, for a coded reason that stays visible."""

    kind: Literal["mark_not_needed"] = "mark_not_needed"
    on: Day
    step: Step
    reason: Code


class RecordDeclined(Fact):
    """The person declined a step; they stay in the denominator."""

    kind: Literal["record_declined"] = "record_declined"
    on: Day
    step: Step
    reason: Code


class ReopenStep(Fact):
    """A step marked not needed or declined is wanted after all."""

    kind: Literal["reopen_step"] = "reopen_step"
    on: Day
    step: Step


class Obstacle(StrEnum):
    """Why a step cannot be done as it should be."""

    PERSON_NOT_SEEN = "person_not_seen"
    NO_ANSWER = "no_answer"
    NOT_OFFERED = "not_offered"
    NOT_IN_TIME = "not_in_time"
    WENT_WRONG = "went_wrong"


class ReportObstacle(Fact):
    """Whoever works a step cannot do it; it is escalated at once, before it is late."""

    kind: Literal["report_obstacle"] = "report_obstacle"
    on: Day
    step: Step
    reason: Obstacle
    note: Code | None = None


class AcknowledgeEscalation(Fact):
    """Take the work for the length of the lease; it stays due."""

    kind: Literal["acknowledge_escalation"] = "acknowledge_escalation"
    step: Step


class PassOnEscalation(Fact):
    """Whoever was paged cannot act; the next rung is paged at once."""

    kind: Literal["pass_on_escalation"] = "pass_on_escalation"
    step: Step


class Unreached(StrEnum):
    """Why nobody on a rung can answer, so that waiting for its time would be for nothing."""

    NOBODY_NAMED = "nobody_named"
    EMPTY_ROTA = "empty_rota"
    ABSENT_WITHOUT_COVER = "absent_without_cover"
    NOT_DELIVERED = "not_delivered"
    NOT_ANSWERED = "not_answered"


class EscalateUnreached(Fact):
    """Turn to the next rung at once, on evidence that this one reaches nobody.

    The delivery side asks this, never a person. It names the rung that it is about, so that
    evidence which comes late moves nothing.
    """

    kind: Literal["escalate_unreached"] = "escalate_unreached"
    step: Step
    number: int
    level: int
    reason: Unreached
