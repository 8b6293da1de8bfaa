"""Messages: one attempt each to tell one recipient by one channel, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from domain.policy import Channel, Severity


class NoticeStatus(StrEnum):
    """How a notice stands: queued, routed into messages, or skipped as a whole."""

    QUEUED = "queued"
    ROUTED = "routed"
    SKIPPED = "skipped"


class MessageStatus(StrEnum):
    """How a message stands.

    Attributes:
        HELD: Waits for the bundle it is folded into.
        QUEUED: Waits for its time, or for a sender.
        SENDING: Claimed; whether it went is unknown until its sender says so.
        ACCEPTED: The provider has it; nobody knows yet whether it arrived.
        DELIVERED: The carrier confirmed it, which is not the same as read.
        ANSWERED: A person answered: a digit pressed, a reply.
        FOLDED: Told as part of a bundle.
    """

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    ANSWERED = "answered"
    FAILED = "failed"
    SKIPPED = "skipped"
    FOLDED = "folded"


OVER: Final = frozenset(
    {
        MessageStatus.DELIVERED,
        MessageStatus.ANSWERED,
        MessageStatus.FAILED,
        MessageStatus.SKIPPED,
        MessageStatus.FOLDED,
    }
)
"""What is never sent again; another try is another message."""


class RecipientKind(StrEnum):
    """Whom a message is for."""

    STAFF = "staff"
    PERSON = "person"


class Planned(NamedTuple):
    """A message as routing decides it.

    Attributes:
        id: `<notice>.<recipient>.<channel>.<attempt>`, so that routing twice plans nothing twice.
        wording: A `notifications.catalogue.Wording` value.
        fields: What it is filled with.
        status: `QUEUED`, `HELD` or `SKIPPED`.
        due_at: Not to be sent before this instant (UTC).
        bundle: The bundle it waits for, when held.
        reason: Why it was skipped or held, as a code.
    """

    id: str
    notice_id: str | None
    release_id: str | None
    kind: RecipientKind
    recipient: str
    channel: Channel
    attempt: int
    wording: str
    fields: Mapping[str, str]
    severity: Severity
    status: MessageStatus
    due_at: datetime
    bundle: str | None = None
    reason: str | None = None


def message_id(cause: str, recipient: str, channel: Channel, attempt: int = 1) -> str:
    """Return the id of a message: the same cause, recipient and channel are the same message."""
    return f"{cause}.{recipient}.{channel}.{attempt}"


def cause_of(message_id: str) -> str:
    """Return the cause in the id of a message: a notice, or the bundle that it tells."""
    return message_id.rsplit(".", 3)[0]
