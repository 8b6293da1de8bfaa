"""Data-quality tasks in SQL: listed, and closed with what was done."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select, update

from api.duty_records import TaskPage, TaskRecord
from api.filters import PageOf
from domain.duty.access import TeamScope
from domain.duty.posts import Team
from domain.duty.quality import TaskOutcome, TaskReason
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import DataQualityTaskRow, StaffRow, table_of
from infra.duty.staff import of_teams, record_of

_TASKS: Final = table_of(DataQualityTaskRow)
_STAFF: Final = table_of(StaffRow)


class SqlTasks:
    """What teams must put right so that pages reach them; opened by `infra.duty.raising`."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the tasks in `database`."""
        self._database = database
        self._clock = clock

    def page(self, scope: TeamScope, page: PageOf, *, is_open: bool | None) -> TaskPage:
        """Return one page of the tasks of the teams in scope, the oldest first."""
        conditions = of_teams(DataQualityTaskRow, scope)
        if is_open is not None:
            closed_at = DataQualityTaskRow.closed_at
            conditions.append(closed_at.is_(None) if is_open else closed_at.is_not(None))
        count = select(func.count()).select_from(DataQualityTaskRow).where(*conditions)
        order = (DataQualityTaskRow.opened_at, DataQualityTaskRow.id)
        lines = _LINES.where(*conditions).order_by(*order)
        lines = lines.limit(page.size).offset(page.offset)
        with self._database.read() as session:
            rows = tuple(_task(*each) for each in session.execute(lines))
            return TaskPage(rows, session.execute(count).scalar_one())

    def open(self, organisation: str | None) -> tuple[TaskRecord, ...]:
        """Return every open task of an organisation, or of all, by team and oldest first."""
        lines = _LINES.where(DataQualityTaskRow.closed_at.is_(None))
        if organisation is not None:
            lines = lines.where(DataQualityTaskRow.organisation == organisation)
        order = (DataQualityTaskRow.organisation, DataQualityTaskRow.role)
        lines = lines.order_by(*order, DataQualityTaskRow.opened_at, DataQualityTaskRow.id)
        with self._database.read() as session:
            return tuple(_task(*each) for each in session.execute(lines))

    def one(self, task_id: str) -> TaskRecord | None:
        """Return one task."""
        if "\0" in task_id:
            return None  # PostgreSQL cannot even compare with it
        with self._database.read() as session:
            found = session.execute(_LINES.where(DataQualityTaskRow.id == task_id)).one_or_none()
            return _task(*found) if found else None

    def close(self, task_id: str, outcome: TaskOutcome, by: str) -> bool:
        """Close a task; false when it was closed before, which changes nothing.

        When the same is found again, another task is opened. A mobile that works after all is
        used again.
        """
        closed = (
            update(_TASKS)
            .where(_TASKS.c.id == task_id, _TASKS.c.closed_at.is_(None))
            .values(closed_at=self._clock(), closed_by=by, outcome=outcome, open_key=None)
            .returning(_TASKS.c.staff_id, _TASKS.c.reason)
        )
        with self._database.write() as session:
            task = session.execute(closed).one_or_none()
            if task is None:
                return False
            if task.reason is TaskReason.NUMBER_FAILED and outcome is TaskOutcome.CONTACT_WORKS:
                staff = update(_STAFF).where(_STAFF.c.id == task.staff_id)
                session.execute(staff.values(mobile_failed_at=None))
            return True


_LINES: Final = select(DataQualityTaskRow, StaffRow).outerjoin(
    StaffRow, StaffRow.id == DataQualityTaskRow.staff_id
)


def _task(row: DataQualityTaskRow, staff: StaffRow | None) -> TaskRecord:
    return TaskRecord(
        id=row.id,
        team=Team(row.organisation, row.role),
        post=row.post,
        staff=record_of(staff) if staff else None,
        reason=row.reason,
        severity=row.severity,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        outcome=row.outcome,
    )
