"""What loading asks of the record before it starts anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from domain.state import Closure
from infra.database.engine import Database
from infra.database.reconciling import snapshot
from infra.database.tables import EpisodeRow, ReleaseRow


class Recalled(NamedTuple):
    """A release that ended in a recall, and the reception it had ended."""

    prison_number: str
    reception_on: date
    release_id: str


@dataclass(frozen=True, slots=True)
class SqlRecord:
    """Reads what is on record already; implements `infra.imports.loading.Record`."""

    database: Database

    def known(self, release_ids: Collection[str]) -> frozenset[str]:
        """Return those of the ids, a few hundred at most, that are on record."""
        query = select(ReleaseRow.id).where(ReleaseRow.id.in_(release_ids))
        with self.database.read() as session:
            return frozenset(session.execute(query).scalars())

    def accepted(self, release_id: str) -> frozenset[str]:
        """Return the keys of the submissions that a release has accepted; none when unknown."""
        try:
            release, _ = snapshot(self.database, release_id)
        except LookupError:
            return frozenset()
        return frozenset(release.requests)

    def recalled(self) -> tuple[Recalled, ...]:
        """Return every release that ended in a recall, the latest reception last."""
        query = (
            select(EpisodeRow.prison_number, EpisodeRow.reception_on, EpisodeRow.release_id)
            .join(ReleaseRow, ReleaseRow.id == EpisodeRow.release_id)
            .where(ReleaseRow.closure == Closure.RECALLED)
            .order_by(EpisodeRow.reception_on, EpisodeRow.release_id)
        )
        with self.database.read() as session:
            return tuple(Recalled(*each) for each in session.execute(query))
