"""Routing's side of the store: a notice with how things stand, and what routing decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from activities.delivery_ports import Decide, Due, Routed
from domain.duty.rota import Unfilled
from domain.policy import Channel, Severity
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.identities import is_theirs
from infra.database.tables import (
    BundleRow,
    EscalationRow,
    MessageRow,
    NoticeRow,
    ReleaseRow,
    StaffRow,
    UserRow,
    table_of,
)
from infra.duty.store import as_recipient
from infra.messages import noticing, planning
from infra.messages.loads import ON_ITS_WAY, load_of
from infra.messages.trail import About, about_message, note
from notifications.evidence import Known
from notifications.messages import MessageStatus, NoticeStatus, Planned
from notifications.recipients import Staff
from notifications.standing import Noted, Standing
from notifications.trail import Happened

_NOTICES: Final = table_of(NoticeRow)
_MESSAGES: Final = table_of(MessageRow)
_RANG: Final = (*ON_ITS_WAY, MessageStatus.ANSWERED)


class SqlNotices:
    """Notices in SQL; implements `activities.delivery_ports.Notices`."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the notices in `database`."""
        self._database = database
        self._clock = clock

    def noted(self, notice_id: str) -> Noted | None:
        """Return a notice, whether routed or not; None when it is unknown."""
        with self._database.read() as session:
            return noticing.noted(session, notice_id)

    def standing(self, noted: Noted) -> Standing:
        """Return how its release stands now."""
        with self._database.read() as session:
            return noticing.standing(session, noted)

    def alike(self, noted: Noted, within: timedelta) -> int:
        """Return how many notices of the same cause came in the time before it."""
        query = (
            select(func.count())
            .select_from(NoticeRow)
            .join(ReleaseRow, ReleaseRow.id == NoticeRow.release_id)
            .where(
                NoticeRow.template == noted.template,
                NoticeRow.created_at > noted.created_at - within,
                NoticeRow.created_at <= noted.created_at,
                NoticeRow.id != noted.id,
                ReleaseRow.prison == noted.prison,
            )
        )
        with self._database.read() as session:
            return session.execute(query).scalar_one()

    def route(self, noted: Noted, recipients: Sequence[str], decide: Decide) -> Routed:
        """Write what `decide` answers, once; a repeat returns what was written."""
        now = self._clock()
        with self._database.write() as session:
            if not self._claimed(session, noted, recipients):
                return _written(session, noted.id)
            loads = {each: load_of(session, each, now) for each in recipients}
            routing = decide(noticing.standing(session, noted), loads)
            # Read after deciding: what is planned for now is never due after it was written.
            now = self._clock()
            planning.write(session, routing.messages, now, noted.policy_version)
            self._close(session, noted, routing.skipped, now)
            return Routed(planning.due(routing.messages), _bundles(session, routing.messages))

    def _claimed(self, session: Session, noted: Noted, recipients: Sequence[str]) -> bool:
        """Lock the notice and those it is for; return whether it is still to be routed."""
        locked = select(NoticeRow.status).where(NoticeRow.id == noted.id).with_for_update()
        if session.execute(locked).scalar_one() is not NoticeStatus.QUEUED:
            return False
        people = select(StaffRow.id).where(StaffRow.id.in_(recipients)).order_by(StaffRow.id)
        session.execute(people.with_for_update())
        return True

    def _close(self, session: Session, noted: Noted, skipped: str | None, now: datetime) -> None:
        status = NoticeStatus.SKIPPED if skipped else NoticeStatus.ROUTED
        values: dict[str, Any] = {"status": status, "moved_at": now}
        if skipped:
            values["reason"] = skipped
            note(session, now, Happened.SKIPPED, _about(noted), skipped)
        session.execute(update(_NOTICES).where(_NOTICES.c.id == noted.id).values(**values))

    def nobody_there(self, noted: Noted, unfilled: Unfilled) -> None:
        """Keep why nobody could be found."""
        kept = (
            update(_NOTICES)
            .where(_NOTICES.c.id == noted.id, _NOTICES.c.reason.is_(None))
            .values(reason=unfilled)
            .returning(_NOTICES.c.id)
        )
        with self._database.write() as session:
            if session.execute(kept).one_or_none() is not None:
                note(session, self._clock(), Happened.NOBODY_THERE, _about(noted), unfilled)

    def known(self, notice_id: str) -> tuple[tuple[Known, ...], Unfilled | None]:
        """Return every message of a notice, and why nobody could be found for it, if so."""
        with self._database.read() as session:
            rows = session.execute(
                select(MessageRow, StaffRow.texts_stopped)
                .outerjoin(StaffRow, StaffRow.id == MessageRow.recipient)
                .where(MessageRow.notice_id == notice_id)
            )
            found = tuple(_known(row, stopped=bool(stopped)) for row, stopped in rows)
            reason = session.execute(
                select(NoticeRow.reason).where(NoticeRow.id == notice_id)
            ).scalar_one_or_none()
        return found, Unfilled(reason) if reason in set(Unfilled) else None

    def others_paged(self, noted: Noted) -> tuple[Staff, ...]:
        """Return the staff whose phones rang for an escalation and who did not take it."""
        holder = (
            select(EscalationRow.acknowledged_by)
            .where(
                EscalationRow.release_id == noted.release_id,
                EscalationRow.number == noted.ladder,
            )
            .scalar_subquery()
        )
        rang = (
            select(MessageRow.recipient)
            .join(NoticeRow, NoticeRow.id == MessageRow.notice_id)
            .where(
                NoticeRow.release_id == noted.release_id,
                NoticeRow.ladder == noted.ladder,
                MessageRow.channel.in_((Channel.SMS, Channel.VOICE)),
                MessageRow.status.in_(_RANG),
            )
        )
        query = select(StaffRow).where(
            StaffRow.id.in_(rang),
            StaffRow.id != func.coalesce(holder, ""),
            ~exists().where(is_theirs(), UserRow.id == holder).correlate(StaffRow),
        )
        with self._database.read() as session:
            found = session.execute(query.order_by(StaffRow.id)).scalars()
            return tuple(as_recipient(each) for each in found)

    def bring_forward(self, message_ids: Sequence[str]) -> tuple[Due, ...]:
        """Make messages due now; returns those that are still to be sent."""
        now = self._clock()
        moved = (
            update(_MESSAGES)
            .where(
                _MESSAGES.c.id.in_(message_ids),
                _MESSAGES.c.status == MessageStatus.QUEUED,
                _MESSAGES.c.due_at > now,
            )
            .values(due_at=now, moved_at=now)
            .returning(_MESSAGES.c.id)
        )
        with self._database.write() as session:
            ids = set(session.execute(moved).scalars())
            rows = session.execute(select(MessageRow).where(MessageRow.id.in_(ids))).scalars()
            found = tuple(rows)
            for each in found:
                note(session, now, Happened.BROUGHT_FORWARD, about_message(each))
        return tuple(Due(each.id, each.channel, each.severity, now) for each in found)

    def again(self, failed_id: str, again_id: str, at: datetime) -> tuple[Due, ...]:
        """Write one more try of a message that reached nobody, under an id of its own."""
        with self._database.write() as session:
            failed = session.get(MessageRow, failed_id)
            if failed is None:
                return ()
            planned = _once_more(failed, again_id, at)
            planning.write(session, [planned], self._clock(), None)
        return planning.due([planned])

    def weighed(self, notice_id: str) -> None:
        """Keep that the evidence of a notice has been acted on."""
        with self._database.write() as session:
            session.execute(
                update(_MESSAGES)
                .where(_MESSAGES.c.notice_id == notice_id, _MESSAGES.c.weighed.is_(False))
                .values(weighed=True)
            )


def _written(session: Session, notice_id: str) -> Routed:
    rows = session.execute(select(MessageRow).where(MessageRow.notice_id == notice_id)).scalars()
    found = tuple(rows)
    messages = tuple(
        Due(each.id, each.channel, each.severity, each.due_at)
        for each in found
        if each.status is MessageStatus.QUEUED
    )
    return Routed(messages, _open(session, {each.bundle_id for each in found if each.bundle_id}))


def _bundles(session: Session, planned: Sequence[Planned]) -> tuple[Due, ...]:
    return _open(session, {each.bundle for each in planned if each.bundle})


def _open(session: Session, ids: set[str | None]) -> tuple[Due, ...]:
    if not ids:
        return ()
    query = select(BundleRow).where(BundleRow.id.in_(ids), BundleRow.told_at.is_(None))
    rows = session.execute(query).scalars()
    return tuple(Due(each.id, Channel.EMAIL, Severity.S3, each.due_at) for each in rows)


def _known(row: MessageRow, *, stopped: bool) -> Known:
    return Known(
        id=row.id,
        notice_id=str(row.notice_id),
        recipient=row.recipient,
        channel=row.channel,
        attempt=row.attempt,
        status=row.status,
        reason=row.reason,
        due_at=row.due_at,
        sent_at=row.sent_at,
        is_stopped=stopped and row.channel is Channel.SMS,
    )


def _once_more(failed: MessageRow, again_id: str, at: datetime) -> Planned:
    return Planned(
        id=again_id,
        notice_id=failed.notice_id,
        release_id=failed.release_id,
        kind=failed.kind,
        recipient=failed.recipient,
        channel=failed.channel,
        attempt=failed.attempt + 1,
        wording=failed.wording,
        fields=failed.fields,
        severity=failed.severity,
        status=MessageStatus.QUEUED,
        due_at=at,
    )


def _about(noted: Noted) -> About:
    return About(
        notice_id=noted.id, release_id=noted.release_id, policy_version=noted.policy_version
    )
