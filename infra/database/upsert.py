"""INSERT … ON CONFLICT for both stores: they share the syntax, SQLAlchemy keeps it per dialect."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

OnConflictInsert = sqlite.Insert | postgresql.Insert
"""An INSERT that may say what happens to a row that is there already."""


def insert_into(table: Table, dialect: str) -> OnConflictInsert:
    """Return an INSERT into `table` for the named dialect."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def dialect_of(session: Session) -> str:
    """Return the name of the dialect that a session speaks."""
    return session.get_bind().dialect.name
