"""What a release's workflow and the record say of it, compared: pure, so that every case is tested.

A story is told by submissions; what falls due by itself follows from them. So two states tell one
story exactly when they accepted the same submissions, whatever version of the code computed them.
"""

from __future__ import annotations

from enum import StrEnum

from domain.evolve import REMEMBERED_KEYS
from domain.state import Accepted, Release


class Finding(StrEnum):
    """How a release was found, and what is done about it.

    Attributes:
        AGREED: Both stores say the same.
        UNPROJECTED: The record lacks events or differs: the workflow writes it again.
        LOST: No workflow runs although the release is open: it is started again.
        OUTRUN: The record knows more than the workflow, which came from an older backup: it is
            started again from the record.
        FORKED: Each knows submissions that the other does not; a person has to decide.
        INCOMPLETE: Events are missing that no run can tell any more; a person has to look.
        UNANSWERED: The workflow did not answer; look again once a worker runs.
    """

    AGREED = "agreed"
    UNPROJECTED = "unprojected"
    LOST = "lost"
    OUTRUN = "outrun"
    FORKED = "forked"
    INCOMPLETE = "incomplete"
    UNANSWERED = "unanswered"


NEEDS_A_PERSON = frozenset({Finding.FORKED, Finding.INCOMPLETE, Finding.UNANSWERED})


def compare(stored: Release | None, said: Release, *, is_running: bool) -> Finding:
    """Return how a release was found.

    Args:
        stored: What the record holds, read before the workflow was asked.
        said: What the workflow says.
        is_running: Whether it runs; an ended one still answers.
    """
    if stored is not None and not tell_one_story(stored, said):
        return Finding.FORKED
    if stored is not None and stored.seq > said.seq:
        return Finding.OUTRUN
    if said.is_open and not is_running:
        return Finding.LOST
    return Finding.AGREED if stored == said else Finding.UNPROJECTED


def tell_one_story(one: Release, other: Release) -> bool:
    """Return whether one state is the other's past: they accepted the same, as far as both go."""
    until = min(one.seq, other.seq)
    since = max(_remembers_from(one), _remembers_from(other))
    return _accepted(one, since, until) == _accepted(other, since, until)


def _accepted(state: Release, since: int, until: int) -> dict[str, Accepted]:
    return {key: each for key, each in state.requests.items() if since <= each.seq <= until}


def _remembers_from(state: Release) -> int:
    """Return the event since which no submission has been forgotten."""
    if len(state.requests) < REMEMBERED_KEYS:
        return 0
    return min(each.seq for each in state.requests.values())
