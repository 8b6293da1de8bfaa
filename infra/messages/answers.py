"""Answering's side of the store: a reply with what it is about, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from activities.answering import Asked, Written
from activities.ports import Told
from domain.codes import Role
from domain.commands import Actor
from domain.journey import Step
from domain.policy import Channel, Severity
from domain.state import LadderStatus
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.identities import acting_id
from infra.database.tables import (
    EscalationRow,
    MessageRow,
    NoticeRow,
    ReleaseRow,
    ReplyRow,
    StaffRow,
)
from infra.messages import noticing, planning
from infra.messages.trail import About, note
from notifications.answering import Answer, Received
from notifications.catalogue import Reading, Wording, read_reply
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.notices import Audience, Notice, Template
from notifications.trail import Happened

LATELY: Final = timedelta(hours=12)
"""The standing answer is given once in this time, so that two machines cannot talk for ever."""

_RANG: Final = (
    *(MessageStatus.SENDING, MessageStatus.ACCEPTED),
    *(MessageStatus.DELIVERED, MessageStatus.ANSWERED),
)


class SqlAnswers:
    """Replies to be answered, in SQL; implements `activities.answering.Replies`."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the replies in `database`."""
        self._database = database
        self._clock = clock

    def open(self, reply_id: str) -> Received | None:
        """Return a reply that is still to be answered; None for any other."""
        with self._database.read() as session:
            reply = session.get(ReplyRow, reply_id)
            if reply is None or reply.handled_at is not None:
                return None
            return self._received(session, reply)

    def _received(self, session: Session, reply: ReplyRow) -> Received:
        message = session.get(MessageRow, reply.message_id) if reply.message_id else None
        left_on = session.execute(
            select(ReleaseRow.released_on).where(ReleaseRow.id == reply.release_id)
        ).scalar_one_or_none()
        return Received(
            id=reply.id,
            reading=Reading(reply.reading),
            kind=reply.sender_kind,
            sender=reply.sender,
            release_id=reply.release_id,
            left_on=left_on,
            answered_lately=_answered_lately(session, reply, self._clock()),
            follows=Wording(message.wording) if message is not None else None,
        )

    def asked(self, reply_id: str) -> Asked | None:
        """Return the escalation that a member of staff was asked about and answers."""
        with self._database.read() as session:
            reply = session.get(ReplyRow, reply_id)
            if reply is None:
                return None
            staff_id = _staff_id(reply)
            if staff_id is None:
                return None
            found = session.execute(_asked(session, reply, staff_id).limit(1)).one_or_none()
            staff = session.get(StaffRow, staff_id)
            if found is None or staff is None:
                return None
            actor = Actor(id=acting_id(session, staff.id), role=Role(staff.role))
            return _as_asked(found, actor)

    def close(self, reply_id: str, answer: Answer) -> Written:
        """Write what became of a reply, the answer to it, and the notice that it must be read."""
        now = self._clock()
        with self._database.write() as session:
            reply = session.get(ReplyRow, reply_id, with_for_update=True)
            if reply is None or reply.handled_at is not None:
                return Written((), ())
            reply.handled_at, reply.outcome = now, answer.outcome
            reply.wants_reading = answer.wants_reading
            planned = _answers(reply, answer, now)
            planning.write(session, planned, now, None)
            notices = _notices(reply, answer)
            queued = noticing.enqueue(session, notices, now)
            about = About(release_id=reply.release_id, recipient=reply.sender)
            note(
                session,
                now,
                _HAPPENED.get(answer.outcome, Happened.ANSWERED),
                about,
                answer.outcome,
            )
            told = [Told(each.id, each.severity) for each in notices if each.id in queued]
            return Written(planning.due(planned), tuple(told), _unweighed(session, reply))


def _unweighed(session: Session, reply: ReplyRow) -> tuple[Told, ...]:
    """Return the pages that somebody on the staff was sent and has now stopped."""
    if reply.reading != Reading.STOPS or reply.sender_kind is not RecipientKind.STAFF:
        return ()
    query = (
        select(NoticeRow.id, NoticeRow.severity)
        .join(MessageRow, MessageRow.notice_id == NoticeRow.id)
        .where(MessageRow.recipient == reply.sender, MessageRow.weighed.is_(False))
        .distinct()
        .order_by(NoticeRow.severity, NoticeRow.id)
    )
    return tuple(Told(*each) for each in session.execute(query))


_HAPPENED: Final = {
    "taken": Happened.TAKEN,
    "passed_on": Happened.PASSED_ON,
    "opted_out": Happened.OPTED_OUT,
    "opted_in": Happened.OPTED_IN,
}


def _staff_id(reply: ReplyRow) -> str | None:
    """Return who answers; None for somebody who is not on the staff."""
    return reply.sender if reply.sender_kind is RecipientKind.STAFF else None


def _asked(session: Session, reply: ReplyRow, staff_id: str | None) -> Any:  # noqa: ANN401
    """Select the newest escalation that rang this very person's phone, by reference or by call."""
    rang = exists().where(
        NoticeRow.id == MessageRow.notice_id,
        NoticeRow.release_id == EscalationRow.release_id,
        NoticeRow.ladder == EscalationRow.number,
        MessageRow.recipient == staff_id,
        MessageRow.status.in_(_RANG),
    )
    query = (
        select(EscalationRow, ReleaseRow.reference)
        .join(ReleaseRow, ReleaseRow.id == EscalationRow.release_id)
        .where(rang, EscalationRow.status != LadderStatus.CLOSED)
        .order_by(EscalationRow.severity, EscalationRow.opened_at.desc())
    )
    called = _called_about(session, reply)
    if called is not None:
        return query.where(
            EscalationRow.release_id == called.release_id, EscalationRow.number == called.ladder
        )
    return query.where(ReleaseRow.reference == read_reply(reply.text).reference)


def _called_about(session: Session, reply: ReplyRow) -> NoticeRow | None:
    if reply.channel is not Channel.VOICE or reply.message_id is None:
        return None
    message = session.get(MessageRow, reply.message_id)
    return session.get(NoticeRow, message.notice_id) if message and message.notice_id else None


def _as_asked(found: Row[Any], actor: Actor) -> Asked:
    ladder: EscalationRow = found[0]
    return Asked(
        release_id=ladder.release_id,
        reference=found.reference,
        step=Step(ladder.step),
        is_taken=ladder.status is LadderStatus.ACKNOWLEDGED,
        holder=ladder.acknowledged_by,
        next_at=ladder.next_at,
        actor=actor,
    )


def _answered_lately(session: Session, reply: ReplyRow, now: datetime) -> bool:
    query = select(MessageRow.id).where(
        MessageRow.recipient == reply.sender,
        MessageRow.wording == Wording.NOT_READ,
        MessageRow.created_at > now - LATELY,
    )
    return session.execute(query.limit(1)).one_or_none() is not None


def _answers(reply: ReplyRow, answer: Answer, now: datetime) -> list[Planned]:
    if answer.wording is None or reply.sender is None or reply.sender_kind is None:
        return []
    if reply.channel is Channel.VOICE:
        return []  # who pressed a key has heard the answer already
    return [
        Planned(
            id=message_id(f"reply.{reply.id}", reply.sender, Channel.SMS),
            notice_id=None,
            release_id=reply.release_id,
            kind=reply.sender_kind,
            recipient=reply.sender,
            channel=Channel.SMS,
            attempt=1,
            wording=answer.wording,
            fields=answer.fields,
            severity=Severity.S1,
            status=MessageStatus.QUEUED,
            due_at=now,
        )
    ]


def _notices(reply: ReplyRow, answer: Answer) -> list[Notice]:
    if answer.tell is None or reply.release_id is None:
        return []
    return [
        Notice(
            id=f"{reply.release_id}.{reply.id}.{Template.REPLY_TO_READ}",
            release_id=reply.release_id,
            seq=0,
            template=Template.REPLY_TO_READ,
            audience=Audience.STEP_OWNER,
            severity=answer.tell,
            channels=(Channel.WORKLIST, Channel.EMAIL, Channel.SMS),
            step=Step.FIRST_CONTACT,
            about=reply.id,
        )
    ]
