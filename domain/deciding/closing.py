"""Standing ladders: closed with a release or a step, or taken to a graver chain."""

from __future__ import annotations

from datetime import datetime

from domain.deciding.story import Story
from domain.events import EventKind
from domain.journey import Step
from domain.ladder import worsen
from domain.policy import Severity
from domain.state import Closure, Escalation, LadderStatus


def close(story: Story, closure: Closure) -> None:
    """Stop every ladder, then close the release."""
    for step in story.state.escalations:
        close_ladder(story, step, "release_closed")
    story.tell(EventKind.RELEASE_CLOSED, {"closure": closure})


def close_ladder(story: Story, step: Step, reason: str) -> None:
    """Close the step's ladder, if one stands, for a coded reason."""
    ladder = standing_ladder(story, step)
    if ladder is not None:
        data = {"number": ladder.number, "reason": reason}
        story.tell(EventKind.ESCALATION_CLOSED, data, step=step)


def standing_ladder(story: Story, step: Step) -> Escalation | None:
    """Return the step's ladder while it is not closed."""
    ladder = story.state.escalations.get(step)
    return None if ladder is None or ladder.status is LadderStatus.CLOSED else ladder


def worsen_ladder(story: Story, step: Step, severity: Severity, at: datetime) -> None:
    """Take a standing ladder to the chain of a graver severity; it never gets milder."""
    ladder = standing_ladder(story, step)
    if ladder is None or ladder.severity <= severity:
        return
    rung = worsen(ladder, severity, at, story.rules)
    story.tell(rung.kind, rung.ladder.model_dump(mode="json"), step=step, at=at)
