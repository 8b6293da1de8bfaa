"""Texts and pressed keys that came in: kept once, opt-outs acted on at once, the rest answered.

All of it is untrusted; numbers can be forged. So a reply may acknowledge what its number was asked
about, pass it on, or ask for a person. It never closes, changes or reveals anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.policy import Channel
from infra.database.clock import Clock, utc_now
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.tables import (
    ContactRow,
    MessageRow,
    ReplyRow,
    StaffRow,
    table_of,
)
from infra.database.upsert import insert_into
from infra.messages.opting import WENT, opt_in, opt_out
from infra.messages.trail import about_message, note
from notifications.catalogue import Reading, Wording, read_reply
from notifications.messages import MessageStatus, RecipientKind
from notifications.trail import Happened


class Incoming(NamedTuple):
    """A text, or the key pressed in a call.

    Attributes:
        id: The provider's id of it.
        address: Who it says it is from, E.164 when it can be answered.
        text: As it came.
        message_id: For a key, the call it was pressed in.
        opted: "STOP" or "START" when the provider has acted on it already.
    """

    id: str
    address: str
    text: str
    message_id: str | None = None
    opted: str | None = None


class _Sender(NamedTuple):
    kind: RecipientKind | None
    id: str | None


class SqlReplies:
    """Replies in SQL."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Keep replies in `database`."""
        self._database = database
        self._clock = clock

    def receive(self, incoming: Incoming) -> str | None:
        """Keep a reply, and act on an opt-out; returns its id when it is still to be answered."""
        now = self._clock()
        with self._database.write() as session:
            sender, about = _sender(session, incoming), _about(session, incoming)
            reading = _read(incoming)
            row = _row(incoming, sender, about, reading) | {"received_at": now}
            if not self._keep(session, row):
                return self._unanswered(session, incoming.id)
            if reading is Reading.STOPS:
                opt_out(session, row, now)
            elif reading is Reading.RESUMES:
                opt_in(session, row, now)
            if about is not None:
                _answered(session, about, incoming, now)
            return incoming.id

    def _keep(self, session: Session, row: dict[str, Any]) -> bool:
        statement = insert_into(table_of(ReplyRow), self._database.dialect)
        kept = statement.on_conflict_do_nothing().returning(table_of(ReplyRow).c.id)
        return session.execute(kept, row).one_or_none() is not None

    def wording_of(self, message_id: str) -> Wording | None:
        """Return with which wording somebody was called; None for an unknown message."""
        with self._database.read() as session:
            row = session.get(MessageRow, message_id)
            return Wording(row.wording) if row is not None else None

    def _unanswered(self, session: Session, reply_id: str) -> str | None:
        reply = session.get(ReplyRow, reply_id)
        return reply.id if reply is not None and reply.handled_at is None else None


def _row(
    incoming: Incoming, sender: _Sender, about: MessageRow | None, reading: Reading
) -> dict[str, Any]:
    return {
        "id": incoming.id,
        "channel": Channel.SMS if incoming.message_id is None else Channel.VOICE,
        "address": incoming.address,
        "text": incoming.text,
        "message_id": about.id if about is not None else None,
        "release_id": about.release_id if about is not None else None,
        "sender_kind": sender.kind,
        "sender": sender.id,
        "reading": reading,
        "wants_reading": reading is Reading.UNREAD,
    }


def _read(incoming: Incoming) -> Reading:
    if incoming.opted == "STOP":
        return Reading.STOPS
    if incoming.opted == "START":
        return Reading.RESUMES
    if incoming.message_id is not None:
        digits = {"1": Reading.ACKNOWLEDGES, "2": Reading.PASSES_ON}
        return digits.get(incoming.text, Reading.UNREAD)
    return read_reply(incoming.text).reading


def _sender(session: Session, incoming: Incoming) -> _Sender:
    if incoming.message_id is not None:
        called = session.get(MessageRow, incoming.message_id)
        return _Sender(called.kind, called.recipient) if called else _Sender(None, None)
    staff = session.execute(
        select(StaffRow.id).where(StaffRow.mobile == incoming.address, StaffRow.left_at.is_(None))
    ).first()
    if staff is not None:
        return _Sender(RecipientKind.STAFF, staff.id)
    person = session.execute(
        select(ContactRow.person_id).where(
            ContactRow.kind == ContactKind.MOBILE, ContactRow.value == incoming.address
        )
    ).first()
    return _Sender(RecipientKind.PERSON, person.person_id) if person else _Sender(None, None)


def _about(session: Session, incoming: Incoming) -> MessageRow | None:
    """Return the call a key was pressed in, else the newest message that went to that number."""
    if incoming.message_id is not None:
        return session.get(MessageRow, incoming.message_id)
    query = (
        select(MessageRow)
        .where(MessageRow.address == incoming.address, MessageRow.status.in_(WENT))
        .order_by(MessageRow.sent_at.desc(), MessageRow.id)
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()


def _answered(session: Session, row: MessageRow, incoming: Incoming, now: datetime) -> None:
    """A pressed key is the only proof that a person heard a call."""
    if incoming.message_id is None or incoming.text not in {"1", "2"}:
        return
    row.status, row.moved_at, row.over_at = MessageStatus.ANSWERED, now, now
    row.provider_id = row.provider_id or incoming.id.split(".", 1)[0]
    row.sent_at = row.sent_at or now
    note(session, now, Happened.ANSWERED, about_message(row), f"key_{incoming.text}")
