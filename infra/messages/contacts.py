"""Contacts of staff that fail for good: used no more, and a task for their team, once for each.

Everything happens in the transaction that learns of it, so that nothing is known and not told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.commands import THE_SERVICE
from domain.duty.quality import TaskOutcome, TaskReason
from domain.policy import Channel
from infra.database.identities import acting_id
from infra.database.tables import MessageRow, StaffRow
from infra.duty.raising import Settled, raise_contact, settle_contact
from notifications.messages import RecipientKind
from notifications.wires import FaultClass

_FOR_GOOD: Final = frozenset({FaultClass.NUM, FaultClass.OPT})


def contact_failed(
    session: Session, row: MessageRow, fault: FaultClass | None, now: datetime
) -> None:
    """Act on a message to staff that failed; what passes, or was replaced meanwhile, is let be."""
    if row.kind is not RecipientKind.STAFF or fault not in _FOR_GOOD:
        return
    staff = _locked(session, row.recipient)
    if staff is None or row.address not in {staff.mobile, staff.email}:
        return
    if row.channel is Channel.EMAIL:
        raise_contact(session, TaskReason.EMAIL_FAILED, staff, row.release_id, now)
    elif fault is FaultClass.OPT:
        _stop(session, staff, row.release_id, now)
    else:
        staff.mobile_failed_at = now
        raise_contact(session, TaskReason.NUMBER_FAILED, staff, row.release_id, now)


def texts_refused(session: Session, row: MessageRow, now: datetime) -> None:
    """Have a team told that somebody's number had asked for no more texts before it was theirs."""
    if row.kind is not RecipientKind.STAFF:
        return
    staff = _locked(session, row.recipient)
    if staff is not None and not staff.texts_stopped:
        _stop(session, staff, row.release_id, now)


def arrived(session: Session, row: MessageRow, now: datetime) -> None:
    """Use a mobile again that was thought to have failed, because a text has arrived on it."""
    if row.kind is not RecipientKind.STAFF or row.channel is not Channel.SMS:
        return
    staff = _locked(session, row.recipient)
    if staff is None or staff.mobile_failed_at is None or row.address != staff.mobile:
        return
    staff.mobile_failed_at = None
    works = Settled(TaskOutcome.CONTACT_WORKS, THE_SERVICE.id, now)
    settle_contact(session, staff.id, (TaskReason.NUMBER_FAILED,), works)


def texts_stopped(session: Session, number: str, release_id: str | None, now: datetime) -> None:
    """Text a number no more; everybody on the staff who has it is a task of their own team."""
    for staff in _with_number(session, number):
        _stop(session, staff, release_id, now)


def texts_resumed(session: Session, number: str, now: datetime) -> None:
    """Text a number again, because its owner asked for it."""
    for staff in _with_number(session, number):
        staff.texts_stopped = False
        works = Settled(TaskOutcome.CONTACT_WORKS, acting_id(session, staff.id), now)
        settle_contact(session, staff.id, (TaskReason.TEXTS_STOPPED,), works)


def _stop(session: Session, staff: StaffRow, release_id: str | None, now: datetime) -> None:
    staff.texts_stopped = True
    raise_contact(session, TaskReason.TEXTS_STOPPED, staff, release_id, now)


def _locked(session: Session, staff_id: str) -> StaffRow | None:
    query = select(StaffRow).where(StaffRow.id == staff_id).with_for_update()
    return session.execute(query).scalar_one_or_none()


def _with_number(session: Session, number: str) -> list[StaffRow]:
    query = select(StaffRow).where(StaffRow.mobile == number, StaffRow.left_at.is_(None))
    return list(session.execute(query.order_by(StaffRow.id).with_for_update()).scalars())
