"""The append-only trail of decisions about messages, written in the transaction that decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from infra.database.tables import MessageTrailRow, table_of
from notifications.trail import Happened

_TRAIL: Final = table_of(MessageTrailRow)


class About(NamedTuple):
    """What a decision is about; ids and codes only."""

    message_id: str | None = None
    notice_id: str | None = None
    release_id: str | None = None
    recipient: str | None = None
    channel: str | None = None
    policy_version: str | None = None


def note(
    session: Session, at: datetime, what: Happened, about: About, why: str | None = None
) -> None:
    """Add one decision."""
    note_all(session, [(at, what, about, why)])


def note_all(
    session: Session, decisions: list[tuple[datetime, Happened, About, str | None]]
) -> None:
    """Add decisions in their order."""
    rows: list[dict[str, Any]] = [
        {"at": at, "what": what.value, "why": why, **about._asdict()}
        for at, what, about, why in decisions
    ]
    if rows:
        session.execute(insert(_TRAIL), rows)


def about_message(row: Any, policy_version: str | None = None) -> About:  # noqa: ANN401 - a row or a mapping object
    """Return what a decision about a stored message is about."""
    return About(
        message_id=row.id,
        notice_id=row.notice_id,
        release_id=row.release_id,
        recipient=row.recipient,
        channel=row.channel,
        policy_version=policy_version,
    )
