"""What the API needs of messages, replies, agreements and measures; infra provides it over SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from api.filters import MessageFilter, PageOf
from api.message_records import (
    DecisionRecord,
    MessagePage,
    MessageStory,
    ReplyPage,
    ReplyRecord,
    TextingChoice,
    TextingRecord,
)
from domain.access_messages import MessageScope
from domain.errors import ThroughcareError
from notifications.measures import DeliveryReport


class ReplyUnknownError(ThroughcareError):
    """No such reply, or none that the caller has to do with."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such reply to read. Check its id.")


class MessageUnknownError(ThroughcareError):
    """No such message, or none that the caller has to do with."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such message. Check its id.")


class TextingChangedError(ThroughcareError):
    """Somebody else recorded something about the person's phone meanwhile; nothing was stored."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Somebody else changed this after you opened this page. Read what stands there now, "
            "then save again if yours is still right."
        )


class Messages(Protocol):
    """What was sent and what is on its way.

    Raises:
        RecordUnavailableError: From any method.
    """

    async def page(self, wanted: MessageFilter, scope: MessageScope, page: PageOf) -> MessagePage:
        """Return one page of the messages in scope, the newest first."""

    async def one(self, message_id: str, scope: MessageScope) -> MessageStory | None:
        """Return a message in scope with all that is known of it; None for any other."""

    async def trail(
        self, release_id: str, message_ids: Sequence[str]
    ) -> tuple[DecisionRecord, ...]:
        """Return the decisions about these messages, and those about none, in their order."""


class Replies(Protocol):
    """What came in and wants to be read by a person.

    Raises:
        RecordUnavailableError: From any method.
    """

    async def page(self, scope: MessageScope, page: PageOf, *, is_open: bool) -> ReplyPage:
        """Return one page of the replies in scope, the oldest first."""

    async def one(self, reply_id: str, scope: MessageScope) -> ReplyRecord | None:
        """Return a reply in scope that wants reading or was read; None for any other."""

    async def read(self, reply_id: str, by: str) -> None:
        """Keep who read it; whoever was first stays."""


class Agreements(Protocol):
    """People's agreement to texts.

    Raises:
        RecordUnavailableError: From any method.
    """

    async def of(self, release_id: str) -> TextingRecord | None:
        """Return what the person of a release agreed to; None when no person is known."""

    async def record(
        self, release_id: str, choice: TextingChoice, by: str, seen: str | None = None
    ) -> TextingRecord | None:
        """Keep what they said now, with who recorded it in the trail; the same again is nothing.

        Args:
            release_id: Whose release.
            choice: What they said.
            by: The account that records it.
            seen: The version that was looked at; None takes any.

        Raises:
            FieldError: A number that cannot be texted, or an agreement without any.
            TextingChangedError: It is no longer what was looked at.
        """


class DeliveryMeasures(Protocol):
    """How well pages and texts reach people.

    Raises:
        RecordUnavailableError: The record did not answer.
    """

    async def report(self, first: date, last: date) -> DeliveryReport:
        """Return the measures of a period of London days, both in it: counts, never a person."""


class MessageDesk(NamedTuple):
    """Everything the API is given about messages."""

    messages: Messages
    replies: Replies
    agreements: Agreements
    measures: DeliveryMeasures
