"""Sums over releases, changed by what one release counted before and counts now.

The rows of a sum are locked in one order and last of all, so that two projections can wait for
each other but never stand still.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy.orm import Session

from domain.measures.counts import Count
from infra.database.tables import MeasureChangesRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS, WHOLE_NATION
from infra.database.upsert import OnConflictInsert, dialect_of, insert_into
from infra.measures.rows import cells

_CHANGES: Final = table_of(MeasureChangesRow)
_FIXED: Final = frozenset(str(each) for each in Count)
_KEY: Final = ("nation", "cut", "month", "area", "key")
_DETAIL_KEY: Final = ("nation", "cut", "month", "key", "name")
_Cell = tuple[str, str, str, date, str]


class Sums:
    """Collects changes, then writes each sum once."""

    def __init__(self) -> None:
        self._changes: defaultdict[_Cell, dict[str, int]] = defaultdict(dict)

    def add(self, row: Mapping[str, Any], counts: Mapping[str, int], times: int = 1) -> None:
        """Take in what a release counts as; `times` is -1 for what it no longer counts as."""
        for cell in cells(row, WHOLE_NATION):
            sums = self._changes[cell]
            for name, number in counts.items():
                sums[name] = sums.get(name, 0) + times * number

    def write(self, session: Session) -> None:
        """Change the stored sums by everything that was taken in, and forget it."""
        fixed, details = self.rows()
        self._changes.clear()
        dialect = dialect_of(session)
        if fixed:
            session.execute(_add_fixed(dialect), sorted(fixed, key=lambda row: _place(row, _KEY)))
        if details:
            ordered = sorted(details, key=lambda row: _place(row, _DETAIL_KEY))
            session.execute(_add_details(dialect), ordered)
        note_change(session, {row["nation"] for row in (*fixed, *details)})

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return what was taken in: by how much each sum changes, and each numbered count."""
        fixed: list[dict[str, Any]] = []
        details: list[dict[str, Any]] = []
        for (nation, cut, area, month, key), sums in self._changes.items():
            changed = {name: number for name, number in sums.items() if number}
            own = {"nation": nation, "cut": cut, "month": month, "key": key}
            if not changed.keys().isdisjoint(_FIXED):
                numbers = {name: changed.get(name, 0) for name in _FIXED}
                fixed.append({**own, "area": area, **numbers})
            if area == WHOLE_NATION:
                numbered = changed.keys() - _FIXED
                details += ({**own, "name": each, "number": changed[each]} for each in numbered)
        return fixed, details


def note_change(session: Session, nations: Collection[str]) -> None:
    """Let nobody go on with answers that were worked out before this transaction."""
    if nations:
        rows = [{"nation": each, "number": 1} for each in sorted(nations)]
        session.execute(_count_change(dialect_of(session)), rows)


def _place(row: Mapping[str, Any], key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[each] for each in key)


@cache
def _count_change(dialect: str) -> OnConflictInsert:
    statement = insert_into(_CHANGES, dialect)
    changed = {"number": _CHANGES.c.number + statement.excluded.number}
    return statement.on_conflict_do_update(index_elements=["nation"], set_=changed)


@cache
def _add_fixed(dialect: str) -> OnConflictInsert:
    statement = insert_into(COUNTS, dialect)
    changes = {each: COUNTS.c[each] + statement.excluded[each] for each in sorted(_FIXED)}
    return statement.on_conflict_do_update(index_elements=_KEY, set_=changes)


@cache
def _add_details(dialect: str) -> OnConflictInsert:
    statement = insert_into(DETAILS, dialect)
    changed = {"number": DETAILS.c.number + statement.excluded.number}
    return statement.on_conflict_do_update(index_elements=_DETAIL_KEY, set_=changed)
