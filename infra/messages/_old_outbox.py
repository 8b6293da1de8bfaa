"""Notices on their way: written with their cause, claimed before they are sent.

A claim is the one thing that lets a notice out. Whoever claims and dies leaves it `sending`, where
nobody knows whether it went. The sweep gives such a claim back: every notice of today is for staff,
and to be told twice is better than not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.codes import Role
from domain.journey import DEFINITIONS, Step
from domain.policy import Severity
from infra.database.clock import Clock, utc_now
from infra.database.delivery import NoticeStatus
from infra.database.engine import Database
from infra.database.tables import NotificationRow, ReleaseRow, table_of
from infra.database.upsert import dialect_of, insert_into
from notifications.notices import Notice
from notifications.sending import QueuedNotice

_NOTIFICATIONS: Final = table_of(NotificationRow)


def enqueue(session: Session, notices: Sequence[Notice], now: datetime) -> tuple[str, ...]:
    """Write notices that are not there yet, and return the ids of those still queued, in order."""
    if not notices:
        return ()
    statement = insert_into(_NOTIFICATIONS, dialect_of(session)).on_conflict_do_nothing()
    session.execute(statement, [_row(each, now) for each in notices])
    ids = [each.id for each in notices]
    queued = select(NotificationRow.id).where(
        NotificationRow.id.in_(ids), NotificationRow.status == NoticeStatus.QUEUED
    )
    waiting = set(session.execute(queued).scalars())
    return tuple(each for each in ids if each in waiting)


def _row(notice: Notice, now: datetime) -> dict[str, Any]:
    return {
        **notice._asdict(),
        "channels": list(notice.channels),
        "status": NoticeStatus.QUEUED,
        "attempts": 0,
        "created_at": now,
        "moved_at": now,
    }


@dataclass(frozen=True)
class StaleNotice:
    """A notice that should have been on its way by now; `since` is when its status last changed."""

    id: str
    status: NoticeStatus
    severity: Severity
    attempts: int
    since: datetime


class SqlOutbox:
    """The outbox in SQL; implements `activities.ports.Outbox`."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the notices that the projection wrote into `database`."""
        self._database = database
        self._clock = clock

    def claim(self, notice_id: str) -> QueuedNotice | None:
        """Claim a queued notice for sending, for one caller only.

        Returns:
            The notice; None when it is claimed, sent, failed, skipped or unknown.
        """
        claimed = (
            update(_NOTIFICATIONS)
            .where(_NOTIFICATIONS.c.id == notice_id, _NOTIFICATIONS.c.status == NoticeStatus.QUEUED)
            .values(
                status=NoticeStatus.SENDING,
                attempts=_NOTIFICATIONS.c.attempts + 1,
                moved_at=self._clock(),
            )
            .returning(_NOTIFICATIONS.c.id)
        )
        with self._database.write() as session:
            if session.execute(claimed).one_or_none() is None:
                return None
            found = session.execute(_as_sent(notice_id)).one()
        step = Step(found.step) if found.step else None
        return QueuedNotice(
            id=notice_id,
            reference=found.reference,
            template=found.template,
            audience=found.audience,
            severity=found.severity,
            step=step,
            organisation=_organisation(step, found.prison, found.probation_unit, found.service),
        )

    def sent(self, notice_id: str, provider_id: str) -> None:
        """Record that the provider took it, under its own id for it."""
        now = self._clock()
        self._move(notice_id, status=NoticeStatus.SENT, provider_id=provider_id, sent_at=now)

    def failed(self, notice_id: str, code: str, *, retry: bool) -> None:
        """Record why it was not sent: queued again with `retry`, failed for good without."""
        status = NoticeStatus.QUEUED if retry else NoticeStatus.FAILED
        self._move(notice_id, status=status, code=code)

    def give_back(self, older_than: timedelta) -> None:
        """Queue what was claimed longer ago than any sending lasts: its sender has died."""
        abandoned = (
            update(_NOTIFICATIONS)
            .where(
                _NOTIFICATIONS.c.status == NoticeStatus.SENDING,
                _NOTIFICATIONS.c.moved_at < self._clock() - older_than,
            )
            .values(status=NoticeStatus.QUEUED)
        )
        with self._database.write() as session:
            session.execute(abandoned)

    def stale(self, older_than: timedelta) -> tuple[StaleNotice, ...]:
        """Return what has stood queued or claimed for longer, the most severe and oldest first.

        A queued one may simply be started again; of a claimed one nobody knows whether it went.
        """
        waiting = (NoticeStatus.QUEUED, NoticeStatus.SENDING)
        query = (
            select(NotificationRow)
            .where(
                NotificationRow.status.in_(waiting),
                NotificationRow.moved_at < self._clock() - older_than,
            )
            .order_by(NotificationRow.severity, NotificationRow.moved_at, NotificationRow.id)
        )
        with self._database.read() as session:
            return tuple(
                StaleNotice(each.id, each.status, each.severity, each.attempts, each.moved_at)
                for each in session.execute(query).scalars()
            )

    def _move(self, notice_id: str, **values: Any) -> None:  # noqa: ANN401
        """Move a claimed notice on; one that is final stays as it is, so that repeats are safe."""
        with self._database.write() as session:
            session.execute(
                update(_NOTIFICATIONS)
                .where(
                    _NOTIFICATIONS.c.id == notice_id,
                    _NOTIFICATIONS.c.status == NoticeStatus.SENDING,
                )
                .values(moved_at=self._clock(), **values)
            )


def _as_sent(notice_id: str) -> Any:  # noqa: ANN401 - a select of seven columns
    return (
        select(
            NotificationRow.template,
            NotificationRow.audience,
            NotificationRow.severity,
            NotificationRow.step,
            ReleaseRow.reference,
            ReleaseRow.prison,
            ReleaseRow.probation_unit,
            ReleaseRow.service,
        )
        .join(ReleaseRow, ReleaseRow.id == NotificationRow.release_id)
        .where(NotificationRow.id == notice_id)
    )


def _organisation(step: Step | None, prison: str, probation_unit: str, service: str | None) -> str:
    """The team that owns the step; the prison for what concerns no step, or no service is known."""
    match DEFINITIONS[step].owner if step else Role.RESETTLEMENT:
        case Role.PROBATION:
            return probation_unit
        case Role.PROVIDER:
            return service or prison
        case _:
            return prison
