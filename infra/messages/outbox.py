"""Sending's side of the store: a message claimed for one sender, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.options import SEND_WITHIN
from domain.policy import Delivery, Severity
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import MessageRow
from infra.messages import stops
from infra.messages.checking import Checks, is_page
from infra.messages.contacts import contact_failed, texts_refused
from infra.messages.opting import opted_out_at_provider
from infra.messages.trail import about_message, note
from infra.messages.unfolding import unfold
from notifications.copies import copy_of
from notifications.last_check import Go, Later, Skip
from notifications.messages import MessageStatus, RecipientKind
from notifications.sending import Claim, Left, Postponed, Sendable
from notifications.trail import Happened
from notifications.wires import FaultClass, Outgoing

ABANDONED_AFTER: Final = 2 * SEND_WITHIN
"""A message still being sent after this was claimed by a process that died."""

EARLY_BY: Final = timedelta(seconds=2)
"""A timer may fire a little before the clock of this machine says so."""

PERSON_TRIES: Final = 2
"""The person leaving prison is never texted the same thing a third time."""

_ASKS_AGAIN: Final = frozenset({FaultClass.TRY})


class SqlMessages:
    """Messages in SQL; implements `activities.delivery_ports.Messages`."""

    def __init__(self, database: Database, checks: Checks, clock: Clock = utc_now) -> None:
        """Use the messages in `database`, each checked by `checks` before it is sent."""
        self._database = database
        self._checks = checks
        self._clock = clock

    def claim(self, message_id: str) -> Claim:
        """Claim a message for one sender; see the port."""
        now = self._clock()
        with self._database.write() as session:
            row = _locked(session, message_id)
            if row is None:
                return None
            if row.status is MessageStatus.SENDING:
                return self._claim_again(session, row, now)
            if row.status is not MessageStatus.QUEUED or row.due_at > now + EARLY_BY:
                return None
            match self._checks.answer(session, row, now):
                case Skip(reason):
                    return _skip(session, row, reason, now)
                case Later(reason, at):
                    return _postpone(session, row, reason, at, now)
                case Go(address):
                    return self._hand_over(session, row, address, now, may_have_gone=False)

    def _claim_again(self, session: Session, row: MessageRow, now: datetime) -> Claim:
        """Take over a message whose sender died, or could not tell what became of it."""
        if row.provider_id is not None:
            _accept(session, row, now, Happened.FOUND_AGAIN)
            return None
        if row.unknown_at is None and row.moved_at > now - ABANDONED_AFTER:
            return None
        address = row.address or ""
        return self._hand_over(session, row, address, now, may_have_gone=True)

    def _hand_over(
        self, session: Session, row: MessageRow, address: str, now: datetime, *, may_have_gone: bool
    ) -> Sendable:
        delivery = self._checks.delivery(session, row)
        again = not may_have_gone or self._may_go_again(session, row, now)
        row.status, row.address, row.moved_at = MessageStatus.SENDING, address, now
        row.tries, row.tried_at = row.tries + 1, row.tried_at or now
        note(session, now, Happened.SENDING, about_message(row))
        outgoing = Outgoing(
            id=row.id,
            channel=row.channel,
            to=address,
            wording=row.wording,
            fields=row.fields,
            language=self._checks.language(session, row),
            valid_for=self._checks.valid_for(row, delivery, now),
            since=row.tried_at,
        )
        row.body = copy_of(outgoing)
        return Sendable(
            outgoing=outgoing,
            severity=row.severity,
            may_have_gone=may_have_gone,
            may_go_again=again,
            looks_again_after=_looks_after(row, delivery),
        )

    def _may_go_again(self, session: Session, row: MessageRow, now: datetime) -> bool:
        if row.kind is RecipientKind.PERSON and row.tries >= PERSON_TRIES:
            return False
        return isinstance(self._checks.answer(session, row, now), Go)

    def sent(self, message_id: str, provider_id: str, *, found: bool) -> None:
        """Record that the provider has it, under the provider's id."""
        now = self._clock()
        with self._database.write() as session:
            row = _locked(session, message_id)
            if row is None:
                return
            # A receipt may have come before the answer, and have told more than the answer does.
            if row.status is MessageStatus.SENDING:
                row.provider_id = provider_id
                _accept(session, row, now, Happened.FOUND_AGAIN if found else Happened.ACCEPTED)
            stops.end(session, row.channel, now)

    def refused(self, message_id: str, code: str, fault: FaultClass) -> str | None:
        """Record that it was certainly not accepted; see the port."""
        now = self._clock()
        with self._database.write() as session:
            row = _locked(session, message_id)
            if row is None or row.status is not MessageStatus.SENDING:
                return None
            row.reason, row.fault, row.moved_at, row.unknown_at = code, fault, now, None
            if fault is FaultClass.CFG:
                stops.begin(session, row.channel, code, now)
            if fault is FaultClass.OPT and row.address is not None:
                opted_out_at_provider(session, row.address, now)
            if fault in _ASKS_AGAIN or (fault is FaultClass.CFG and row.severity > Severity.S2):
                row.status = MessageStatus.QUEUED
                note(session, now, Happened.REFUSED, about_message(row), code)
                return None
            row.status, row.over_at, row.weighed = MessageStatus.FAILED, now, False
            note(session, now, Happened.FAILED, about_message(row), code)
            contact_failed(session, row, fault, now)
            unfold(session, row, now)
            return row.notice_id if is_page(session, row) else None

    def unknown(self, message_id: str, code: str) -> None:
        """Record that nobody knows whether it was accepted."""
        now = self._clock()
        with self._database.write() as session:
            row = _locked(session, message_id)
            if row is None or row.status is not MessageStatus.SENDING:
                return
            row.reason, row.fault, row.unknown_at, row.moved_at = code, FaultClass.UNK, now, now
            note(session, now, Happened.OUTCOME_UNKNOWN, about_message(row), code)


def _locked(session: Session, message_id: str) -> MessageRow | None:
    query = select(MessageRow).where(MessageRow.id == message_id).with_for_update()
    return session.execute(query).scalar_one_or_none()


def _accept(session: Session, row: MessageRow, now: datetime, what: Happened) -> None:
    row.status, row.moved_at, row.sent_at = MessageStatus.ACCEPTED, now, now
    row.reason, row.fault, row.unknown_at = None, None, None
    note(session, now, what, about_message(row))


def _skip(session: Session, row: MessageRow, reason: str, now: datetime) -> Left:
    row.status, row.reason = MessageStatus.SKIPPED, reason
    row.moved_at, row.over_at, row.weighed = now, now, False
    note(session, now, Happened.SKIPPED, about_message(row), reason)
    if reason == "opted_out":
        texts_refused(session, row, now)
    unfold(session, row, now)
    return Left(row.notice_id if is_page(session, row) else None, row.severity)


def _postpone(
    session: Session, row: MessageRow, reason: str, at: datetime, now: datetime
) -> Postponed:
    row.due_at, row.reason, row.moved_at = at, reason, now
    note(session, now, Happened.POSTPONED, about_message(row), reason)
    return Postponed(row.channel, row.severity, at)


def _looks_after(row: MessageRow, delivery: Delivery) -> timedelta:
    if row.kind is RecipientKind.PERSON:
        return timedelta(minutes=delivery.person_reconcile_minutes)
    return timedelta(seconds=delivery.reconcile_seconds)


def overdue(session: Session, now: datetime, after: timedelta, limit: int) -> list[Any]:
    """Return messages that should have been on their way by now, the gravest and oldest first."""
    abandoned = (MessageRow.status == MessageStatus.SENDING) & (
        MessageRow.moved_at < now - ABANDONED_AFTER
    )
    late = (MessageRow.status == MessageStatus.QUEUED) & (MessageRow.due_at < now - after)
    query = (
        select(MessageRow.id, MessageRow.channel, MessageRow.severity, MessageRow.due_at)
        .where(abandoned | late)
        .order_by(MessageRow.severity, MessageRow.due_at, MessageRow.id)
        .limit(limit)
    )
    return list(session.execute(query))
