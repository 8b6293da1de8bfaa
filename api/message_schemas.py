"""Messages, replies and agreements to texts, as they are sent."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AwareDatetime, Field

from api.schemas import Paged, Resource
from domain.codes import Role
from domain.policy import Channel, Severity
from notifications.catalogue import Language, Reading
from notifications.messages import MessageStatus, RecipientKind
from notifications.trail import Happened
from notifications.wires import FaultClass

_CLOSED: Final = (
    "About a record that is closed to the caller: which one and the words are withheld."
)


class Recipient(Resource):
    """Whom something was for, without a name."""

    kind: Annotated[RecipientKind | None, Field(description="Null: nobody known any more.")]
    id: Annotated[str | None, Field(description="Of a member of staff.")]
    role: Role | None
    organisation: str | None


class Message(Resource):
    """One attempt to tell one recipient by one channel."""

    id: str
    release_id: Annotated[str | None, Field(description="Null: a digest or an alarm.")]
    reference: str | None
    wording: Annotated[str, Field(description="Its name in the catalogue, docs/messages.md.")]
    channel: Channel
    recipient: Recipient
    severity: Severity
    address: Annotated[str | None, Field(description="Masked: enough to recognise it.")]
    body: Annotated[
        str | None,
        Field(
            description=(
                "As it was sent or, until then, as it would be; null when not shown to the caller."
            )
        ),
    ]
    status: MessageStatus
    status_text: Annotated[str, Field(description="The status in words.")]
    reason: Annotated[str | None, Field(description="Why it stands so, as a code.")]
    fault: FaultClass | None
    provider_status: Annotated[str | None, Field(description="The provider's own word.")]
    created_at: AwareDatetime
    due_at: AwareDatetime
    sent_at: AwareDatetime | None
    moved_at: AwareDatetime
    over_at: AwareDatetime | None
    attempt: Annotated[int, Field(description="A later one follows a failure that passes.")]
    tries: Annotated[int, Field(description="How often it was handed over.")]
    only_here: Annotated[
        bool, Field(description="Written on the service's own console; it went to nobody.")
    ]
    restricted: Annotated[bool, Field(description=_CLOSED)]


class MessageList(Paged):
    """One page of messages."""

    items: list[Message]


class Decision(Resource):
    """One decision about a message: what, why, when, for whom, by which policy."""

    at: AwareDatetime
    what: Happened
    why: Annotated[str | None, Field(description="A code.")]
    by: Annotated[str | None, Field(description="The account of whoever recorded it.")]
    recipient: Recipient | None
    channel: Channel | None
    policy_version: str | None


class MessageTrail(Resource):
    """A message with every decision about it, in their order."""

    message: Message
    decisions: list[Decision]


class ReleaseMessages(Paged):
    """One page of a release's messages, the newest first, each with its trail."""

    items: list[MessageTrail]
    decisions: Annotated[
        list[Decision],
        Field(description="What was decided about no single message: nobody there, agreements."),
    ]


class Reply(Resource):
    """A text, or a key pressed in a call, that a person should read."""

    id: str
    release_id: str | None
    reference: str | None
    channel: Channel
    sender: Recipient
    address: Annotated[str, Field(description="Masked.")]
    text: Annotated[
        str | None,
        Field(description="Untrusted, show it as text; null: only clinical roles read it."),
    ]
    reading: Annotated[Reading, Field(description="What it was understood as.")]
    outcome: str | None
    received_at: AwareDatetime
    read_at: AwareDatetime | None
    read_by: str | None
    restricted: Annotated[bool, Field(description=_CLOSED)]


class ReplyList(Paged):
    """One page of replies."""

    items: list[Reply]


class Texting(Resource):
    """What the person agreed to about texts, and what is known of their number."""

    agreed: bool
    at_risk: Annotated[
        bool, Field(description="Somebody who may see the phone is a danger to them: no texts.")
    ]
    language: Language
    mobile: str | None
    opted_out: Annotated[
        bool, Field(description="They replied STOP; only a START of theirs ends it.")
    ]
    checked_at: Annotated[AwareDatetime | None, Field(description="The number was read back.")]
    unusable_since: Annotated[
        AwareDatetime | None, Field(description="Texts do not arrive; check or change the number.")
    ]
    recorded_at: Annotated[AwareDatetime | None, Field(description="Null: nobody has asked.")]
    recorded_by: str | None
