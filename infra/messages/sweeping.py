"""What was lost on its way, found again from the rows that promise it (ADR 0008)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from activities.delivery_ports import Due
from activities.ports import Told
from domain.policy import Channel, Severity
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import BundleRow, MessageRow, NoticeRow, ReplyRow
from infra.messages.outbox import overdue
from notifications.messages import NoticeStatus

OVERDUE_AFTER: Final = timedelta(seconds=10)
"""What has not moved on so long after its time was lost, and is started again."""

AT_MOST: Final = 2_000

MESSAGE_OVERDUE_AFTER: Final = timedelta(minutes=1)
MESSAGES_AT_MOST: Final = 200
"""In a storm many wait their turn with the provider: they are not lost, and asking is not free."""


class Sweeper:
    """Finds work that nobody was told of."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Look in `database`."""
        self._database = database
        self._clock = clock

    def notices(self) -> tuple[Told, ...]:
        """Return notices that should have been routed, the gravest and oldest first."""
        query = (
            select(NoticeRow.id, NoticeRow.severity)
            .where(
                NoticeRow.status == NoticeStatus.QUEUED,
                NoticeRow.moved_at < self._clock() - OVERDUE_AFTER,
            )
            .order_by(NoticeRow.severity, NoticeRow.moved_at, NoticeRow.id)
            .limit(AT_MOST)
        )
        with self._database.read() as session:
            return tuple(Told(*each) for each in session.execute(query))

    def messages(self) -> tuple[Due, ...]:
        """Return messages whose time has passed, or whose sender died."""
        now = self._clock()
        with self._database.read() as session:
            found = overdue(session, now, MESSAGE_OVERDUE_AFTER, MESSAGES_AT_MOST)
        return tuple(Due(each.id, each.channel, each.severity, each.due_at) for each in found)

    def bundles(self) -> tuple[Due, ...]:
        """Return bundles whose time has passed."""
        now = self._clock()
        query = (
            select(BundleRow.id, BundleRow.due_at)
            .where(BundleRow.told_at.is_(None), BundleRow.due_at < now - OVERDUE_AFTER)
            .order_by(BundleRow.due_at, BundleRow.id)
            .limit(AT_MOST)
        )
        with self._database.read() as session:
            found = session.execute(query)
            return tuple(Due(each.id, Channel.EMAIL, Severity.S3, each.due_at) for each in found)

    def unweighed(self) -> tuple[Told, ...]:
        """Return notices with evidence that nobody has acted on."""
        query = (
            select(NoticeRow.id, NoticeRow.severity)
            .join(MessageRow, MessageRow.notice_id == NoticeRow.id)
            .where(
                MessageRow.weighed.is_(False),
                MessageRow.moved_at < self._clock() - OVERDUE_AFTER,
            )
            .distinct()
            .limit(AT_MOST)
        )
        with self._database.read() as session:
            return tuple(Told(*each) for each in session.execute(query))

    def replies(self) -> tuple[str, ...]:
        """Return replies that nobody has acted on, oldest first."""
        query = (
            select(ReplyRow.id)
            .where(
                ReplyRow.handled_at.is_(None),
                ReplyRow.received_at < self._clock() - OVERDUE_AFTER,
            )
            .order_by(ReplyRow.received_at, ReplyRow.id)
            .limit(AT_MOST)
        )
        with self._database.read() as session:
            return tuple(session.execute(query).scalars())
