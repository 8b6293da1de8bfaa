"""Bundles told: one message for everything that still waits in it, and none when nothing does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.delivery_ports import Due
from domain.policy import Channel
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import BundleRow, MessageRow, StaffRow
from infra.messages import noticing, planning
from infra.messages.trail import about_message, note
from notifications.catalogue import Wording, link_to_list
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.notices import Template
from notifications.standing import PAGES, overtaken
from notifications.trail import Happened

_WORDINGS: Final = {
    "digest": Wording.DIGEST,
    "bundle": Wording.BUNDLE,
    "storm": Wording.STORM,
}


class SqlBundles:
    """Bundles in SQL; implements `activities.delivery_ports.Bundles`."""

    def __init__(self, database: Database, link_base: str, clock: Clock = utc_now) -> None:
        """Use the bundles in `database`, with links that begin with our own address."""
        self._database = database
        self._link_base = link_base
        self._clock = clock

    def tell(self, bundle_id: str) -> tuple[Due, ...]:
        """Write the one message for what still waits in a bundle; nothing when nothing does."""
        now = self._clock()
        with self._database.write() as session:
            query = select(BundleRow).where(BundleRow.id == bundle_id).with_for_update()
            bundle = session.execute(query).scalar_one_or_none()
            if bundle is None:
                return ()
            if bundle.told_at is not None:
                return _told_before(session, bundle_id)
            bundle.told_at = now
            waiting = _waiting(session, bundle_id, now)
            if not waiting:
                return ()
            planned = self._message(session, bundle, waiting, now)
            planning.write(session, [planned], now, None)
            for each in waiting:
                each.status, each.over_at, each.moved_at = MessageStatus.FOLDED, now, now
                note(session, now, Happened.FOLDED, about_message(each), bundle.kind)
            return planning.due([planned])

    def _message(
        self, session: Session, bundle: BundleRow, waiting: Sequence[MessageRow], now: datetime
    ) -> Planned:
        wording = _WORDINGS[bundle.kind]
        staff = session.get(StaffRow, bundle.recipient)
        channel = waiting[0].channel if len({each.channel for each in waiting}) == 1 else None
        by_mail = Channel.EMAIL if staff is not None and staff.email else Channel.SMS
        return Planned(
            id=message_id(bundle.id, bundle.recipient, channel or by_mail),
            notice_id=None,
            release_id=None,
            kind=RecipientKind.STAFF,
            recipient=bundle.recipient,
            channel=channel or by_mail,
            attempt=1,
            wording=wording,
            fields=self._fields(session, wording, waiting),
            severity=min(each.severity for each in waiting),
            status=MessageStatus.QUEUED,
            due_at=now,
        )

    def _fields(
        self, session: Session, wording: Wording, waiting: Sequence[MessageRow]
    ) -> Mapping[str, str]:
        overdue = sum(_is_about_a_lapse(session, each) for each in waiting)
        link = link_to_list(self._link_base)
        if wording is Wording.DIGEST:
            due = len(waiting) - overdue
            return {"count": str(due), "overdue": str(overdue), "link": link}
        return {"count": str(len(waiting)), "link": link}


def _waiting(session: Session, bundle_id: str, now: datetime) -> list[MessageRow]:
    """Return what still has to be told; what has been overtaken is skipped, with its reason."""
    query = (
        select(MessageRow)
        .where(MessageRow.bundle_id == bundle_id, MessageRow.status == MessageStatus.HELD)
        .order_by(MessageRow.id)
        .with_for_update()
    )
    waiting = []
    for each in session.execute(query).scalars():
        reason = _overtaken(session, each)
        if reason is None:
            waiting.append(each)
            continue
        each.status, each.reason = MessageStatus.SKIPPED, reason
        each.over_at, each.moved_at = now, now
        note(session, now, Happened.SKIPPED, about_message(each), reason)
    return waiting


def _overtaken(session: Session, row: MessageRow) -> str | None:
    noted = noticing.noted(session, row.notice_id) if row.notice_id else None
    return overtaken(noted, noticing.standing(session, noted)) if noted else None


def _is_about_a_lapse(session: Session, row: MessageRow) -> bool:
    noted = noticing.noted(session, row.notice_id) if row.notice_id else None
    return noted is not None and Template(noted.template) in PAGES


def _told_before(session: Session, bundle_id: str) -> tuple[Due, ...]:
    """Return what an earlier attempt wrote, in case it died before it set it on its way."""
    query = select(MessageRow).where(
        MessageRow.id.startswith(f"{bundle_id}."), MessageRow.status == MessageStatus.QUEUED
    )
    return tuple(
        Due(each.id, each.channel, each.severity, each.due_at)
        for each in session.execute(query).scalars()
    )
