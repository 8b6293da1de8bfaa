"""How a step can stand by its facts, and the coded reasons that the facts themselves give.

A reason that the service gives by itself, rather than a person, is named here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.state import StepStatus


class Answer(NamedTuple):
    """How a step stands by its facts; `reason` is the automatic code of anything but done."""

    status: StepStatus
    reason: str | None = None


OPEN: Final = Answer(StepStatus.OPEN)
DONE: Final = Answer(StepStatus.DONE)
NO_NEED: Final = Answer(StepStatus.NOT_NEEDED, "no_treatment_need")
NO_OPIATE_HISTORY: Final = Answer(StepStatus.NOT_NEEDED, "no_opiate_history")
NO_CONDITION: Final = Answer(StepStatus.NOT_NEEDED, "no_condition_requested")
OUTSIDE_WINDOW: Final = Answer(StepStatus.MISSED, "started_outside_window")
LEFT_EARLY: Final = Answer(StepStatus.MISSED, "left_treatment_early")
OVERTAKEN: Final = Answer(StepStatus.MISSED, "overtaken_by_treatment")

AUTOMATIC_REASONS: Final = frozenset(
    each.reason
    for each in (
        *(NO_NEED, NO_OPIATE_HISTORY, NO_CONDITION),
        *(OUTSIDE_WINDOW, LEFT_EARLY, OVERTAKEN),
    )
)
"""Reasons that the facts gave and the facts can take back; any other was given by a person."""

WITHDRAWN: Final = Answer(StepStatus.MISSED, "withdrawn_by_correction")
"""How a step of a closed release stands when a correction takes its fact away."""
