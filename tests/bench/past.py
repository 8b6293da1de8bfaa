"""Past releases in all three stores: SQLite and PostgreSQL as the product fills them, and DuckDB.

SQLite is filled by the product's own loading; PostgreSQL gets a copy of those tables, because
loading a million rows twice would only take longer; without the facts, which no rate reads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Json
from sqlalchemy import Table, literal, make_url, select

from infra.database.engine import Database
from infra.database.migrating import upgrade
from infra.database.tables import MeasuredRow, PatternCountRow, PatternRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS
from infra.demo.past import PastReleases, write_csv
from infra.measures.backfill.loading import Backfill
from infra.measures.backfill.rows import BackfillFile, PastRelease
from infra.measures.figures import shipped_figures
from tests.measures.second_opinion import SecondOpinion
from tests.stores import postgresql_server

FIRST, LAST = date(2016, 11, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 21)
_KEY = b"a key of the benchmark, 32 bytes"
_TABLES: Sequence[Table] = (
    *map(table_of, (MeasuredRow, PatternRow, PatternCountRow)),
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
    _copy(sqlite, url.render_as_string(hide_password=False))
    yield Stores(count, sqlite, postgresql, SecondOpinion(csv))
    sqlite.close()
    postgresql.close()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(count: int, file: Path, csv: Path) -> None:
    figures = shipped_figures()
    began = time.perf_counter()
    rows: list[PastRelease] = list(PastReleases(figures.reference, FIRST, LAST).draw(count))
    upgrade(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    Backfill(database, figures, _KEY, _KEY).load(BackfillFile(tuple(rows), (), ()), "bench", TODAY)
    database.close()
    with csv.open("w", encoding="utf-8") as stream:
        write_csv(rows, stream, figures.reference)
    took = time.perf_counter() - began
    print(f"invented and loaded {count:,} past releases in {took:.0f} s", flush=True)


def _copy(source: Database, url: str) -> None:
    with psycopg.connect(url) as target, source.read() as session:
        for table in _TABLES:
            names = [each.name for each in table.c]
            copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
            )
            own = [literal("{}") if each.name == "facts" else each for each in table.c]
            streamed = session.connection().execution_options(yield_per=10_000)
            with target.cursor() as cursor, cursor.copy(copy) as into:
                for row in streamed.execute(select(*own)):
                    into.write_row([_plain(each) for each in row])
        target.commit()
    with psycopg.connect(url, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")


def _plain(value: object) -> object:
    return Json(value) if isinstance(value, dict) else value
