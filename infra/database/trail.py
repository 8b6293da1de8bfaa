"""Add events to the audit trail, in order and once each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from domain.events import Event
from infra.database.chain import ROOT, link
from infra.database.errors import EventGapError, EventsDivergedError
from infra.database.tables import EventRow, table_of

_EVENTS = table_of(EventRow)


def append(
    session: Session, key: bytes, release_id: str, events: Sequence[Event], recorded_at: datetime
) -> int:
    """Store those of `events` that are not stored yet, and return the number of the last stored.

    The caller holds the release's row, so that nobody else adds to its chain meanwhile.

    Raises:
        EventGapError: `events` does not join on to what is stored, or has a gap itself.
        EventsDivergedError: An event is stored under the same number with other content.
    """
    stored, last_hash = _head(session, release_id)
    _compare(session, release_id, [each for each in events if each.seq <= stored])
    rows: list[dict[str, Any]] = []
    for event in (each for each in events if each.seq > stored):
        if event.seq != stored + 1:
            raise EventGapError(release_id, stored, event.seq)
        row = {**_row(release_id, event), "recorded_at": recorded_at, "prev_hash": last_hash}
        last_hash = row["hash"] = link(key, last_hash, row)
        rows.append(row)
        stored = event.seq
    if rows:
        session.execute(insert(_EVENTS), rows)
    return stored


def _head(session: Session, release_id: str) -> tuple[int, str]:
    last = (
        select(EventRow.seq, EventRow.hash)
        .where(EventRow.release_id == release_id)
        .order_by(EventRow.seq.desc())
        .limit(1)
    )
    found = session.execute(last).one_or_none()
    return (found.seq, found.hash) if found else (0, ROOT)


def _row(release_id: str, event: Event) -> dict[str, Any]:
    document = event.model_dump(mode="json")
    return {
        "release_id": release_id,
        "seq": event.seq,
        "kind": document["kind"],
        "at": event.at,
        "true_on": event.on,
        "step": document["step"],
        "actor": event.actor,
        "data": document["data"],
        "key": event.key,
        "digest": event.digest,
    }


def _compare(session: Session, release_id: str, again: Sequence[Event]) -> None:
    if not again:
        return
    held = select(EventRow.seq, EventRow.kind, EventRow.at, EventRow.data).where(
        EventRow.release_id == release_id, EventRow.seq.between(again[0].seq, again[-1].seq)
    )
    stored = {row.seq: (row.kind, row.at, row.data) for row in session.execute(held)}
    for event in again:
        row = _row(release_id, event)
        if stored.get(event.seq) != (row["kind"], row["at"], row["data"]):
            raise EventsDivergedError(release_id, event.seq)
