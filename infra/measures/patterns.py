"""What releases count as, kept once: thousands of releases share a pattern of counts.

A row of a release thus holds one number instead of all its counts, and any selection of rows is
summed by counting how often each pattern occurs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.measures.counts import Counts
from infra.database.tables import PatternCountRow, PatternRow, table_of
from infra.database.upsert import dialect_of, insert_into

_PATTERNS: Final = table_of(PatternRow)
_NUMBERS: Final = table_of(PatternCountRow)
_AT_ONCE: Final = 500


class Patterns:
    """The ids of patterns; what was committed is remembered, because a pattern never changes."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def id_of(self, session: Session, counts: Counts) -> int:
        """Return the pattern of `counts`, made now if nobody had it before."""
        digest = _digest(counts)
        # What this transaction adds is not remembered beyond it: it may be rolled back.
        added: dict[str, int] = session.info.setdefault("patterns", {})
        known = self._ids.get(digest, added.get(digest))
        if known is None:
            held = select(PatternRow.id).where(PatternRow.digest == digest)
            known = session.execute(held).scalar_one_or_none()
            if known is None:
                known = added[digest] = _add(session, digest, counts)
            else:
                self._ids[digest] = known
        return known


class PatternCounts:
    """What patterns count as, for readers: remembered once read."""

    def __init__(self) -> None:
        self._counts: dict[int, Mapping[str, int]] = {}

    def of(self, session: Session, patterns: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
        """Return the counts of each of the patterns."""
        wanted = set(patterns)
        self._counts.update(stored_counts(session, wanted - self._counts.keys()))
        return {each: self._counts[each] for each in wanted}


def stored_counts(session: Session, patterns: Collection[int]) -> dict[int, Mapping[str, int]]:
    """Return the counts of each of the patterns, as the database holds them."""
    wanted = sorted(patterns)
    found: dict[int, Mapping[str, int]] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        query = select(PatternRow.id, PatternRow.counts).where(PatternRow.id.in_(some))
        found.update({row.id: row.counts for row in session.execute(query)})
    return found


def _add(session: Session, digest: str, counts: Counts) -> int:
    statement = insert_into(_PATTERNS, dialect_of(session)).on_conflict_do_nothing()
    values = {"nation": counts.nation.value, "digest": digest, "counts": dict(counts)}
    session.execute(statement, values)
    held = select(PatternRow.id).where(PatternRow.digest == digest)
    added = session.execute(held).scalar_one()
    numbers = insert_into(_NUMBERS, dialect_of(session)).on_conflict_do_nothing()
    session.execute(
        numbers, [{"pattern": added, "name": k, "number": n} for k, n in counts.items()]
    )
    return added


@lru_cache(maxsize=50_000)
def _digest(counts: Counts) -> str:
    document = json.dumps([counts.nation.value, sorted(counts.items())], separators=(",", ":"))
    return blake2b(document.encode(), digest_size=16).hexdigest()
