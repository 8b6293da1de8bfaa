"""What is wrong with a rota or with absences that somebody gives, told entry by entry.

New entries are judged together with what is stored and stays, so that a period joins the rota
around it without a gap and without anybody standing in two places of one post.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.duty.flaws import Flaw, FlawKind, absence_flaws, flaws
from domain.duty.posts import Post, Team
from domain.duty.rota import Absence, Shift
from domain.duty.splicing import period_of, relevant
from domain.duty.wording import explain

NameOf = Callable[[int], str]
"""What the entry at a place is called where its author reads about it, such as "line 3"."""

STORED = "the rota that is loaded already"
STORED_ABSENCE = "an absence that is recorded already"


class EntryFault(NamedTuple):
    """What is wrong with one entry.

    Attributes:
        place: Of the entry, in what was given.
        field: Of the entry.
        message: A sentence without its full stop; it names nobody.
    """

    place: int
    field: str
    message: str


def shift_faults(
    new: Sequence[Shift], stored: Sequence[Shift], now: datetime, name_of: NameOf
) -> tuple[EntryFault, ...]:
    """Return what is wrong with new shifts, each rota's taken as the period that they span.

    Args:
        new: Of any number of rotas.
        stored: What is stored of those rotas.
        now: What is over by then is not held against anybody.
        name_of: Names a new shift by its place.
    """
    if any(each.ends_at is not None and each.ends_at <= each.starts_at for each in new):
        # Without a right end there is no period to put in place.
        return _faults(flaws(new), 0, name_of, STORED)
    known = rotas_of(stored)
    staying: list[Shift] = []
    for rota, shifts in rotas_of(new).items():
        staying.extend(relevant(known.get(rota, ()), period_of(shifts), now))
    return _faults(flaws([*staying, *new]), len(staying), name_of, STORED)


def absence_faults(
    new: Sequence[Absence], staying: Sequence[Absence], name_of: NameOf
) -> tuple[EntryFault, ...]:
    """Return what is wrong with new absences beside those that are stored and stay."""
    found = absence_flaws([*staying, *new])
    return _faults(found, len(staying), name_of, STORED_ABSENCE)


def rotas_of(shifts: Sequence[Shift]) -> Mapping[tuple[Team, Post], Sequence[Shift]]:
    """Return the shifts of each rota."""
    found: dict[tuple[Team, Post], list[Shift]] = {}
    for each in shifts:
        found.setdefault((each.team, each.post), []).append(each)
    return found


def _faults(
    found: Sequence[Flaw], stored: int, name_of: NameOf, stored_name: str
) -> tuple[EntryFault, ...]:
    """Blame the later entry; what is wrong between stored ones is not this author's."""
    faults = []
    for flaw in found:
        blamed, other = max(flaw.first, flaw.second), min(flaw.first, flaw.second)
        if blamed < stored:
            continue
        if other >= stored:
            blamed, other = flaw.second, flaw.first
        named = stored_name if other < stored else name_of(other - stored)
        ends_too_soon = flaw.kind is FlawKind.GAP and blamed == flaw.first
        field = "ends_at" if ends_too_soon else _FIELDS[flaw.kind]
        faults.append(EntryFault(blamed - stored, field, explain(flaw, named)))
    return tuple(sorted(faults))


_FIELDS = {
    FlawKind.GAP: "starts_at",
    FlawKind.OVERLAP: "starts_at",
    FlawKind.ENDS_BEFORE_START: "ends_at",
    FlawKind.COVERS_THEMSELVES: "cover",
    FlawKind.COVER_LOOP: "cover",
}
