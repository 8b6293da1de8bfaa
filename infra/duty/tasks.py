"""Data-quality tasks in SQL: listed, and closed with what was done."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select, update

from api.duty_records import TaskPage, TaskRecord
from api.filters import PageOf
from domain.duty.access import TeamScope
from domain.duty.posts import Team
from domain.duty.quality import TaskOutcome
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import DataQualityTaskRow, table_of
from infra.duty.staff import of_teams

_TASKS: Final = table_of(DataQualityTaskRow)


class SqlTasks:
    """What teams must put right so that pages reach them; opened by `infra.duty.store`."""

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
        lines = select(DataQualityTaskRow).where(*conditions).order_by(*order)
        lines = lines.limit(page.size).offset(page.offset)
        with self._database.read() as session:
            rows = session.execute(lines).scalars()
            return TaskPage(tuple(map(_task, rows)), session.execute(count).scalar_one())

    def one(self, task_id: str) -> TaskRecord | None:
        """Return one task."""
        if "\0" in task_id:
            return None  # PostgreSQL cannot even compare with it
        with self._database.read() as session:
            row = session.get(DataQualityTaskRow, task_id)
            return _task(row) if row else None

    def close(self, task_id: str, outcome: TaskOutcome, by: str) -> bool:
        """Close a task; false when it was closed before, which changes nothing.

        When the same is found empty again, another task is opened.
        """
        closed = (
            update(_TASKS)
            .where(_TASKS.c.id == task_id, _TASKS.c.closed_at.is_(None))
            .values(closed_at=self._clock(), closed_by=by, outcome=outcome, open_key=None)
            .returning(_TASKS.c.id)
        )
        with self._database.write() as session:
            return session.execute(closed).one_or_none() is not None


def _task(row: DataQualityTaskRow) -> TaskRecord:
    return TaskRecord(
        id=row.id,
        team=Team(row.organisation, row.role),
        post=row.post,
        reason=row.reason,
        severity=row.severity,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        outcome=row.outcome,
    )
