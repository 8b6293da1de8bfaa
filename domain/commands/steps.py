"""What may be asked of a step itself, and of its escalation."""

from __future__ import annotations

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


class AcknowledgeEscalation(Fact):
    """Take the work for the length of the lease; it stays due."""

    kind: Literal["acknowledge_escalation"] = "acknowledge_escalation"
    step: Step


class PassOnEscalation(Fact):
    """Whoever was paged cannot act; the next rung is paged at once."""

    kind: Literal["pass_on_escalation"] = "pass_on_escalation"
    step: Step
