"""What decides whether the person leaving prison may be texted, read afresh for each text."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from domain.facts import AppointmentStatus
from domain.policy import Channel, Delivery
from domain.state import Closure, Phase
from infra.database.contacting import ContactKind
from infra.database.tables import (
    AppointmentRow,
    ContactRow,
    MessageRow,
    NoticeRow,
    OptOutRow,
    ReleaseRow,
    TextingRow,
)
from infra.messages import stops
from notifications.catalogue import Language, Wording, at_fields
from notifications.last_check import Answer, Go, Later, Skip
from notifications.messages import MessageStatus, RecipientKind
from notifications.suppression import A_WEEK, PersonFacts, suppressed

ANSWERS: Final = frozenset({Wording.COMING, Wording.CHANGE_WANTED, Wording.NOT_READ})
"""What answers a text that the person has just written."""

_ABOUT_A_TIME: Final = frozenset(
    {
        Wording.APPOINTMENT_BOOKED,
        Wording.APPOINTMENT_MOVED,
        Wording.APPOINTMENT_REMINDER,
        Wording.APPOINTMENT_DAY,
    }
)
_WENT: Final = (MessageStatus.SENDING, MessageStatus.ACCEPTED, MessageStatus.DELIVERED)


def person_answer(session: Session, row: MessageRow, delivery: Delivery, now: datetime) -> Answer:
    """Return whether a text to the person may go now."""
    number = mobile_of(session, row.recipient)
    facts = _facts(session, row, number, now)
    found = suppressed(facts, now, delivery)
    if found is not None and found.until is not None:
        return Later(found.reason, found.until)
    if found is not None:
        return Skip(found.reason)
    if number is None:
        return Skip("no_mobile")
    stopped = stops.stopped_until(session, Channel.SMS, now)
    return Later("channel_stopped", stopped) if stopped else Go(number)


def mobile_of(session: Session, person_id: str) -> str | None:
    """Return a person's mobile number; None when there is none."""
    return session.execute(
        select(ContactRow.value).where(
            ContactRow.person_id == person_id, ContactRow.kind == ContactKind.MOBILE
        )
    ).scalar_one_or_none()


def language_of(session: Session, person_id: str) -> str:
    """Return the language a person wants to be texted in."""
    texting = session.get(TextingRow, person_id)
    return texting.language if texting is not None else Language.ENGLISH


def _facts(session: Session, row: MessageRow, number: str | None, now: datetime) -> PersonFacts:
    release = session.get_one(ReleaseRow, row.release_id)
    texting = session.get(TextingRow, row.recipient)
    return PersonFacts(
        died=release.died_on is not None,
        closed=release.phase is Phase.CLOSED,
        recalled=release.closure is Closure.RECALLED or release.returned_on is not None,
        in_custody=release.phase is Phase.CUSTODY,
        agreed=texting is not None and texting.agreed,
        opted_out=_opted_out(session, number),
        at_risk=texting is not None and texting.at_risk,
        number_usable=number is not None and (texting is None or texting.unusable_since is None),
        number_shared=_shared(session, row.recipient, number),
        appointment_stands=_appointment_stands(session, row),
        texted_at=_texted_at(session, row, now),
        answers=row.wording in ANSWERS,
    )


def _opted_out(session: Session, number: str | None) -> bool:
    found = exists().where(OptOutRow.address == number, OptOutRow.ended_at.is_(None))
    return bool(session.execute(select(found)).scalar_one())


def _shared(session: Session, person_id: str, number: str | None) -> bool:
    """Return whether another person with an open release has the same number."""
    other = aliased(ContactRow)
    found = exists().where(
        other.kind == ContactKind.MOBILE,
        other.value == number,
        other.person_id != person_id,
        ReleaseRow.person_id == other.person_id,
        ReleaseRow.phase != Phase.CLOSED,
    )
    return bool(session.execute(select(found)).scalar_one())


def _appointment_stands(session: Session, row: MessageRow) -> bool:
    if row.wording not in _ABOUT_A_TIME:
        return True
    about = select(NoticeRow.about).where(NoticeRow.id == row.notice_id).scalar_subquery()
    found = session.execute(
        select(AppointmentRow.at, AppointmentRow.status).where(
            AppointmentRow.release_id == row.release_id, AppointmentRow.id == about
        )
    ).one_or_none()
    if found is None or found.status is not AppointmentStatus.BOOKED:
        return False
    said = {name: row.fields.get(name) for name in ("on", "at")}
    return at_fields(found.at) == said


def _texted_at(session: Session, row: MessageRow, now: datetime) -> tuple[datetime, ...]:
    went_at = func.coalesce(MessageRow.sent_at, MessageRow.moved_at)
    query = select(went_at).where(
        MessageRow.kind == RecipientKind.PERSON,
        MessageRow.recipient == row.recipient,
        MessageRow.id != row.id,
        MessageRow.wording.not_in(ANSWERS),
        MessageRow.status.in_(_WENT),
        MessageRow.created_at > now - A_WEEK - timedelta(days=90),
    )
    return tuple(session.execute(query).scalars())
