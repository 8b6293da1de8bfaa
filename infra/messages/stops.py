"""Channels that stand still because their provider refuses our set-up (class CFG).

Every further message would be refused too. One try every few minutes finds out when it is over.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.policy import Channel
from infra.database.tables import WireStopRow, table_of
from infra.database.upsert import dialect_of, insert_into

PROBE_EVERY: Final = timedelta(minutes=5)

_STOPS: Final = table_of(WireStopRow)


def begin(session: Session, channel: Channel, code: str, now: datetime) -> None:
    """Stop a channel, or go on with a stop that stands."""
    statement = insert_into(_STOPS, dialect_of(session))
    probe_at = now + PROBE_EVERY
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["channel"],
            set_={
                "code": statement.excluded.code,
                "probe_at": statement.excluded.probe_at,
                "since": statement.excluded.since,
                "ended_at": None,
            },
            where=_STOPS.c.ended_at.is_not(None),
        ),
        {"channel": channel, "code": code, "since": now, "probe_at": probe_at},
    )


def end(session: Session, channel: Channel, now: datetime) -> None:
    """Let a channel run again, because the provider has taken something."""
    session.execute(
        update(_STOPS)
        .where(_STOPS.c.channel == channel, _STOPS.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def stopped_until(session: Session, channel: Channel, now: datetime) -> datetime | None:
    """Return when a channel may be tried again; None while it works, or for the one that tries."""
    query = select(WireStopRow).where(WireStopRow.channel == channel).with_for_update()
    stop = session.execute(query).scalar_one_or_none()
    if stop is None or stop.ended_at is not None:
        return None
    if stop.probe_at <= now:
        stop.probe_at = now + PROBE_EVERY
        return None
    return stop.probe_at
