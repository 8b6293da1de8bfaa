"""What became of each page by text, read from the rows that the worker wrote."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select

from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.database.tables import MessageRow
from notifications.messages import MessageStatus

_LOOKS_EVERY_SECONDS: Final = 0.5
_TELLS_EVERY: Final = 20
_GIVES_UP_AFTER: Final = 600
"""Looks in a row at which nothing moved."""

_LEFT: Final = (MessageStatus.QUEUED, MessageStatus.SENDING)


class Page(NamedTuple):
    """One text.

    Attributes:
        queued_at: When routing wrote it.
        tried_at: When it was handed to the provider.
        sent_at: When the provider had taken it.
    """

    release_id: str
    severity: Severity
    body: str
    queued_at: datetime
    tried_at: datetime
    sent_at: datetime


def pages(database: Database, prefix: str) -> list[Page]:
    """Return the texts that the provider took, of releases whose ids begin with `prefix`."""
    query = select(MessageRow).where(
        MessageRow.release_id.startswith(prefix),
        MessageRow.channel == Channel.SMS,
        MessageRow.sent_at.is_not(None),
    )
    with database.read() as session:
        return [_page(each) for each in session.execute(query).scalars()]


def _page(row: MessageRow) -> Page:
    assert row.tried_at is not None
    assert row.sent_at is not None
    return Page(
        release_id=str(row.release_id),
        severity=row.severity,
        body=str(row.body),
        queued_at=row.created_at,
        tried_at=row.tried_at,
        sent_at=row.sent_at,
    )


async def until_sent(database: Database, prefix: str, count: int) -> None:
    """Wait until `count` texts have left; tells how far it is, and gives up when nothing moves.

    Raises:
        TimeoutError: Nothing has moved for five minutes.
    """
    sent, still, looks = -1, 0, 0
    while sent < count:
        before, sent = sent, _sent(database, prefix)
        still = still + 1 if sent == before else 0
        looks += 1
        if still > _GIVES_UP_AFTER:
            raise TimeoutError(f"{sent} of {count} texts had left, and then nothing moved")
        if looks % _TELLS_EVERY == 0:
            print(f"  ({sent:,} of {count:,} texts have left)", flush=True)
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)


def _sent(database: Database, prefix: str) -> int:
    query = select(func.count()).where(
        MessageRow.release_id.startswith(prefix),
        MessageRow.channel == Channel.SMS,
        MessageRow.status.not_in(_LEFT),
    )
    with database.read() as session:
        return session.execute(query).scalar_one()
