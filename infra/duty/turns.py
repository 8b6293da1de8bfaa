"""One change of rotas or absences at a time."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from infra.database.upsert import dialect_of


def take_turns(session: Session) -> None:
    """Wait for whoever is changing rotas or absences: two at once leave a flaw neither has seen.

    SQLite has one writer at a time anyway; PostgreSQL keeps the turn until the transaction ends.
    """
    if dialect_of(session) == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext("throughcare rotas"))))
