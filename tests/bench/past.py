"""Past releases in all three stores: SQLite and PostgreSQL as the product fills them, and DuckDB.

SQLite is filled in bulk (`tests.bench.bulk`) and PostgreSQL gets a copy of its tables, because the
product's own loading takes half an hour for a million; a test holds the three together.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table, create_engine, make_url, text
from sqlalchemy.orm import Session

from infra.database.engine import Database
from infra.database.migrating import upgrade
from infra.database.tables import CountedByRow, MeasuredRow, PatternCountRow, PatternRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS
from infra.demo.past import PastReleases, written
from infra.measures.figures import shipped_figures
from tests.bench.bulk import Bulk
from tests.measures.second_opinion import SecondOpinion
from tests.stores import postgresql_server

FIRST, LAST = date(2016, 11, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 21)
_KEY = b"a key of the benchmark, 32 bytes"
TABLES: Sequence[Table] = (
    *map(table_of, (MeasuredRow, PatternRow, PatternCountRow, CountedByRow)),
    COUNTS,
    DETAILS,
)


@dataclass(frozen=True)
class Stores:
    """The same releases three times."""

    count: int
    sqlite: Database
    postgresql: Database
    duckdb: SecondOpinion


@contextmanager
def stores(count: int, folder: Path) -> Iterator[Stores]:
    """Fill all three with `count` releases of ten years; a folder that is filled is used again."""
    file, csv = folder / f"past-{count}.db", folder / f"past-{count}.csv"
    if not csv.exists():
        _fill(count, file, csv)
    sqlite = Database(f"sqlite:///{file}")
    server = postgresql_server()
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = make_url(server).set(drivername="postgresql", database=name)
    upgrade(url.render_as_string(hide_password=False))
    postgresql = Database(url.render_as_string(hide_password=False))
    began = time.perf_counter()
    copy_measures(sqlite, url.render_as_string(hide_password=False))
    _say(f"copied {count:,} past releases to PostgreSQL", began)
    yield Stores(count, sqlite, postgresql, SecondOpinion(csv))
    sqlite.close()
    postgresql.close()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(count: int, file: Path, csv: Path) -> None:
    began = time.perf_counter()
    reference = shipped_figures().reference
    drawn = PastReleases(reference, FIRST, LAST).draw(count)
    upgrade(f"sqlite:///{file}")
    unfinished = csv.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as stream:
        bulk = Bulk(f"sqlite:///{file}", _KEY, _KEY, TODAY, _progress)
        bulk.load(written(drawn, stream, reference))
    unfinished.rename(csv)
    _say(f"invented and loaded {count:,} past releases", began)


def copy_measures(source: Database, url: str) -> None:
    """Copy what rates are read from, out of SQLite into an empty migrated PostgreSQL database."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as target, source.read() as session:
        for table in TABLES:
            for each in table.indexes:
                each.drop(target)
            _copy(session, table, target)
            for each in table.indexes:
                each.create(target)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as target:
        target.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def _copy(session: Session, table: Table, target: Connection) -> None:
    names = [each.name for each in table.c]
    # As SQLite holds them, days and documents are text; so is everything that COPY takes.
    stored = text(f"SELECT {', '.join(names)} FROM {table.name}")  # noqa: S608 - our own words
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    streamed = session.connection().execution_options(yield_per=10_000)
    driver: Any = target.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in streamed.execute(stored):
            copy.write_row(row)


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:,} past releases", end="\r", file=sys.stderr, flush=True)


def _say(what: str, began: float) -> None:
    print(f"{what} in {time.perf_counter() - began:.0f} s", flush=True)
