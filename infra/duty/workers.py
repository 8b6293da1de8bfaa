"""Named workers in SQL: who works with whom, one of each party for a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, func, select

from api.duty_records import WorkerRecord
from domain.codes import Role
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import AssignmentRow, StaffRow, table_of
from infra.database.upsert import dialect_of, insert_into
from infra.duty.staff import record_of

_ASSIGNMENTS: Final = table_of(AssignmentRow)


class SqlWorkers:
    """The named workers of releases."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the assignments in `database`."""
        self._database = database
        self._clock = clock

    def name(self, release_id: str, role: Role, staff_id: str | None, by: str) -> None:
        """Name the worker of one party, instead of whoever was named; None names nobody."""
        own = (_ASSIGNMENTS.c.release_id == release_id, _ASSIGNMENTS.c.role == role)
        stamp = {"changed_at": self._clock(), "changed_by": by}
        row = {"release_id": release_id, "role": role, "staff_id": staff_id, **stamp}
        with self._database.write() as session:
            if staff_id is None:
                session.execute(delete(_ASSIGNMENTS).where(*own))
                return
            named = insert_into(_ASSIGNMENTS, dialect_of(session)).on_conflict_do_update(
                index_elements=["release_id", "role"],
                set_={"staff_id": staff_id, **stamp},
                where=_ASSIGNMENTS.c.staff_id != staff_id,
            )
            session.execute(named, row)

    def name_missing(self, named: Sequence[tuple[str, Role, str]], by: str) -> int:
        """Name workers of many releases where nobody is named yet; return how many were.

        Args:
            named: Release, role and member of staff; each release and role at most once.
            by: The account that names them.
        """
        stamp = {"changed_at": self._clock(), "changed_by": by}
        rows = [
            {"release_id": release_id, "role": role, "staff_id": staff_id, **stamp}
            for release_id, role, staff_id in named
        ]
        count = select(func.count()).select_from(AssignmentRow)
        with self._database.write() as session:
            before = session.execute(count).scalar_one()
            if rows:
                statement = insert_into(_ASSIGNMENTS, dialect_of(session))
                session.execute(statement.on_conflict_do_nothing(), rows)
            return session.execute(count).scalar_one() - before

    def of(self, release_id: str) -> tuple[WorkerRecord, ...]:
        """Return the named workers of a release, by role."""
        query = (
            select(AssignmentRow.role, StaffRow)
            .join(StaffRow, StaffRow.id == AssignmentRow.staff_id)
            .where(AssignmentRow.release_id == release_id)
            .order_by(AssignmentRow.role)
        )
        with self._database.read() as session:
            rows = session.execute(query)
            return tuple(WorkerRecord(role, record_of(staff)) for role, staff in rows)
