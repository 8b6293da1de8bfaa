"""Bring a database to the tables that this version of the code expects, and say if it is there.

The migrations are in `infra/migrations/versions`; an upgrade is one transaction on both stores.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import OperationalError

from infra.database.engine import create_engine_for
from infra.database.errors import StoreUnavailableError
from infra.database.tables import Record

_SCRIPTS: Final = Path(__file__).parents[1] / "migrations"


def upgrade(database_url: str, revision: str = "head") -> None:
    """Migrate up to `revision`; a missing SQLite file is made, readable by its owner only.

    Raises:
        StoreUnavailableError: The database is unreachable, or somebody holds a table for too long.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        file = Path(url.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
    with _connected(database_url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database_url: str, revision: str) -> None:
    """Migrate down to `revision`, `base` for nothing at all; what the tables held is lost."""
    with _connected(database_url) as connection:
        command.downgrade(_config(connection), revision)


def current(database_url: str) -> str | None:
    """Return the revision the database stands at, None before the first migration."""
    with _connected(database_url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Return the revision that this code expects."""
    found = ScriptDirectory(str(_SCRIPTS)).get_current_head()
    assert found is not None  # noqa: S101 - the package ships its migrations
    return found


def check(database_url: str) -> tuple[str, ...]:
    """Return what keeps this code from working with the database; nothing when all is well."""
    at = current(database_url)
    if at != head():
        needed = f"The database is at revision {at or 'none'}, this version needs {head()}"
        return (f"{needed}: run `throughcare db upgrade`.",)
    return tuple(f"Not as the code expects: {_words(each)}" for each in differences(database_url))


def differences(database_url: str) -> list[Any]:
    """Return Alembic's list of differences between the tables and their definitions."""
    with _connected(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, Record.metadata))


def _words(difference: Any) -> str:  # noqa: ANN401 - Alembic's own nested tuples
    first = difference[0] if isinstance(difference, list) else difference
    names = (getattr(each, "name", each) for each in first)
    return " ".join(str(each) for each in names if isinstance(each, str))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connected(database_url: str) -> Iterator[Connection]:
    engine = create_engine_for(database_url)
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise StoreUnavailableError from error
    finally:
        engine.dispose()
