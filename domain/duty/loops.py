"""Cover that leads back to whoever is away: of A, who is covered by B, who is covered by A.

A page that follows such cover reaches nobody (`Unfilled.COVER_LOOP`), so it is refused where
absences are written, for every instant at which it would hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.duty.rota import Absence


class Loop(NamedTuple):
    """Absences of several people who all wait for one another at one time.

    Attributes:
        places: Of the absences, in what was given; at least two.
        starts_at: From when they all hold; UTC.
        ends_at: Until when; None is for ever.
    """

    places: frozenset[int]
    starts_at: datetime
    ends_at: datetime | None


class _Chain(NamedTuple):
    """Cover followed so far: through which absences of whom, and when all of them hold."""

    places: tuple[int, ...]
    people: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None


def loops(absences: Sequence[Absence]) -> tuple[Loop, ...]:
    """Return every loop of cover, each once; who covers for themselves alone is none.

    Args:
        absences: Of any people, of nobody two at once.
    """
    of: dict[str, list[int]] = {}
    for place, each in enumerate(absences):
        of.setdefault(each.staff_id, []).append(place)
    found: dict[frozenset[int], Loop] = {}
    for place in range(len(absences)):
        for loop in _through(place, absences, of):
            found.setdefault(loop.places, loop)
    return tuple(found.values())


def _through(
    place: int, absences: Sequence[Absence], of: Mapping[str, Sequence[int]]
) -> Iterator[Loop]:
    """Follow cover for as long as it names somebody new who is away at that time as well."""
    first = absences[place]
    chains = [_Chain((place,), (first.staff_id,), first.starts_at, first.ends_at)]
    while chains:
        chain = chains.pop()
        cover = absences[chain.places[-1]].cover_staff_id
        if cover == first.staff_id and len(chain.places) > 1:
            yield Loop(frozenset(chain.places), chain.starts_at, chain.ends_at)
        elif cover is not None and cover not in chain.people:
            longer = (_joined(chain, each, absences[each]) for each in of.get(cover, ()))
            chains.extend(each for each in longer if each is not None)


def _joined(chain: _Chain, place: int, absence: Absence) -> _Chain | None:
    starts_at = max(chain.starts_at, absence.starts_at)
    ends = [each for each in (chain.ends_at, absence.ends_at) if each is not None]
    ends_at = min(ends, default=None)
    if ends_at is not None and ends_at <= starts_at:
        return None
    people = (*chain.people, absence.staff_id)
    return _Chain((*chain.places, place), people, starts_at, ends_at)
