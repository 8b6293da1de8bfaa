"""Reports of providers, kept once each and applied in their order, whatever order they come in.

A report may come before the answer to the request that it is about, twice, late, or for a message
that nobody here knows yet: it is kept, and matched when the message is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.delivery_ports import Due
from activities.ports import Told
from domain.journey import Step
from domain.policy import Channel, Severity
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import MessageRow, ReceiptRow, TextingRow, table_of
from infra.database.upsert import insert_into
from infra.messages import noticing, planning
from infra.messages.checking import is_page
from infra.messages.contacts import arrived, contact_failed
from infra.messages.trail import about_message, note
from infra.messages.unfolding import unfold
from notifications.messages import MessageStatus, Planned, RecipientKind, cause_of, message_id
from notifications.notices import Audience, Notice, Template
from notifications.receipts import Report
from notifications.trail import Happened
from notifications.wires import FaultClass

_STILL_OPEN: Final = frozenset({MessageStatus.SENDING, MessageStatus.ACCEPTED})
_BAD_NUMBER: Final = frozenset({FaultClass.NUM})


class Applied(NamedTuple):
    """What follows from a report.

    Attributes:
        weigh: The notice whose evidence is to be weighed, with its severity.
        again: Another try that was written, and when.
        told: The notice that a person's number has failed for good.
    """

    weigh: tuple[str, Severity] | None = None
    again: tuple[Due, ...] = ()
    told: tuple[Told, ...] = ()


NOTHING: Final = Applied()


class SqlReceipts:
    """Receipts in SQL."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Keep reports in `database`."""
        self._database = database
        self._clock = clock

    def record(self, report: Report) -> Applied:
        """Keep a report and apply it; a repeat changes nothing."""
        now = self._clock()
        with self._database.write() as session:
            row = _message(session, report)
            if not self._keep(session, report, row, now):
                return NOTHING
            return NOTHING if row is None else _apply(session, row, report, now)

    def _keep(
        self, session: Session, report: Report, row: MessageRow | None, now: datetime
    ) -> bool:
        statement = insert_into(table_of(ReceiptRow), self._database.dialect)
        kept: dict[str, Any] = {
            "provider_id": report.provider_id,
            "status": report.provider_status,
            "message_id": row.id if row is not None else None,
            "code": report.code,
            "received_at": now,
            "matched_at": now if row is not None else None,
        }
        new = statement.on_conflict_do_nothing().returning(table_of(ReceiptRow).c.provider_id)
        return session.execute(new, kept).one_or_none() is not None

    def orphans(self, older_than: timedelta) -> tuple[tuple[str, str, str | None], ...]:
        """Return reports whose message is known by now: provider id, status and code of each."""
        query = (
            select(ReceiptRow.provider_id, ReceiptRow.status, ReceiptRow.code)
            .join(MessageRow, MessageRow.provider_id == ReceiptRow.provider_id)
            .where(
                ReceiptRow.matched_at.is_(None),
                ReceiptRow.received_at > self._clock() - older_than,
            )
            .limit(500)
        )
        with self._database.read() as session:
            return tuple(
                (each.provider_id, each.status, each.code) for each in session.execute(query)
            )

    def match(self, report: Report) -> Applied:
        """Apply a report that was kept before its message was known."""
        now = self._clock()
        with self._database.write() as session:
            key = (report.provider_id, report.provider_status)
            kept = session.get(ReceiptRow, key, with_for_update=True)
            row = _message(session, report)
            if kept is None or kept.matched_at is not None or row is None:
                return NOTHING
            kept.matched_at, kept.message_id = now, row.id
            return _apply(session, row, report, now)

    def unconfirmed(self, older_than: timedelta) -> Sequence[MessageRow]:
        """Return messages that a provider accepted and has reported nothing final of since."""
        query = (
            select(MessageRow)
            .where(
                MessageRow.status == MessageStatus.ACCEPTED,
                MessageRow.provider_id.is_not(None),
                MessageRow.sent_at < self._clock() - older_than,
                MessageRow.sent_at > self._clock() - timedelta(days=3),
            )
            .order_by(MessageRow.sent_at, MessageRow.id)
            .limit(100)
        )
        with self._database.read() as session:
            return tuple(session.execute(query).scalars())


def _message(session: Session, report: Report) -> MessageRow | None:
    """Find the message by our own id first: it is known before the provider's is."""
    if report.message_id is not None:
        query = select(MessageRow).where(MessageRow.id == report.message_id)
        row = session.execute(query.with_for_update()).scalar_one_or_none()
        if row is not None and row.provider_id in {None, report.provider_id}:
            return row
    query = select(MessageRow).where(MessageRow.provider_id == report.provider_id)
    return session.execute(query.with_for_update()).scalar_one_or_none()


def _apply(session: Session, row: MessageRow, report: Report, now: datetime) -> Applied:
    note(session, now, Happened.RECEIPT, about_message(row), report.provider_status)
    row.provider_id = row.provider_id or report.provider_id
    if row.provider_status is not None and row.provider_status not in report.supersedes:
        return NOTHING
    row.provider_status = report.provider_status
    match report.status:
        case MessageStatus.DELIVERED:
            return _delivered(session, row, now)
        case MessageStatus.FAILED if row.status is not MessageStatus.ANSWERED:
            return _failed(session, row, report, now)
        case MessageStatus.ACCEPTED if row.status is MessageStatus.SENDING:
            row.status, row.sent_at, row.unknown_at = MessageStatus.ACCEPTED, now, None
            note(session, now, Happened.ACCEPTED, about_message(row))
    return NOTHING


def _delivered(session: Session, row: MessageRow, now: datetime) -> Applied:
    if row.status is MessageStatus.ANSWERED:
        return NOTHING
    row.status, row.moved_at, row.over_at = MessageStatus.DELIVERED, now, now
    row.sent_at, row.reason, row.fault, row.unknown_at = row.sent_at or now, None, None, None
    note(session, now, Happened.DELIVERED, about_message(row))
    arrived(session, row, now)
    if row.kind is RecipientKind.PERSON:
        texting = session.get(TextingRow, row.recipient)
        if texting is not None:
            texting.unusable_since = None
    return NOTHING


def _failed(session: Session, row: MessageRow, report: Report, now: datetime) -> Applied:
    row.status, row.reason, row.fault = MessageStatus.FAILED, report.code, report.fault
    row.moved_at, row.over_at, row.unknown_at = now, now, None
    row.sent_at = row.sent_at or now
    note(session, now, Happened.FAILED, about_message(row), report.code)
    contact_failed(session, row, report.fault, now)
    if is_page(session, row):
        row.weighed = False
        return Applied(weigh=(str(row.notice_id), row.severity))
    again = _once_more(session, row, report, now)
    if not again:
        unfold(session, row, now)
    return Applied(again=again, told=_unusable(session, row, report, now))


def _once_more(session: Session, row: MessageRow, report: Report, now: datetime) -> tuple[Due, ...]:
    """Write another try after a failure that passes; it is a message of its own."""
    if row.attempt > len(report.again_after):
        return ()
    planned = Planned(
        id=message_id(cause_of(row.id), row.recipient, row.channel, row.attempt + 1),
        notice_id=row.notice_id,
        release_id=row.release_id,
        kind=row.kind,
        recipient=row.recipient,
        channel=row.channel,
        attempt=row.attempt + 1,
        wording=row.wording,
        fields=row.fields,
        severity=row.severity,
        status=MessageStatus.QUEUED,
        due_at=now + report.again_after[row.attempt - 1],
    )
    planning.write(session, [planned], now, None)
    return planning.due([planned])


def _unusable(session: Session, row: MessageRow, report: Report, now: datetime) -> tuple[Told, ...]:
    """Stop using a person's number that has failed for good, and ask who knows them to check it."""
    if row.kind is not RecipientKind.PERSON or report.fault not in _BAD_NUMBER:
        return ()
    texting = session.get(TextingRow, row.recipient)
    if row.release_id is None or texting is None or texting.unusable_since is not None:
        return ()
    texting.unusable_since = now
    notice = Notice(
        id=f"{row.release_id}.{now:%Y%m%dT%H%M%S}.{Template.TEXTS_NOT_ARRIVING}",
        release_id=row.release_id,
        seq=0,
        template=Template.TEXTS_NOT_ARRIVING,
        audience=Audience.STEP_OWNER,
        severity=Severity.S3,
        channels=(Channel.WORKLIST, Channel.EMAIL),
        step=Step.FIRST_CONTACT,
    )
    noticing.enqueue(session, [notice], now)
    return (Told(notice.id, notice.severity),)
