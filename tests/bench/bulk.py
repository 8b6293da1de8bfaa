"""Many past releases in an empty SQLite file, the quick way.

Everything that is written is made by the product: ids, keys, what a release counts as, its row and
its sums. Only the writing is shorter, because nothing can be there already: nothing is looked for,
indexes are built at the end, and the sums of a month are written once.
`tests/measures/test_bulk.py` holds the tables together with those of the product's own loading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from domain.codes import Nation
from domain.measures.counts import Counts
from infra.database.engine import Database
from infra.database.tables import CountedByRow, MeasuredRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS
from infra.measures.backfill.arrivals import known_of_past
from infra.measures.backfill.rows import PastRelease
from infra.measures.figures import Figures
from infra.measures.measuring import person_key
from infra.measures.patterns import Patterns, stored_counts
from infra.measures.rows import CUT_COLUMNS, Row, row_of
from infra.measures.sums import Sums, note_change
from infra.release_ids import release_id_for

_AT_ONCE: Final = 100_000
_MEASURED: Final = table_of(MeasuredRow)
_COUNTED: Final = ("month", "nation", *CUT_COLUMNS.values(), "pattern")


@dataclass
class Bulk:
    """Fills one SQLite database in which nothing is measured yet.

    Attributes:
        id_key: As for `Backfill`, and likewise `audit_key`.
        on: The London day on which everything becomes known.
        on_progress: Told how many releases are written.
    """

    database: Database
    figures: Figures
    id_key: bytes
    audit_key: bytes
    on: date
    on_progress: Callable[[int], None] = lambda _done: None
    _patterns: dict[Counts, int] = field(default_factory=dict)
    _stored: Patterns = field(default_factory=Patterns)

    def load(self, releases: Iterable[PastRelease]) -> None:
        """Write releases, each of another person, and every sum over them."""
        with self.database.write() as session:
            for each in _MEASURED.indexes:
                each.drop(session.connection())
        rest, done = iter(releases), 0
        while some := list(islice(rest, _AT_ONCE)):
            self._write(some)
            done += len(some)
            self.on_progress(done)
        with self.database.write() as session:
            for each in _MEASURED.indexes:
                each.create(session.connection())
            _sum(session)
            note_change(session, tuple(Nation))
            version = {"policy_version": self.figures.policy.version}
            session.execute(insert(table_of(CountedByRow)), version)

    def _write(self, releases: Sequence[PastRelease]) -> None:
        with self.database.write() as session:
            # 400 MB: the index of ids would be read again and again.
            session.connection().exec_driver_sql("PRAGMA cache_size = -400000")
            rows = [self._row(session, each) for each in releases]
            _insert(session, _MEASURED, rows)

    def _row(self, session: Session, past: PastRelease) -> Row:
        release_id = release_id_for(self.id_key, past.prison_number, past.reception_on)
        person = person_key(self.audit_key, past.prison_number)
        known = known_of_past(past, release_id, person, self.figures)
        return row_of(known, self._pattern(session, self.figures.counts(known.facts)), self.on)

    def _pattern(self, session: Session, counts: Counts) -> int:
        known = self._patterns.get(counts)
        if known is None:
            known = self._patterns[counts] = self._stored.id_of(session, counts)
        return known


def _insert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows past SQLAlchemy, which takes longer with a row than SQLite does."""
    names = tuple(each.name for each in table.c)
    places = ", ".join("?" * len(names))
    into = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own words
    stored = [tuple(_stored(row[each]) for each in names) for row in rows]
    session.connection().exec_driver_sql(into, stored)


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict) else value


def _sum(session: Session) -> None:
    """Write every sum, month by month, because the sums of ten years at once are large."""
    columns = [_MEASURED.c[each] for each in _COUNTED]
    occurring = select(*columns, func.count().label("times")).group_by(*columns)
    found = session.execute(occurring.order_by(_MEASURED.c.month)).mappings()
    for _month, rows in groupby(found, itemgetter("month")):
        _sum_month(session, [dict(each) for each in rows])


def _sum_month(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    counts = stored_counts(session, {each["pattern"] for each in rows})
    sums = Sums()
    for each in rows:
        sums.add(each, counts[each["pattern"]], each["times"])
    fixed, details = sums.rows()
    _insert(session, COUNTS, fixed)
    _insert(session, DETAILS, details)
