"""Messages as lists show them: when, what, to whom, how and with what result, and no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from api.message_records import MessageRecord
from api.pages.due import Tag
from api.pages.messages.words import CHANNELS, recipient_of, stands, tag_of, title_of
from api.pages.places import PlaceNames
from notifications.messages import OVER


@dataclass(frozen=True, slots=True)
class Line:
    """One message.

    Attributes:
        href: Empty where the record that the message is about is closed to the reader.
        at: When it was sent; until then when it is to be sent.
        is_sent: Whether it was handed over.
        is_over: Whether it is never sent any more.
        reference: Of the release; empty for what belongs to none.
        attempt: In words; empty for the first.
    """

    href: str
    written_at: datetime
    at: datetime
    is_sent: bool
    is_over: bool
    title: str
    reference: str
    release_id: str | None
    recipient: str
    channel: str
    tag: Tag
    stands: str
    attempt: str


def line_of(message: MessageRecord, places: PlaceNames) -> Line:
    """Return a message as one line."""
    return Line(
        href="" if message.restricted else address_of(message.id),
        written_at=message.created_at,
        at=message.sent_at or message.due_at,
        is_sent=message.sent_at is not None,
        is_over=message.status in OVER,
        title=title_of(message.wording),
        reference=message.reference or "",
        release_id=message.release_id,
        recipient=recipient_of(message.recipient, places),
        channel=CHANNELS[message.channel],
        tag=tag_of(message),
        stands=stands(message),
        attempt=f"Attempt {message.attempt}" if message.attempt > 1 else "",
    )


def address_of(message_id: str) -> str:
    """Return where a message is shown; ids are codes and names nobody."""
    return f"/messages/{quote(message_id, safe='')}"
