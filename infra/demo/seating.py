"""Who of the invented staff signs in by which ready-made account: each leads on somebody."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from domain.access import Subject
from domain.codes import Role
from domain.duty.posts import Team
from domain.duty.staff import StaffEntry
from infra.database.engine import Database
from infra.database.tables import AssignmentRow, StaffRow
from infra.demo.case import IMPORTER
from infra.duty.staff import SqlStaff


def seat_accounts(database: Database, accounts: Iterable[tuple[Subject, str]]) -> None:
    """Give each account the place of whoever of its role leads on most releases; repeatable.

    They take the account's name, so that the demonstration speaks of one person.
    """
    staff = SqlStaff(database)
    for subject, name in accounts:
        busiest = _busiest(database, subject.role)
        if busiest is None:
            continue
        team = Team(busiest.organisation, busiest.role)
        entry = StaffEntry(busiest.reference, name, team, busiest.email, busiest.mobile)
        staff.put([entry], IMPORTER.id)
        staff.link(busiest.id, subject.id, IMPORTER.id)


def _busiest(database: Database, role: Role) -> StaffRow | None:
    led = func.count(AssignmentRow.release_id)
    busiest = (
        select(AssignmentRow.staff_id)
        .where(AssignmentRow.role == role)
        .group_by(AssignmentRow.staff_id)
        .order_by(led.desc(), AssignmentRow.staff_id)
        .limit(1)
        .scalar_subquery()
    )
    with database.read() as session:
        found = session.execute(select(StaffRow).where(StaffRow.id == busiest)).scalar_one_or_none()
        if found is not None:
            session.expunge(found)
        return found
