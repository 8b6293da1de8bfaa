"""Shifts as plain rows: a large rota is tens of thousands, and objects cost three times as much."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from domain.duty.posts import Team
from domain.duty.rota import Shift
from infra.database.tables import ShiftRow

COLUMNS: Final = (
    *(ShiftRow.organisation, ShiftRow.role, ShiftRow.post),
    *(ShiftRow.staff_id, ShiftRow.starts_at, ShiftRow.ends_at),
)


def shift_of(row: Any) -> Shift:  # noqa: ANN401 - a row of `COLUMNS`
    """Return a row of `COLUMNS` as the rules have it."""
    organisation, role, post, staff_id, starts_at, ends_at = row
    return Shift(post, Team(organisation, role), staff_id, starts_at, ends_at)


def running(session: Session, at: datetime, *conditions: ColumnElement[bool]) -> list[Shift]:
    """Return the shifts that run at an instant, of those that the conditions hold for."""
    query = select(*COLUMNS).where(
        *conditions,
        ShiftRow.starts_at <= at,
        or_(ShiftRow.ends_at.is_(None), ShiftRow.ends_at > at),
    )
    return list(map(shift_of, session.execute(query)))


def of_team(team: Team) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that hold exactly for the shifts of a team."""
    return ShiftRow.organisation == team.organisation, ShiftRow.role == team.role
