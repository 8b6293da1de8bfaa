"""Planned messages written down: once each, with the reason for every one that is not sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from activities.delivery_ports import Due
from infra.database.tables import BundleRow, MessageRow, table_of
from infra.database.upsert import dialect_of, insert_into
from infra.messages.trail import About, note_all
from notifications.messages import OVER, MessageStatus, Planned
from notifications.trail import Happened

_MESSAGES: Final = table_of(MessageRow)
_BUNDLES: Final = table_of(BundleRow)

_HAPPENED: Final = {
    MessageStatus.HELD: Happened.HELD,
    MessageStatus.SKIPPED: Happened.SKIPPED,
}


def write(
    session: Session, planned: Sequence[Planned], now: datetime, policy_version: str | None
) -> None:
    """Write messages that are not there yet, the bundles they wait in, and the trail of it."""
    if not planned:
        return
    statement = insert_into(_MESSAGES, dialect_of(session)).on_conflict_do_nothing()
    new = set(
        session.execute(
            statement.returning(_MESSAGES.c.id), [_row(each, now) for each in planned]
        ).scalars()
    )
    _open_bundles(session, [each for each in planned if each.bundle and each.id in new], now)
    note_all(
        session,
        [
            (now, _happened(each), _about(each, policy_version), each.reason)
            for each in planned
            if each.id in new
        ],
    )


def _happened(each: Planned) -> Happened:
    return _HAPPENED.get(each.status, Happened.PLANNED)


def due(planned: Sequence[Planned]) -> tuple[Due, ...]:
    """Return those that are to be sent."""
    return tuple(
        Due(each.id, each.channel, each.severity, each.due_at)
        for each in planned
        if each.status is MessageStatus.QUEUED
    )


def _row(each: Planned, now: datetime) -> dict[str, Any]:
    return {
        "id": each.id,
        "notice_id": each.notice_id,
        "release_id": each.release_id,
        "bundle_id": each.bundle,
        "kind": each.kind,
        "recipient": each.recipient,
        "channel": each.channel,
        "attempt": each.attempt,
        "wording": each.wording,
        "fields": dict(each.fields),
        "severity": each.severity,
        "status": each.status,
        "reason": each.reason,
        "tries": 0,
        "weighed": True,
        "created_at": now,
        "due_at": each.due_at,
        "moved_at": now,
        "over_at": now if each.status in OVER else None,
    }


def _open_bundles(session: Session, held: Sequence[Planned], now: datetime) -> None:
    if not held:
        return
    statement = insert_into(_BUNDLES, dialect_of(session)).on_conflict_do_nothing()
    rows = {
        str(each.bundle): {
            "id": each.bundle,
            "kind": str(each.bundle).split(".", 1)[0],
            "recipient": each.recipient,
            "due_at": each.due_at,
            "created_at": now,
        }
        for each in held
    }
    session.execute(statement, list(rows.values()))


def _about(each: Planned, policy_version: str | None) -> About:
    return About(
        message_id=each.id,
        notice_id=each.notice_id,
        release_id=each.release_id,
        recipient=each.recipient,
        channel=each.channel,
        policy_version=policy_version,
    )
