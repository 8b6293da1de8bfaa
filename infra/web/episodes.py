"""Which release a stay in custody leads to: one that is known, or the next one to start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.state import Closure
from infra.database.engine import Database
from infra.database.tables import EpisodeRow, ReleaseRow
from infra.release_ids import release_id_for

GIVES_WAY: Final = (Closure.CANCELLED, Closure.NO_TREATMENT_NEED)
"""Closures that turn out wrong: the same stay may lead to a release, or a need, after all."""


class Episode(NamedTuple):
    """One stay in custody.

    Attributes:
        release_id: Of the release that is known, or of the one to start.
        reference: The short reference of a release that is known, None when it is to start.
        previous_release: The latest release of this person that ended in a recall before.
    """

    release_id: str
    reference: str | None
    previous_release: str | None


@dataclass(frozen=True, slots=True)
class Episodes:
    """Finds episodes on record.

    Attributes:
        id_key: 32 secret bytes, from which release ids are derived.
    """

    database: Database
    id_key: bytes

    def find(self, prison_number: str, reception_on: date) -> Episode:
        """Return the episode of a reception; one that `GIVES_WAY` is followed by the next.

        Raises:
            StoreUnavailableError: The database did not answer.
        """
        with self.database.read() as session:
            release_id = self._next_id(session, prison_number, reception_on)
            reference, _ = _known(session, release_id)
            recalled = None if reference else _recalled(session, prison_number, reception_on)
        return Episode(release_id, reference, recalled)

    def reference(self, release_id: str) -> str | None:
        """Return the short reference of a release, None while it is not on record."""
        with self.database.read() as session:
            return _known(session, release_id)[0]

    def _next_id(self, session: Session, prison_number: str, reception_on: date) -> str:
        ids = (release_id_for(self.id_key, prison_number, reception_on, each) for each in count(1))
        return next(each for each in ids if _known(session, each)[1] not in GIVES_WAY)


def _known(session: Session, release_id: str) -> tuple[str | None, Closure | None]:
    query = select(ReleaseRow.reference, ReleaseRow.closure).where(ReleaseRow.id == release_id)
    found = session.execute(query).one_or_none()
    return (found.reference, found.closure) if found else (None, None)


def _recalled(session: Session, prison_number: str, before_on: date) -> str | None:
    query = (
        select(ReleaseRow.id)
        .join(EpisodeRow, EpisodeRow.release_id == ReleaseRow.id)
        .where(
            EpisodeRow.prison_number == prison_number,
            EpisodeRow.reception_on < before_on,
            ReleaseRow.closure == Closure.RECALLED,
        )
        .order_by(EpisodeRow.reception_on.desc(), ReleaseRow.id)
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()
