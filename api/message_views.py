"""From records to what one caller may see of messages, replies and agreements."""

from __future__ import annotations

from collections import defaultdict

from api import message_records as records
from api.message_schemas import Decision, Message, MessageTrail, Recipient, Reply, Texting
from domain.access import Subject
from domain.access_messages import sees_reply, sees_words
from notifications.catalogue import Reading
from notifications.masking import masked_address
from notifications.messages import RecipientKind
from notifications.status_words import STATUS_WORDS
from notifications.trail import RECORDED, Happened

Trails = tuple[list[MessageTrail], list[Decision]]


def message_view(record: records.MessageRecord, caller: Subject) -> Message:
    """Return a message, with its words for whoever may read them."""
    shown = record._asdict()
    is_to_person = record.recipient.kind is RecipientKind.PERSON
    if not sees_words(caller, is_to_person=is_to_person):
        shown["body"] = None
    shown["recipient"] = _recipient(record.recipient)
    shown["address"] = masked_address(record.address) if record.address else None
    return Message(status_text=STATUS_WORDS[record.status], **shown)


def trails(
    rows: tuple[records.MessageRecord, ...],
    decisions: tuple[records.DecisionRecord, ...],
    caller: Subject,
) -> Trails:
    """Return each message with its decisions, and the decisions about none of them."""
    by_message: dict[str | None, list[Decision]] = defaultdict(list)
    for each in decisions:
        by_message[each.message_id].append(_decision(each))
    items = [
        MessageTrail(message=message_view(each, caller), decisions=by_message[each.id])
        for each in rows
    ]
    return items, by_message[None]


def reply_view(record: records.ReplyRecord, caller: Subject) -> Reply:
    """Return a reply, with its text for whoever may read it."""
    shown = record._asdict()
    if record.restricted or not sees_reply(caller, is_by_person=is_by_person(record)):
        shown["text"] = None
    shown["sender"] = _recipient(record.sender)
    shown["address"] = masked_address(record.address)
    shown["reading"] = Reading(record.reading)
    return Reply(**shown)


def is_by_person(record: records.ReplyRecord) -> bool:
    """Return whether the person leaving prison wrote it, as far as numbers tell."""
    return record.sender.kind is RecipientKind.PERSON


def texting_view(record: records.TextingRecord) -> Texting:
    """Return what a person agreed to."""
    return Texting(**record._asdict())


def _decision(record: records.DecisionRecord) -> Decision:
    what = Happened(record.what)
    by_somebody = what in RECORDED
    return Decision(
        at=record.at,
        what=what,
        why=None if by_somebody else record.why,
        by=record.why if by_somebody else None,
        recipient=_recipient(record.recipient) if record.recipient else None,
        channel=record.channel,
        policy_version=record.policy_version,
    )


def _recipient(record: records.RecipientRecord) -> Recipient:
    return Recipient(**record._asdict())
