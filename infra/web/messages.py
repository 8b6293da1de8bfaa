"""Messages, replies, agreements and measures as the API awaits them, in the web's threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.filters import MessageFilter, PageOf
from api.message_ports import MessageDesk
from api.message_records import (
    DecisionRecord,
    MessagePage,
    MessageStory,
    ReplyPage,
    ReplyRecord,
    TextingChoice,
    TextingRecord,
)
from api.ports import Clock
from domain.access_messages import MessageScope
from infra.database.engine import Database
from infra.messages.agreements import SqlAgreements
from infra.messages.measures import SqlMeasures
from infra.messages.reading import SqlOutbox
from infra.messages.stories import SqlStories
from infra.messages.unread import SqlUnread
from infra.web.store import StoreThreads
from notifications.measures import DeliveryReport


def message_desk(
    database: Database, threads: StoreThreads, now: Clock, *, allow_drama: bool
) -> MessageDesk:
    """Return everything the API is given about messages."""
    agreements = SqlAgreements(database, now, allow_drama=allow_drama)
    return MessageDesk(
        messages=ThreadedMessages(SqlOutbox(database), SqlStories(database), threads),
        replies=ThreadedReplies(SqlUnread(database, now), threads),
        agreements=ThreadedAgreements(agreements, threads),
        measures=ThreadedMeasures(SqlMeasures(database), threads),
    )


@dataclass(frozen=True, slots=True)
class ThreadedMessages:
    """Implements `api.message_ports.Messages`; see there for what each method promises."""

    sql: SqlOutbox
    stories: SqlStories
    threads: StoreThreads

    async def page(self, wanted: MessageFilter, scope: MessageScope, page: PageOf) -> MessagePage:
        """Return one page of the messages in scope."""
        return await self.threads.read(self.sql.page, wanted, scope, page)

    async def one(self, message_id: str, scope: MessageScope) -> MessageStory | None:
        """Return a message in scope with all that is known of it."""
        return await self.threads.read(self.stories.one, message_id, scope)

    async def trail(
        self, release_id: str, message_ids: Sequence[str]
    ) -> tuple[DecisionRecord, ...]:
        """Return the decisions about messages, and those about none."""
        return await self.threads.read(self.sql.trail, release_id, message_ids)


@dataclass(frozen=True, slots=True)
class ThreadedReplies:
    """Implements `api.message_ports.Replies`."""

    sql: SqlUnread
    threads: StoreThreads

    async def page(self, scope: MessageScope, page: PageOf, *, is_open: bool) -> ReplyPage:
        """Return one page of the replies in scope."""
        return await self.threads.read(self.sql.page, scope, page, is_open=is_open)

    async def one(self, reply_id: str, scope: MessageScope) -> ReplyRecord | None:
        """Return a reply in scope."""
        return await self.threads.read(self.sql.one, reply_id, scope)

    async def read(self, reply_id: str, by: str) -> None:
        """Keep who read it."""
        await self.threads.write(self.sql.read, reply_id, by)


@dataclass(frozen=True, slots=True)
class ThreadedAgreements:
    """Implements `api.message_ports.Agreements`."""

    sql: SqlAgreements
    threads: StoreThreads

    async def of(self, release_id: str) -> TextingRecord | None:
        """Return what the person of a release agreed to."""
        return await self.threads.read(self.sql.of, release_id)

    async def record(
        self, release_id: str, choice: TextingChoice, by: str, seen: str | None = None
    ) -> TextingRecord | None:
        """Keep what they said."""
        return await self.threads.write(self.sql.record, release_id, choice, by, seen)


@dataclass(frozen=True, slots=True)
class ThreadedMeasures:
    """Implements `api.message_ports.DeliveryMeasures`."""

    sql: SqlMeasures
    threads: StoreThreads

    async def report(self, first: date, last: date) -> DeliveryReport:
        """Return the measures of a period."""
        return await self.threads.read(self.sql.report, first, last)
