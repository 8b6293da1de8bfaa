"""Messages on their way, what is known of them, and the trail of every decision about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.policy import Channel, Severity
from infra.database.columns import codes
from infra.database.tables.record import Record
from notifications.messages import MessageStatus, NoticeStatus, RecipientKind
from notifications.wires import FaultClass

_SERIAL = BigInteger().with_variant(Integer, "sqlite")


class NoticeRow(Record):
    """Something to tell one audience, written with its cause; routing turns it into messages.

    Attributes:
        seq: The event that gave reason for it; 0 when no event did.
        ladder: For a page, the number of its escalation.
        level: For a page, the rung.
        about: The appointment or the reply that it is about.
        reason: Why it was skipped, or why nobody could be found for it.
    """

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), index=True)
    seq: Mapped[int]
    template: Mapped[str] = mapped_column(String(40))
    audience: Mapped[str] = mapped_column(String(40))
    severity: Mapped[Severity] = mapped_column(codes(Severity, "severity"))
    channels: Mapped[list[Any]]
    step: Mapped[str | None] = mapped_column(String(40))
    ladder: Mapped[int | None]
    level: Mapped[int | None]
    about: Mapped[str | None]
    status: Mapped[NoticeStatus] = mapped_column(codes(NoticeStatus, "status"))
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_notices_status", "status", "moved_at"),
        Index("ix_notices_alike", "template", "created_at"),
    )


class MessageRow(Record):
    """One attempt to tell one recipient by one channel.

    Attributes:
        address: Where it went, kept because replies are matched by it.
        body: What was sent, the copy that belongs into the record.
        provider_id: The provider's id of it or, where the provider gives none, one made from ours.
        provider_status: The provider's own word for how it stands, the latest by its order.
        tries: How often a wire was asked to send it.
        tried_at: When it was first handed to a wire.
        unknown_at: When a wire last could not say whether it was accepted; None while it could.
        weighed: Whether the newest evidence about it has been acted on.
    """

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(String(300), primary_key=True)
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"), index=True)
    release_id: Mapped[str | None] = mapped_column(ForeignKey("releases.id"), index=True)
    bundle_id: Mapped[str | None] = mapped_column(String(200), index=True)
    kind: Mapped[RecipientKind] = mapped_column(codes(RecipientKind, "kind"))
    recipient: Mapped[str]
    channel: Mapped[Channel] = mapped_column(codes(Channel, "channel"))
    attempt: Mapped[int]
    wording: Mapped[str] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]]
    severity: Mapped[Severity] = mapped_column(codes(Severity, "severity"))
    status: Mapped[MessageStatus] = mapped_column(codes(MessageStatus, "status"))
    reason: Mapped[str | None]
    fault: Mapped[FaultClass | None] = mapped_column(codes(FaultClass, "fault"))
    address: Mapped[str | None] = mapped_column(String(320), index=True)
    body: Mapped[str | None] = mapped_column(Text)
    provider_id: Mapped[str | None] = mapped_column(String(400), index=True)
    provider_status: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int]
    weighed: Mapped[bool]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    unknown_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_messages_status", "status", "due_at"),
        Index("ix_messages_unweighed", "weighed", "moved_at"),
        Index("ix_messages_load", "recipient", "channel", "sent_at"),
        Index("ix_messages_newest", "created_at", "id"),
    )


class BundleRow(Record):
    """Several notices for one recipient, told at once at `due_at`."""

    __tablename__ = "bundles"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_bundles_due", "told_at", "due_at"),)


class MessageTrailRow(Record):
    """One decision about a message: only ever added to.

    Attributes:
        what: What happened, a `notifications.trail.Happened` value.
        why: The coded reason.
        policy_version: The policy that the decision followed.
    """

    __tablename__ = "message_trail"

    seq: Mapped[int] = mapped_column(_SERIAL, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    message_id: Mapped[str | None] = mapped_column(String(300), index=True)
    notice_id: Mapped[str | None] = mapped_column(String(200), index=True)
    release_id: Mapped[str | None] = mapped_column(index=True)
    recipient: Mapped[str | None]
    channel: Mapped[str | None] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(40))
    why: Mapped[str | None]
    policy_version: Mapped[str | None]


class ReceiptRow(Record):
    """What a provider reported of a message, once for each status; kept also when it fits none."""

    __tablename__ = "receipts"

    provider_id: Mapped[str] = mapped_column(String(400), primary_key=True)
    status: Mapped[str] = mapped_column(String(40), primary_key=True)
    message_id: Mapped[str | None] = mapped_column(String(300), index=True)
    code: Mapped[str | None]
    received_at: Mapped[datetime]
    matched_at: Mapped[datetime | None]


class ReplyRow(Record):
    """A text that came in, or a digit pressed in a call; text is shown escaped and never logged.

    Attributes:
        id: The provider's id of it, so that a repeat is the same reply.
        channel: A text, or a key pressed in a call.
        reading: What it was understood as, a `notifications.catalogue.replies.Reading` value.
        handled_at: When its effect was carried out; None while that is still to be done.
        wants_reading: A person has to read it.
    """

    __tablename__ = "replies"

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(codes(Channel, "channel"))
    address: Mapped[str] = mapped_column(String(320), index=True)
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(String(300))
    release_id: Mapped[str | None] = mapped_column(index=True)
    sender_kind: Mapped[RecipientKind | None] = mapped_column(codes(RecipientKind, "sender_kind"))
    sender: Mapped[str | None]
    reading: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str | None]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    wants_reading: Mapped[bool]
    read_at: Mapped[datetime | None]
    read_by: Mapped[str | None]

    __table_args__ = (
        Index("ix_replies_unhandled", "handled_at", "received_at"),
        Index("ix_replies_unread", "wants_reading", "read_at"),
    )


class OptOutRow(Record):
    """A number that asked for no more texts; `ended_at` when it asked to have them again."""

    __tablename__ = "opt_outs"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    since: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]


class TextingRow(Record):
    """What a person leaving prison agreed to, and what is known of their number.

    Attributes:
        checked_on: When the number was read back to them.
        at_risk: The phone is shared with, or read by, somebody they must be kept safe from.
        unusable_since: Two messages in a row could not be delivered.
    """

    __tablename__ = "texting"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    agreed: Mapped[bool]
    at_risk: Mapped[bool]
    language: Mapped[str] = mapped_column(String(2))
    checked_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    unusable_since: Mapped[datetime | None]


class WireStopRow(Record):
    """A channel that stands still because its provider refuses us; `probe_at` allows one try."""

    __tablename__ = "wire_stops"

    channel: Mapped[Channel] = mapped_column(codes(Channel, "channel"), primary_key=True)
    code: Mapped[str]
    since: Mapped[datetime]
    probe_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
