"""What is in the database, read back without the code that serves it to people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from domain.events import Event, EventKind
from domain.journey import Step
from domain.state import Release
from infra.database.engine import Database
from infra.database.tables import EventRow, NoticeRow, ReleaseRow


@dataclass(frozen=True)
class Stored:
    """Releases as a database holds them."""

    database: Database

    def events(self, release_id: str) -> list[Event]:
        """Return the audit trail of a release."""
        query = select(EventRow).where(EventRow.release_id == release_id).order_by(EventRow.seq)
        with self.database.read() as session:
            return [_event(row) for row in session.execute(query).scalars()]

    def release(self, release_id: str) -> Release:
        """Return the snapshot of a release."""
        query = select(ReleaseRow.snapshot).where(ReleaseRow.id == release_id)
        with self.database.read() as session:
            return Release.model_validate(session.execute(query).scalar_one())

    def notice_ids(self, release_id: str) -> list[str]:
        """Return the ids of all notices of a release."""
        query = select(NoticeRow.id).where(NoticeRow.release_id == release_id)
        with self.database.read() as session:
            return sorted(session.execute(query).scalars())


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
