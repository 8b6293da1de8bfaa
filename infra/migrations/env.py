"""Run the migrations on the connection that `infra.database.migrating` opened."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from infra.database.tables import Record

# Any number, the same for ever: it names the lock under which one process migrates at a time.
_LOCK = 7_241_126


def _prepare(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    # Wait for another process's migration, but never for long behind a reader: a queued
    # ACCESS EXCLUSIVE lock would stop every query that comes after it.
    connection.execute(text("SET LOCAL statement_timeout = '60s'"))
    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text("SET LOCAL lock_timeout = '2s'"))


def _run(connection: Connection) -> None:
    _prepare(connection)
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
