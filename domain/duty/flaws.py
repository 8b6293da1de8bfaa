"""What is wrong with a rota before anybody relies on it: gaps, overlaps, shifts that never are.

A rota is one post of one team. Between its first shift and its last, somebody must be on duty at
every instant and never two people at once; what is wrong is told by the places of the shifts in
what was given, so that a reader of files can name the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from domain.duty.loops import loops
from domain.duty.posts import Post, Team
from domain.duty.rota import Absence, Shift


class FlawKind(StrEnum):
    """What can be wrong with the shifts of one rota, or the absences of one person."""

    GAP = "gap"
    OVERLAP = "overlap"
    ENDS_BEFORE_START = "ends_before_start"
    COVERS_THEMSELVES = "covers_themselves"
    COVER_LOOP = "cover_loop"


class Flaw(NamedTuple):
    """One thing that is wrong.

    Attributes:
        first: The place, in what was given, of the shift or absence that comes first in time; of a
            loop, of the last but one that was given.
        second: The place of the one that shows the flaw; the same as `first` when one is enough.
        starts_at: From when nobody is on duty, or two people are; UTC.
        ends_at: Until when; None is for ever.
    """

    kind: FlawKind
    first: int
    second: int
    starts_at: datetime
    ends_at: datetime | None


class _Placed(NamedTuple):
    place: int
    starts_at: datetime
    ends_at: datetime | None


def flaws(shifts: Sequence[Shift]) -> tuple[Flaw, ...]:
    """Return every flaw of the rotas that the shifts make up, in the order of the shifts."""
    order = sorted(range(len(shifts)), key=lambda place: _rota_of(shifts[place]))
    found: list[Flaw] = []
    for _, places in groupby(order, key=lambda place: _rota_of(shifts[place])):
        spans = [_placed(place, shifts[place]) for place in places]
        found.extend(_of_one(spans, gaps_matter=True))
    return _in_order(found)


def absence_flaws(absences: Sequence[Absence]) -> tuple[Flaw, ...]:
    """Return what is wrong with absences: two of one person at once, or cover that never arrives.

    Cover never arrives where people cover for themselves, or for one another in a loop.
    """
    order = sorted(range(len(absences)), key=lambda place: absences[place].staff_id)
    found: list[Flaw] = []
    for _, places in groupby(order, key=lambda place: absences[place].staff_id):
        spans = [_placed(place, absences[place]) for place in places]
        found.extend(_of_one(spans, gaps_matter=False))
    for place, each in enumerate(absences):
        if each.cover_staff_id == each.staff_id:
            kind = FlawKind.COVERS_THEMSELVES
            found.append(Flaw(kind, place, place, each.starts_at, each.ends_at))
    if not any(each.kind is FlawKind.OVERLAP for each in found):
        found.extend(_looped(absences))
    return _in_order(found)


def _looped(absences: Sequence[Absence]) -> Iterator[Flaw]:
    for loop in loops(absences):
        *others, last = sorted(loop.places)
        yield Flaw(FlawKind.COVER_LOOP, others[-1], last, loop.starts_at, loop.ends_at)


def _of_one(spans: list[_Placed], *, gaps_matter: bool) -> Iterator[Flaw]:
    backwards = [each for each in spans if each.ends_at is not None and not _lasts(each)]
    for each in backwards:
        kind = FlawKind.ENDS_BEFORE_START
        yield Flaw(kind, each.place, each.place, each.starts_at, each.ends_at)
    lasting = sorted((each for each in spans if _lasts(each)), key=lambda each: each.starts_at)
    if lasting:
        yield from _between(lasting, gaps_matter=gaps_matter)


def _between(lasting: list[_Placed], *, gaps_matter: bool) -> Iterator[Flaw]:
    """Compare each with whoever of those before it stays longest."""
    longest = lasting[0]
    for each in lasting[1:]:
        if longest.ends_at is None or each.starts_at < longest.ends_at:
            until = _earlier(longest.ends_at, each.ends_at)
            yield Flaw(FlawKind.OVERLAP, longest.place, each.place, each.starts_at, until)
        elif gaps_matter and longest.ends_at < each.starts_at:
            gap = (longest.ends_at, each.starts_at)
            yield Flaw(FlawKind.GAP, longest.place, each.place, *gap)
        if _earlier(longest.ends_at, each.ends_at) == longest.ends_at:
            longest = each


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _lasts(span: _Placed) -> bool:
    return span.ends_at is None or span.starts_at < span.ends_at


def _placed(place: int, span: Shift | Absence) -> _Placed:
    return _Placed(place, span.starts_at, span.ends_at)


def _rota_of(shift: Shift) -> tuple[Team, Post]:
    return shift.team, shift.post


def _in_order(found: list[Flaw]) -> tuple[Flaw, ...]:
    return tuple(sorted(found, key=lambda each: (each.second, each.first, each.kind)))
