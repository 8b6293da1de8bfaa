"""Many past releases in an empty SQLite file, the quick way.

Everything that is written is made by the product: ids, keys, what a release counts as, its row and
its sums. Only the writing is shorter, because nothing can be there already: nothing is looked for,
indexes are built at the end, the sums of a month are written once, and all processors take part.
`tests/measures/test_bulk.py` holds the tables together with those of the product's own loading.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import Any, Final

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from domain.codes import Nation
from domain.measures.counts import Counts
from infra.database.engine import Database
from infra.database.tables import CountedByRow, MeasuredRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS
from infra.measures.backfill.arrivals import known_of_past
from infra.measures.backfill.rows import PastRelease
from infra.measures.figures import shipped_figures
from infra.measures.measuring import person_key
from infra.measures.patterns import Patterns, stored_counts
from infra.measures.rows import CUT_COLUMNS, Row, row_of
from infra.measures.sums import Sums, note_change
from infra.release_ids import release_id_for

_AT_ONCE: Final = 50_000
_PART: Final = 5_000
_MEASURED: Final = table_of(MeasuredRow)
_COUNTED: Final = ("month", "nation", *CUT_COLUMNS.values(), "pattern")


@dataclass
class Bulk:
    """Fills one SQLite database in which nothing is measured yet.

    Attributes:
        url: Of a migrated database.
        id_key: As for `Backfill`, and likewise `audit_key`.
        on: The London day on which everything becomes known.
        on_progress: Told how many releases are written.
    """

    url: str
    id_key: bytes
    audit_key: bytes
    on: date
    on_progress: Callable[[int], None] = lambda _done: None
    _ids: dict[Counts, int] = field(default_factory=dict)
    _patterns: Patterns = field(default_factory=Patterns)

    def load(self, releases: Iterable[PastRelease]) -> None:
        """Write releases, each of another person, and every sum over them."""
        database = Database(self.url)
        with database.write() as session:
            for each in _MEASURED.indexes:
                each.drop(session.connection())
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            self._write(database, releases, pool)
            with database.write() as session:
                for each in _MEASURED.indexes:
                    each.create(session.connection())
            self._sum(database, pool)
        database.close()

    def _write(
        self, database: Database, releases: Iterable[PastRelease], pool: ProcessPoolExecutor
    ) -> None:
        make = partial(_rows, self.id_key, self.audit_key, self.on)
        rest, done = iter(releases), 0
        while parts := list(islice(_parts(rest), _AT_ONCE // _PART)):
            with database.write() as session:
                # 400 MB: otherwise the index of ids is read again and again.
                session.connection().exec_driver_sql("PRAGMA cache_size = -400000")
                for made in pool.map(make, parts):
                    rows = [{**row, "pattern": self._pattern(session, c)} for row, c in made]
                    _insert(session, _MEASURED, rows)
            done += sum(map(len, parts))
            self.on_progress(done)

    def _pattern(self, session: Session, counts: Counts) -> int:
        known = self._ids.get(counts)
        if known is None:
            known = self._ids[counts] = self._patterns.id_of(session, counts)
        return known

    def _sum(self, database: Database, pool: ProcessPoolExecutor) -> None:
        with database.read() as session:
            months = session.execute(select(_MEASURED.c.month).distinct()).scalars().all()
        for fixed, details in pool.map(partial(_sums, self.url), sorted(months)):
            with database.write() as session:
                _insert(session, COUNTS, fixed)
                _insert(session, DETAILS, details)
        version = {"policy_version": shipped_figures().policy.version}
        with database.write() as session:
            session.execute(insert(table_of(CountedByRow)), version)
            note_change(session, tuple(Nation))


def _parts(releases: Iterator[PastRelease]) -> Iterator[Sequence[PastRelease]]:
    while part := list(islice(releases, _PART)):
        yield part


def _rows(
    id_key: bytes, audit_key: bytes, on: date, releases: Sequence[PastRelease]
) -> list[tuple[Row, Counts]]:
    """Return each release's row, without its pattern, and what it counts as."""
    figures = shipped_figures()
    found: list[tuple[Row, Counts]] = []
    for each in releases:
        release_id = release_id_for(id_key, each.prison_number, each.reception_on)
        person = person_key(audit_key, each.prison_number)
        known = known_of_past(each, release_id, person, figures)
        found.append((row_of(known, 0, on), figures.counts(known.facts)))
    return found


def _sums(url: str, month: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return every sum over the releases of one month, and every numbered count."""
    released = select(*(_MEASURED.c[each] for each in _COUNTED)).where(_MEASURED.c.month == month)
    database, sums = Database(url), Sums()
    with database.read() as session:
        found = session.execute(released).mappings()
        rows = [dict(each) for each in found]
        counts = stored_counts(session, {each["pattern"] for each in rows})
    for each in rows:
        sums.add(each, counts[each["pattern"]])
    database.close()
    return sums.rows()


def _insert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows past SQLAlchemy, which takes longer with a row than SQLite does."""
    names = tuple(each.name for each in table.c)
    places = ", ".join("?" * len(names))
    into = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own words
    stored = [tuple(_stored(row[each]) for each in names) for row in rows]
    if stored:
        session.connection().exec_driver_sql(into, stored)


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict) else value
