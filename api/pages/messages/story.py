"""One message in full: why it was written, its words, every decision and every receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from api.message_records import DecisionRecord, MessageStory, NoticeRecord
from api.pages.accounts import Account
from api.pages.messages.words import AUDIENCES, HAPPENED, recipient_of, severity_in_words
from api.pages.places import PlaceNames
from api.ports import Services
from domain.access_messages import sees_words
from domain.journey import DEFINITIONS
from domain.policy import Target
from notifications.masking import masked_address
from notifications.messages import RecipientKind
from notifications.notices import Audience
from notifications.reason_words import reason_in_words
from notifications.trail import RECORDED, Happened


class Decided(NamedTuple):
    """One decision in words."""

    what: str
    why: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoryView:
    """A message as one reader sees it.

    Attributes:
        words: As they were sent or would be; None when they are not for the reader.
        was_sent: Whether the words went, or only would go.
        cause: What gave reason for it.
        receipts: The provider's words, each with when it came.
    """

    words: str | None
    was_sent: bool
    hidden: bool
    address: str
    severity: str
    cause: str
    tries: str
    decisions: Sequence[Decided]
    receipts: Sequence[tuple[str, datetime]]


async def view_of(services: Services, account: Account, story: MessageStory) -> StoryView:
    """Return a message as `account` may see it."""
    message = story.message
    is_to_person = message.recipient.kind is RecipientKind.PERSON
    shown = sees_words(account.subject, is_to_person=is_to_person)
    return StoryView(
        words=message.body if shown else None,
        was_sent=message.sent_at is not None,
        hidden=not shown,
        address=masked_address(message.address) if message.address else "",
        severity=severity_in_words(message.severity),
        cause=_cause(story.notice),
        tries=_tries(message.attempt, message.tries),
        decisions=await decided(services, story.decisions),
        receipts=[
            (f"{each.status}, code {each.code}" if each.code else each.status, each.received_at)
            for each in story.receipts
        ],
    )


async def decided(services: Services, decisions: Sequence[DecisionRecord]) -> list[Decided]:
    """Return decisions in words, in the order given."""
    by = {each.why for each in decisions if each.why and Happened(each.what) in RECORDED}
    names = await services.accounts.names(by) if by else {}
    return [
        _decided(each, names.get(each.why or "", ""), services.place_names) for each in decisions
    ]


def _decided(record: DecisionRecord, by: str, places: PlaceNames) -> Decided:
    what = Happened(record.what)
    if what in RECORDED:
        return Decided(HAPPENED[what], "", by or "another system", record.at)
    if what is Happened.RECEIPT:
        why = record.why or ""
    else:
        why = _sentence(reason_in_words(record.why)) if record.why else ""
    who = recipient_of(record.recipient, places) if record.recipient else ""
    return Decided(HAPPENED[what], why, who, record.at)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cause(notice: NoticeRecord | None) -> str:
    """Return for whom a notice was and about which step, within a sentence."""
    if notice is None:
        return "Several notices together, an answer to a reply, or an alarm"
    known = {each.value: AUDIENCES[each] for each in (*Target, *Audience)}
    step = f" about the step {DEFINITIONS[notice.step].title.lower()}" if notice.step else ""
    rung = f", call {notice.level} of its escalation" if notice.level else ""
    return f"A notice to {known.get(notice.audience, 'staff')}{step}{rung}"


def _tries(attempt: int, tries: int) -> str:
    times = {0: "not handed over yet", 1: "handed over once"}
    return f"Attempt {attempt}, {times.get(tries, f'handed over {tries} times')}"
