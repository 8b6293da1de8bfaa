"""Texts that the provider is made to forget, a month after they went.

Our own copy stays in the record; the provider has no further use for it (data minimisation,
UK GDPR article 5(1)(c); the month is ours).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Select, exists, select

from domain.policy import Channel
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import MessageRow, MessageTrailRow
from infra.messages.trail import about_message, note
from notifications.trail import Happened

KEPT_FOR: Final = timedelta(days=30)
_AT_ONCE: Final = 50


class SqlRedactions:
    """Which texts the provider still holds and need not."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Look in `database`."""
        self._database = database
        self._clock = clock

    def due(self) -> Sequence[str]:
        """Return the provider's ids of some texts that it should forget, oldest first."""
        with self._database.read() as session:
            return tuple(str(each) for each in session.execute(self._query()).scalars())

    def done(self, provider_id: str) -> None:
        """Keep that the provider has forgotten a text."""
        now = self._clock()
        with self._database.write() as session:
            query = select(MessageRow).where(MessageRow.provider_id == provider_id)
            for row in session.execute(query).scalars():
                note(session, now, Happened.REDACTED, about_message(row))

    def _query(self) -> Select[Any]:
        forgotten = exists().where(
            MessageTrailRow.message_id == MessageRow.id,
            MessageTrailRow.what == Happened.REDACTED,
        )
        return (
            select(MessageRow.provider_id)
            .where(
                MessageRow.channel == Channel.SMS,
                MessageRow.provider_id.is_not(None),
                MessageRow.over_at < self._clock() - KEPT_FOR,
                ~forgotten,
            )
            .order_by(MessageRow.over_at, MessageRow.id)
            .limit(_AT_ONCE)
        )
