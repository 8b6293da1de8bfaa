"""What follows from a reply: a receipt, a notice to whoever works with the person, or a reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from domain.london_time import london_date, london_instant
from domain.policy import Severity
from notifications.catalogue import Reading, Wording, by_fields
from notifications.hours import ONE_DAY, Hours
from notifications.messages import RecipientKind

SOON_AFTER_RELEASE: Final = timedelta(days=4)
"""In which a free reply is read within the hour (R112)."""

_CALLED_BACK_BY: Final = time(17)
_LAST_CALLS_FROM: Final = time(15)


class Received(NamedTuple):
    """A reply as answering it needs to know it.

    Attributes:
        release_id: Of the message that it seems to answer.
        answered_lately: Its sender had the standing answer within the last twelve hours.
        follows: The wording that it seems to answer.
    """

    id: str
    reading: Reading
    kind: RecipientKind | None
    sender: str | None
    release_id: str | None
    left_on: date | None
    answered_lately: bool
    follows: Wording | None


class Answer(NamedTuple):
    """What becomes of a reply.

    Attributes:
        outcome: A code for the record.
        wording: What is answered; None is nothing.
        fields: What fills it.
        tell: How urgent it is that somebody who works with the person reads it; None is not.
        wants_reading: Whether it stays on the list of replies that a person must read.
    """

    outcome: str
    wording: Wording | None = None
    fields: Mapping[str, str] = {}
    tell: Severity | None = None
    wants_reading: bool = False


def answer_of(reply: Received, hours: Hours, phone: str, now: datetime) -> Answer:
    """Return what follows from any reply that is not about an escalation."""
    if reply.kind is RecipientKind.STAFF:
        return _to_staff(reply)
    if reply.kind is None or reply.release_id is None:
        return Answer("unknown_sender", wants_reading=reply.reading is Reading.UNREAD)
    match reply.reading:
        case Reading.COMES if reply.follows is Wording.APPOINTMENT_REMINDER:
            return Answer("comes", Wording.COMING)
        case Reading.RESUMES:
            return Answer("opted_in")
        case _:
            return _to_be_read(reply, hours, phone, now)


def _to_be_read(reply: Received, hours: Hours, phone: str, now: datetime) -> Answer:
    """Return what follows where a person must hear of it."""
    urgency = _urgency(reply, now)
    if reply.reading is Reading.STOPS:
        return Answer("opted_out", tell=urgency)
    if reply.reading is Reading.CHANGES and reply.follows is Wording.APPOINTMENT_REMINDER:
        fields = {**by_fields(_called_back_by(hours, now)), "phone": phone}
        return Answer("wants_change", Wording.CHANGE_WANTED, fields, urgency, wants_reading=True)
    standing = None if reply.answered_lately else Wording.NOT_READ
    fields = {"phone": phone} if standing else {}
    return Answer("to_be_read", standing, fields, urgency, wants_reading=True)


def _to_staff(reply: Received) -> Answer:
    match reply.reading:
        case Reading.STOPS:
            return Answer("opted_out")
        case Reading.RESUMES:
            return Answer("opted_in")
        case _:
            return Answer("not_understood", wants_reading=True)


def _urgency(reply: Received, now: datetime) -> Severity:
    left = reply.left_on
    soon = left is not None and london_date(now) <= left + SOON_AFTER_RELEASE
    return Severity.S2 if soon else Severity.S3


def _called_back_by(hours: Hours, now: datetime) -> datetime:
    """Return by when somebody calls: this afternoon, or the next working day's."""
    on = london_date(now)
    if not hours.calendar.is_working_day(on) or now >= london_instant(on, _LAST_CALLS_FROM):
        on = hours.calendar.next_working_day(on + ONE_DAY)
    return london_instant(on, _CALLED_BACK_BY)
