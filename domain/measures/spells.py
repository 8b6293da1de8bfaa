"""Releases of one person that cannot both be true: two exits without custody between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Spell(NamedTuple):
    """One stay in custody that ended in a release; `reception_on` is None when it is unknown."""

    release_id: str
    reception_on: date | None
    released_on: date


def overlapping(spells: Iterable[Spell]) -> frozenset[str]:
    """Return the ids of the releases to exclude, among all spells of one person.

    The earliest release is kept, then each that begins when the one kept before it has ended. A
    spell with no reception day overlaps only with a release on the same day. A return to custody
    on the day of release is possible, so spells may touch.
    """
    kept_until: date | None = None
    excluded: set[str] = set()
    for each in sorted(spells, key=lambda spell: (spell.released_on, spell.release_id)):
        if kept_until is not None and _overlaps(each, kept_until):
            excluded.add(each.release_id)
        else:
            kept_until = each.released_on
    return frozenset(excluded)


def _overlaps(later: Spell, kept_until: date) -> bool:
    if later.released_on == kept_until:
        return True
    return later.reception_on is not None and later.reception_on < kept_until
