"""Measured releases from the audit trail: every version that the measures would have kept.

For releases that were recorded before the measures were, and for whoever doubts what was kept: the
trail says when each fact was recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.events import Event, EventKind
from domain.evolve import evolve
from domain.journey import Step
from domain.london_time import london_date
from domain.state import Release
from infra.database.tables import EventRow
from infra.measures.measuring import Measuring
from infra.measures.rows import Known


class Version(NamedTuple):
    """What was known of a release from a London day on."""

    known_from: date
    known: Known


def versions(session: Session, measuring: Measuring, release_id: str) -> Iterator[Version]:
    """Yield what was known of a release at the end of each day on which anything was recorded.

    The person is as known now: their earlier facts are not kept.
    """
    state: Release | None = None
    history: list[Event] = []
    for on, events in _by_day(session, release_id):
        for event in events:
            state = evolve(state, event)
        history += events
        known = measuring.known(session, state, history) if state is not None else None
        if known is not None:
            yield Version(on, known)


def _by_day(session: Session, release_id: str) -> Iterator[tuple[date, list[Event]]]:
    query = select(EventRow).where(EventRow.release_id == release_id).order_by(EventRow.seq)
    day: date | None = None
    found: list[Event] = []
    for row in session.execute(query).scalars():
        recorded_on = london_date(row.recorded_at)
        if day is not None and recorded_on != day:
            yield day, found
            found = []
        day = recorded_on
        found.append(_event(row))
    if day is not None:
        yield day, found


def _event(row: EventRow) -> Event:
    return Event(
        seq=row.seq,
        kind=EventKind(row.kind),
        at=row.at,
        on=row.true_on,
        step=Step(row.step) if row.step else None,
        actor=row.actor,
        data=row.data,
        key=row.key,
        digest=row.digest,
    )
