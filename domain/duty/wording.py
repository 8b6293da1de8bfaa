"""What is wrong with a rota or a contact, in sentences for people; none names anybody."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from domain.duty.flaws import Flaw, FlawKind
from domain.duty.quality import TaskReason
from domain.duty.rota import Unfilled
from domain.duty.wall_time import in_words

UNFILLED: Final = {
    Unfilled.EMPTY_ROTA: "the rota has nobody then",
    Unfilled.ABSENT_WITHOUT_COVER: "whoever has the shift is away, and nobody covers",
    Unfilled.NOBODY_NAMED: "nobody is named",
    Unfilled.COVER_LOOP: "those who cover for one another are all away",
}
"""Why nobody can be turned to, to go on a sentence with."""

TASKS: Final = {
    TaskReason.EMPTY_ROTA: "The rota has nobody. Fill it.",
    TaskReason.ABSENT_WITHOUT_COVER: (
        "Whoever has the shift is away, and nobody covers. Name cover, or change the shift."
    ),
    TaskReason.NOBODY_NAMED: "A release has no named worker. Name one.",
    TaskReason.COVER_LOOP: (
        "Those who cover for one another are all away. Name somebody who is there."
    ),
    TaskReason.NUMBER_FAILED: (
        "Their mobile does not take messages any more. Check it with them, and enter another one."
    ),
    TaskReason.TEXTS_STOPPED: (
        "They asked for no more texts. Agree how they are reached: another mobile, by e-mail or by "
        "call; or have them text START."
    ),
    TaskReason.EMAIL_FAILED: (
        "Their e-mail address does not take messages. Check it with them, and enter another one."
    ),
}
"""What keeps a page from landing, and what to do about it."""


def explain(flaw: Flaw, other: str) -> str:
    """Return what is wrong, as a sentence without its full stop.

    Args:
        flaw: What was found.
        other: What the shift before is called where this is read, such as "line 3".
    """
    starts = in_words(flaw.starts_at)
    match flaw.kind:
        case FlawKind.GAP:
            between = f"between this and {other}"
            return f"Nobody is on duty from {starts} to {_until(flaw.ends_at)}, {between}"
        case FlawKind.OVERLAP:
            return f"This overlaps {other} from {starts} to {_until(flaw.ends_at)}"
        case FlawKind.ENDS_BEFORE_START:
            return "The end must be later than the start"
        case FlawKind.COVERS_THEMSELVES:
            return "Nobody can cover for themselves. Name somebody else, or nobody"
        case FlawKind.COVER_LOOP:
            loop = f"Cover leads back to whoever is away, by way of {other}"
            span = f"from {starts} to {_until(flaw.ends_at)}"
            return f"{loop}, {span}. Name somebody who is there then, or nobody"


def _until(at: datetime | None) -> str:
    return in_words(at) if at else "further notice"
