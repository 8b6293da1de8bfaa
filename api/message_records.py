"""What the API reads of messages, their trail, replies and agreements to texts."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from domain.codes import Role
from domain.journey import Step
from domain.policy import Channel, Severity
from notifications.catalogue import Language
from notifications.messages import MessageStatus, RecipientKind
from notifications.wires import FaultClass


class RecipientRecord(NamedTuple):
    """Whom something was for.

    Attributes:
        kind: None for somebody who is known no more.
        id: Of a member of staff; a person's stays inside.
    """

    kind: RecipientKind | None
    id: str | None
    role: Role | None
    organisation: str | None


class MessageRecord(NamedTuple):
    """One message.

    Attributes:
        address: In full, to be masked before it is shown.
        body: As it was sent or, while it waits, as it would be sent now; None if it has no words.
        attempt: The first, or a later one after a failure that passes.
        tries: How often it was handed over; more than once when nobody knew what became of it.
        only_here: It was written on this machine's console, and went to nobody.
        restricted: About a record that is closed to whoever asked; which one, to which address
            and in which words is withheld.
    """

    id: str
    release_id: str | None
    reference: str | None
    wording: str
    channel: Channel
    recipient: RecipientRecord
    severity: Severity
    address: str | None
    body: str | None
    status: MessageStatus
    reason: str | None
    fault: FaultClass | None
    provider_status: str | None
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    moved_at: datetime
    over_at: datetime | None
    attempt: int
    tries: int
    only_here: bool
    restricted: bool = False


class NoticeRecord(NamedTuple):
    """What gave reason for a message.

    Attributes:
        audience: A rung of the ladder (`Target`) or an `Audience`.
        level: For a page of a ladder, the rung.
    """

    template: str
    audience: str
    step: Step | None
    level: int | None
    created_at: datetime


class ReceiptRecord(NamedTuple):
    """What a provider reported of a message.

    Attributes:
        status: The provider's own word.
    """

    status: str
    code: str | None
    received_at: datetime


class MessageStory(NamedTuple):
    """One message with everything that is known of it.

    Attributes:
        notice: None for a bundle, an alarm or the answer to a reply.
        decisions: In their order.
        receipts: In the order in which they came.
    """

    message: MessageRecord
    notice: NoticeRecord | None
    decisions: tuple[DecisionRecord, ...]
    receipts: tuple[ReceiptRecord, ...]


class MessagePage(NamedTuple):
    """One page of messages, and how many there are in all."""

    rows: tuple[MessageRecord, ...]
    total: int


class DecisionRecord(NamedTuple):
    """One row of the trail of messages.

    Attributes:
        message_id: None for what was decided before there was a message, or beside it.
    """

    at: datetime
    message_id: str | None
    what: str
    why: str | None
    recipient: RecipientRecord | None
    channel: Channel | None
    policy_version: str | None


class ReplyRecord(NamedTuple):
    """A text or a pressed key that somebody should read.

    Attributes:
        address: In full, to be masked before it is shown.
        restricted: About a record that is closed to whoever asked; which one, from which address
            and what it says is withheld.
    """

    id: str
    release_id: str | None
    reference: str | None
    channel: Channel
    sender: RecipientRecord
    address: str
    text: str
    reading: str
    outcome: str | None
    received_at: datetime
    read_at: datetime | None
    read_by: str | None
    restricted: bool = False


class ReplyPage(NamedTuple):
    """One page of replies, and how many there are in all."""

    rows: tuple[ReplyRecord, ...]
    total: int


class TextingChoice(NamedTuple):
    """What a person said about texts, as somebody records it.

    Attributes:
        mobile: Their number as typed; None leaves the one that is known.
        checked: It was read back to them.
    """

    agreed: bool
    at_risk: bool
    language: Language
    mobile: str | None
    checked: bool


class TextingRecord(NamedTuple):
    """What a person agreed to, and what is known of their number.

    Attributes:
        opted_out: They replied STOP, which only a text of theirs takes back.
        recorded_at: None while nobody has asked them; then they have not agreed.
    """

    agreed: bool
    at_risk: bool
    language: Language
    mobile: str | None
    opted_out: bool
    checked_at: datetime | None
    unusable_since: datetime | None
    recorded_at: datetime | None
    recorded_by: str | None

    @property
    def version(self) -> str:
        """Another one as soon as anything of it is; a form is sent with the one that it showed."""
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()[:16]
