"""Whether a notice is still worth telling: asked when it is routed, and again before each send.

Facts move on while a message waits. Each "no" is a coded reason that goes into the trail (rule 6).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from domain.journey import Step
from domain.policy import Channel, Severity
from domain.state import LadderStatus
from notifications.notices import Template

PAGES: Final = frozenset(
    {Template.STEP_LAPSED, Template.ESCALATED, Template.HELP_ASKED, Template.CHAIN_EXHAUSTED}
)
"""What a rung of a ladder sends; somebody has to answer it."""

_ABOUT_AN_OPEN_STEP: Final = frozenset({Template.STEP_DUE_SOON})
_ALSO_WHEN_CLOSED: Final = frozenset(
    {Template.RELEASE_CLOSED, Template.TAKEN, Template.REPLY_TO_READ, Template.DEATH_RECORDED}
)


class Noted(NamedTuple):
    """A notice as routing and sending read it.

    Attributes:
        reference: The release's short reference, the only thing that names it to people.
        prison: Where the release comes from; many alike from one place are a storm.
        policy_version: The policy that its release is pinned to.
    """

    id: str
    release_id: str
    reference: str
    prison: str
    template: Template
    audience: str
    severity: Severity
    channels: tuple[Channel, ...]
    step: Step | None
    ladder: int | None
    level: int | None
    about: str | None
    created_at: datetime
    policy_version: str


class Ladder(NamedTuple):
    """The newest escalation of the step that a notice is about."""

    number: int
    level: int
    status: LadderStatus


class Standing(NamedTuple):
    """How a release stands now, as far as its notices depend on it.

    Attributes:
        leaves_on: R once released, E until then.
        due_at: When the step that the notice is about is due; None once it is answered.
        appointment_at: The newest appointment that has passed, for who is asked about it.
    """

    is_closed: bool
    died: bool
    leaves_on: date
    is_step_open: bool
    due_at: datetime | None
    ladder: Ladder | None
    appointment_at: datetime | None = None


def overtaken(noted: Noted, standing: Standing) -> str | None:
    """Return the coded reason why a notice need not be told any more, None while it must be."""
    if standing.died and noted.template is not Template.DEATH_RECORDED:
        return "died"
    if standing.is_closed and noted.template not in _ALSO_WHEN_CLOSED:
        return "closed"
    if noted.template in PAGES:
        return _page_overtaken(noted, standing.ladder)
    if noted.template in _ABOUT_AN_OPEN_STEP and not standing.is_step_open:
        return "answered"
    return None


def _page_overtaken(noted: Noted, ladder: Ladder | None) -> str | None:
    if ladder is None or ladder.number != noted.ladder or ladder.status is LadderStatus.CLOSED:
        return "answered"
    if ladder.status is LadderStatus.ACKNOWLEDGED:
        return "acknowledged"
    if ladder.level != noted.level:
        return "moved_on"
    return None
