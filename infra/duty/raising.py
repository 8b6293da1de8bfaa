"""Data-quality tasks opened and closed by the service itself, where it finds out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain.duty.posts import Team
from domain.duty.quality import TASK_SEVERITY, TaskOutcome, TaskReason, contact_key, open_key
from infra.database.tables import DataQualityTaskRow, StaffRow, table_of
from infra.database.upsert import dialect_of, insert_into
from notifications.recipients import Gap

_TASKS: Final = table_of(DataQualityTaskRow)


class Settled(NamedTuple):
    """How something was put right.

    Attributes:
        by: The account that did.
        at: When, aware UTC.
    """

    outcome: TaskOutcome
    by: str
    at: datetime


def raise_empty_post(session: Session, gap: Gap, release_id: str, at: datetime) -> None:
    """Open a task for a post that was found empty; once while it is open."""
    about = {"post": gap.post, "staff_id": None, "release_id": release_id, "opened_at": at}
    _raise(session, open_key(*gap), TaskReason(gap.reason), gap.team, about)


def raise_contact(
    session: Session, reason: TaskReason, staff: StaffRow, release_id: str | None, at: datetime
) -> None:
    """Open a task of somebody's own team, because nothing reaches them; once while it is open."""
    team = Team(staff.organisation, staff.role)
    about = {"post": None, "staff_id": staff.id, "release_id": release_id, "opened_at": at}
    _raise(session, contact_key(staff.id, reason), reason, team, about)


def settle_contact(
    session: Session, staff_id: str, reasons: Collection[TaskReason], settled: Settled
) -> None:
    """Close what is open about somebody for these reasons."""
    session.execute(
        update(_TASKS)
        .where(
            _TASKS.c.staff_id == staff_id,
            _TASKS.c.reason.in_(reasons),
            _TASKS.c.closed_at.is_(None),
        )
        .values(closed_at=settled.at, closed_by=settled.by, outcome=settled.outcome, open_key=None)
    )


def _raise(
    session: Session, key: str, reason: TaskReason, team: Team, about: dict[str, Any]
) -> None:
    opened = insert_into(_TASKS, dialect_of(session)).on_conflict_do_nothing(
        index_elements=["open_key"]
    )
    row = {
        "id": uuid4().hex,
        "open_key": key,
        "organisation": team.organisation,
        "role": team.role,
        "reason": reason,
        "severity": TASK_SEVERITY,
    }
    session.execute(opened, row | about)
