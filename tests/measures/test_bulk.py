"""What the benchmark fills in bulk is, row by row, what the product's own loading writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Table, inspect, select

from infra.database.engine import Database
from infra.demo.past import PastReleases
from infra.measures.backfill.loading import Backfill
from infra.measures.backfill.rows import BackfillFile, PastRelease
from infra.measures.figures import shipped_figures
from tests.bench.bulk import Bulk
from tests.bench.past import TABLES, copy_measures
from tests.measures.cohorts import AUDIT_KEY, ID_KEY, TODAY

if TYPE_CHECKING:
    from tests.stores import _PostgresqlStore

RELEASES = 500


@pytest.fixture(scope="module")
def drawn() -> tuple[PastRelease, ...]:
    source = PastReleases(shipped_figures().reference, date(2016, 11, 1), date(2026, 10, 31))
    return tuple(source.draw(RELEASES))


def rows_of(database: Database, table: Table) -> set[tuple[str, ...]]:
    with database.read() as session:
        return {tuple(map(_same, row)) for row in session.execute(select(table))}


def indexes_of(database: Database) -> set[str | None]:
    with database.read() as session:
        found = inspect(session.connection()).get_indexes("measured_releases")
        return {each["name"] for each in found}


def _same(value: object) -> str:
    return repr(sorted(value.items())) if isinstance(value, dict) else repr(value)


@pytest.fixture
def filled(
    tmp_path: Path, migrated_sqlite_file: Path, drawn: tuple[PastRelease, ...]
) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'bulk.db'}"
    shutil.copyfile(migrated_sqlite_file, tmp_path / "bulk.db")
    Bulk(url, ID_KEY, AUDIT_KEY, TODAY).load(drawn)
    opened = Database(url)
    yield opened
    opened.close()


def test_filling_in_bulk_writes_what_loading_writes(
    database: Database, filled: Database, drawn: tuple[PastRelease, ...]
) -> None:
    loading = Backfill(database, shipped_figures(), ID_KEY, AUDIT_KEY, large=RELEASES)
    loading.load(BackfillFile(drawn, (), ()), "past.csv", TODAY)

    for table in TABLES:
        expected = rows_of(database, table)
        assert expected
        assert rows_of(filled, table) == expected, table.name


@pytest.fixture
def copied_url(postgresql_store: _PostgresqlStore) -> Iterator[str]:
    name = postgresql_store.copy()
    yield postgresql_store.url(name)
    postgresql_store.drop(name)


@pytest.mark.postgresql
def test_the_copy_in_postgresql_has_the_same_rows_and_indexes(
    filled: Database, copied_url: str
) -> None:
    copy_measures(filled, copied_url)

    copied = Database(copied_url)
    for table in TABLES:
        assert rows_of(copied, table) == rows_of(filled, table), table.name
    assert indexes_of(copied) == indexes_of(filled) != set()
    copied.close()
