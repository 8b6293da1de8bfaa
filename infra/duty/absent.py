"""Who is away, along the chain of cover; whoever has left is away for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain.duty.rota import Absence
from infra.database.tables import AbsenceRow, StaffRow


def absences_along(session: Session, staff_ids: Iterable[str], at: datetime) -> list[Absence]:
    """Return the absences at `at` of these people, of whoever covers for them, and so on."""
    return absences_within(session, staff_ids, at, at)


def absences_within(
    session: Session, staff_ids: Iterable[str], first: datetime, last: datetime
) -> list[Absence]:
    """Return the absences from `first` to `last`, both in it, of these people and their cover."""
    found: list[Absence] = []
    seen: set[str] = set()
    asked = set(staff_ids)
    while asked:
        new = [*_absences(session, asked, first, last), *_departures(session, asked, last)]
        found.extend(new)
        seen |= asked
        asked = {each.cover_staff_id for each in new if each.cover_staff_id} - seen
    return found


def _absences(
    session: Session, staff_ids: set[str], first: datetime, last: datetime
) -> list[Absence]:
    query = select(AbsenceRow).where(
        AbsenceRow.staff_id.in_(staff_ids),
        AbsenceRow.starts_at <= last,
        or_(AbsenceRow.ends_at.is_(None), AbsenceRow.ends_at > first),
    )
    return [
        Absence(each.staff_id, each.starts_at, each.ends_at, each.cover_staff_id)
        for each in session.execute(query).scalars()
    ]


def _departures(session: Session, staff_ids: set[str], last: datetime) -> list[Absence]:
    query = select(StaffRow.id, StaffRow.left_at).where(
        StaffRow.id.in_(staff_ids), StaffRow.left_at <= last
    )
    return [Absence(each.id, each.left_at, None, None) for each in session.execute(query)]
