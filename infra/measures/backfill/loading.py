"""Load past releases: each once, however often a file is loaded, and never over the live record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from domain.codes import Nation
from infra.database.engine import Database
from infra.database.tables import BadLineRow, CountedByRow, EpisodeRow, table_of
from infra.measures.backfill.arrivals import known_of_past
from infra.measures.backfill.rows import BackfillFile, BadLine, PastRelease
from infra.measures.figures import Figures
from infra.measures.keeping import MeasureKeeping
from infra.measures.measuring import person_key
from infra.measures.rebuilding import mark_uncounted, rebuild_sums
from infra.measures.rows import Known
from infra.measures.sums import note_change
from infra.release_ids import release_id_for

CHUNK: Final = 5_000
"""Rows of one transaction; others wait for it about a second."""

LARGE: Final = 20_000
"""Rows from which building all sums anew is quicker than changing them one by one."""


@dataclass(slots=True)
class Loaded:
    """What came of loading a file.

    Attributes:
        added: Releases that are counted now.
        changed: Releases that an earlier file stated differently.
        unchanged: Releases that were known just like that.
        live: Releases that the service itself follows; what it knows stands.
        excluded: Lines that could not be read; they are counted as excluded.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    live: int = 0
    excluded: int = 0


@dataclass(frozen=True)
class Backfill:
    """Loads files into one database.

    Attributes:
        id_key: 32 secret bytes, from which release ids are derived, as for live releases.
        audit_key: The secret bytes from which keys of people are derived.
        large: From so many rows on, all sums are built anew instead of changed one by one.
    """

    database: Database
    figures: Figures
    id_key: bytes
    audit_key: bytes
    large: int = LARGE

    def load(
        self,
        file: BackfillFile,
        source: str,
        on: date,
        on_progress: Callable[[int], None] = lambda _done: None,
    ) -> Loaded:
        """Load the good rows and remember how many lines are excluded; safe to repeat.

        Args:
            file: As it was read; bad lines are counted as excluded, never loaded.
            source: The file's name: loading a file of that name again replaces its bad lines.
            on: The London day on which this becomes known, for rates as known on a day.
            on_progress: Told how many rows are done.

        Raises:
            StoreUnavailableError: The database did not answer; load the same again.
        """
        loaded = Loaded(excluded=len(file.bad))
        is_large = len(file.rows) >= self.large
        keeping = MeasureKeeping(self.figures)
        with self.database.write() as session:
            incomplete = session.scalar(select(CountedByRow.policy_version)) is None
            if is_large:
                mark_uncounted(session)
            _replace_bad_lines(session, source, file.bad, self.figures)
        for rows in _chunks(file.rows):
            self._load(rows, keeping, on, loaded, with_sums=not is_large)
            on_progress(loaded.added + loaded.changed + loaded.unchanged + loaded.live)
        if is_large or incomplete:
            with self.database.write() as session:
                rebuild_sums(session, self.figures.policy.version)
        return loaded

    def _load(
        self,
        rows: Sequence[PastRelease],
        keeping: MeasureKeeping,
        on: date,
        loaded: Loaded,
        *,
        with_sums: bool,
    ) -> None:
        ids = [release_id_for(self.id_key, each.prison_number, each.reception_on) for each in rows]
        with self.database.write() as session:
            live = _live(session, ids)
            found = [
                known_of_past(
                    each, own, person_key(self.audit_key, each.prison_number), self.figures
                )
                for each, own in zip(rows, ids, strict=True)
                if own not in live
            ]
            kept = keeping.keep(session, found, on, with_sums=with_sums)
        loaded.live += len(live)
        loaded.added += kept.added
        loaded.changed += kept.changed
        loaded.unchanged += len(found) - kept.added - kept.changed

    def _known(self, row: PastRelease, release_id: str) -> Known:
        person = person_key(self.audit_key, row.prison_number)
        return known_of_past(row, release_id, person, self.figures)


def _live(session: Session, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(ids), 500):
        query = select(EpisodeRow.release_id).where(
            EpisodeRow.release_id.in_(ids[first : first + 500])
        )
        found.update(session.execute(query).scalars())
    return found


def _replace_bad_lines(
    session: Session, source: str, bad: Sequence[BadLine], figures: Figures
) -> None:
    table = table_of(BadLineRow)
    session.execute(delete(table).where(table.c.source == source))
    rows = [
        {
            "source": source,
            "line": each.line,
            "month": each.left_on.replace(day=1) if each.left_on else None,
            "nation": _nation(each.local_authority, figures),
            "destination": each.local_authority,
        }
        for each in bad
    ]
    if rows:
        session.execute(insert(table), rows)
    note_change(session, tuple(Nation))


def _nation(authority: str | None, figures: Figures) -> str | None:
    known = figures.reference.local_authorities.get(authority) if authority else None
    return known.nation.value if known else None


def _chunks(rows: Sequence[PastRelease]) -> Iterator[Sequence[PastRelease]]:
    for first in range(0, len(rows), CHUNK):
        yield rows[first : first + CHUNK]
