"""Closing a release: every ladder stops, and nothing is due any more."""

from __future__ import annotations

from domain.deciding.story import Story
from domain.events import EventKind
from domain.journey import Step
from domain.state import Closure, LadderStatus


def close(story: Story, closure: Closure) -> None:
    """Stop every ladder, then close the release."""
    for step in story.state.escalations:
        close_ladder(story, step, "release_closed")
    story.tell(EventKind.RELEASE_CLOSED, {"closure": closure})


def close_ladder(story: Story, step: Step, reason: str) -> None:
    """Close the step's ladder, if one stands, for a coded reason."""
    ladder = story.state.escalations.get(step)
    if ladder is not None and ladder.status is not LadderStatus.CLOSED:
        data = {"number": ladder.number, "reason": reason}
        story.tell(EventKind.ESCALATION_CLOSED, data, step=step)
