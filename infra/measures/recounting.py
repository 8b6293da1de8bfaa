"""Count everything again: after the figures changed, and for releases older than the measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, bindparam, exists, select, update
from sqlalchemy.orm import Session

from infra.database.engine import Database
from infra.database.tables import (
    CountedByRow,
    MeasuredRow,
    ReleaseRow,
    SupersededRow,
    table_of,
)
from infra.measures.figures import Figures
from infra.measures.histories import versions
from infra.measures.measuring import Measuring
from infra.measures.patterns import Patterns
from infra.measures.rebuilding import rebuild_sums
from infra.measures.rows import known_of

_CHUNK: Final = 2_000
_HISTORIES: Final = 50
_MEASURED: Final = table_of(MeasuredRow)
_SUPERSEDED: Final = table_of(SupersededRow)


@dataclass(frozen=True)
class Recount:
    """Brings what is stored for the measures in line with the record and with the figures.

    Attributes:
        on_progress: Told what is being done and how many releases are done.
    """

    database: Database
    measuring: Measuring
    figures: Figures
    on_progress: Callable[[str, int], None] = lambda _work, _done: None

    def if_needed(self) -> bool:
        """Count again unless everything is counted by these figures; return whether it was."""
        with self.database.read() as session:
            by = session.scalar(select(CountedByRow.policy_version))
        if by == self.figures.policy.version:
            return False
        self.everything()
        return True

    def everything(self) -> None:
        """Add releases that were never measured, count all anew, and build every sum anew.

        Safe to repeat, and to stop: what is done so far stands.
        """
        self._add_unmeasured()
        patterns = Patterns()
        for table in (_MEASURED, _SUPERSEDED):
            self._count_again(table, patterns)
        with self.database.write() as session:
            rebuild_sums(session, self.figures.policy.version)

    def _add_unmeasured(self) -> None:
        done, after = 0, ""
        while ids := self._unmeasured(after):
            with self.database.write() as session:
                for each in ids:
                    self._add(session, each)
            done, after = done + len(ids), ids[-1]
            self.on_progress("Reading histories", done)

    def _unmeasured(self, after: str) -> Sequence[str]:
        measured = exists().where(MeasuredRow.release_id == ReleaseRow.id)
        query = (
            select(ReleaseRow.id)
            .where(ReleaseRow.released_on.is_not(None), ~measured, ReleaseRow.id > after)
            .order_by(ReleaseRow.id)
            .limit(_HISTORIES)
        )
        with self.database.read() as session:
            return session.execute(query).scalars().all()

    def _add(self, session: Session, release_id: str) -> None:
        for each in versions(session, self.measuring, release_id):
            keeping = self.measuring.keeping
            keeping.keep(session, [each.known], each.known_from, with_sums=False)

    def _count_again(self, table: Table, patterns: Patterns) -> None:
        done, after = 0, tuple("" for _ in table.primary_key)
        while rows := self._rows(table, after):
            changed = []
            with self.database.write() as session:
                for row in rows:
                    counts = self.figures.counts(known_of(row).facts)
                    pattern = patterns.id_of(session, counts)
                    if pattern != row["pattern"]:
                        changed.append(_new_pattern(table, row, pattern))
                if changed:
                    session.execute(_repattern(table), changed)
            done, after = done + len(rows), tuple(rows[-1][each.name] for each in table.primary_key)
            self.on_progress("Counting again", done)

    def _rows(self, table: Table, after: tuple[Any, ...]) -> Sequence[Any]:
        keys = list(table.primary_key)
        query = select(table).order_by(*keys).limit(_CHUNK)
        if after[0]:
            query = query.where(_later(keys, after))
        with self.database.read() as session:
            return session.execute(query).mappings().all()


def _later(keys: Sequence[Any], after: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a condition
    later = keys[0] > after[0]
    return later if len(keys) == 1 else later | ((keys[0] == after[0]) & (keys[1] > after[1]))


def _new_pattern(table: Table, row: Any, pattern: int) -> dict[str, Any]:  # noqa: ANN401
    own = {f"own_{each.name}": row[each.name] for each in table.primary_key}
    return {**own, "new_pattern": pattern}


def _repattern(table: Table) -> Any:  # noqa: ANN401 - an UPDATE with parameters
    own = (each == bindparam(f"own_{each.name}") for each in table.primary_key)
    return update(table).where(*own).values(pattern=bindparam("new_pattern"))
