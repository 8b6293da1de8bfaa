"""Keep measured releases, their earlier versions and all sums in step, in the writer's transaction.

Whoever writes a fact that measures count calls this before committing, so that a rate is never
behind the record and never ahead of it. It takes its locks in one order: people, releases, sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from infra.database.tables import MeasuredRow, SupersededRow, table_of
from infra.measures.figures import Figures
from infra.measures.overlaps import held_rows, hold, with_overlaps
from infra.measures.patterns import Patterns, stored_counts
from infra.measures.rows import Known, Row, known_of, row_of
from infra.measures.sums import Sums

_MEASURED: Final = table_of(MeasuredRow)
_SUPERSEDED: Final = table_of(SupersededRow)
_CHANGING: Final = tuple(each.name for each in _MEASURED.c if each.name != "release_id")


class Kept(NamedTuple):
    """What keeping changed."""

    added: int
    changed: int


@dataclass
class _Changes:
    """What one call writes, collected so that each table is written once."""

    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    superseded: list[Row] = field(default_factory=list)
    sums: Sums | None = None


class MeasureKeeping:
    """Writes measured releases into the database that a session belongs to."""

    def __init__(self, figures: Figures) -> None:
        """Count by `figures`."""
        self._figures = figures
        self._patterns = Patterns()

    def keep(
        self,
        session: Session,
        found: Iterable[Known],
        on: date,
        *,
        gone: Collection[str] = (),
        with_sums: bool = True,
    ) -> Kept:
        """Store what is known of releases now, and what was known until now; safe to repeat.

        Other releases of the same people are looked at again, because two of them may overlap.

        Args:
            session: The transaction in which the facts themselves are written.
            found: The releases as they are known now.
            on: The London day on which this becomes known.
            gone: Ids of releases that are not measured any more.
            with_sums: False when all sums are built anew afterwards (`infra.measures.rebuilding`).

        Returns:
            How many releases were new and how many changed, others of the same people included.
        """
        new = {each.facts.release_id: each for each in found}
        people = {each.person_key for each in new.values() if each.person_key is not None}
        hold(session, people)
        held = held_rows(session, [*new, *gone], sorted(people))
        others = {key: known_of(row) for key, row in held.items() if key not in {*new, *gone}}
        counted = stored_counts(session, {row["pattern"] for row in held.values()})
        changes = _Changes(sums=Sums() if with_sums else None)
        for known in with_overlaps({**others, **new}.values()):
            self._compare(session, changes, known, held.get(known.facts.release_id), on)
        for release_id in gone:
            if release_id in held:
                changes.removed.append(release_id)
                _supersede(changes, held[release_id], on)
        _subtract(changes, held, counted)
        _write(session, changes)
        return Kept(len(changes.added), len(changes.changed))

    def _compare(
        self, session: Session, changes: _Changes, known: Known, held: Row | None, on: date
    ) -> None:
        counts = self._figures.counts(known.facts)
        row = row_of(known, self._patterns.id_of(session, counts), on)
        if held is None:
            changes.added.append(row)
        elif any(row[each] != held[each] for each in _CHANGING if each != "known_from"):
            changes.changed.append(row)
            _supersede(changes, held, on)
        else:
            return
        if changes.sums is not None:
            changes.sums.add(row, counts)


def _subtract(
    changes: _Changes, held: Mapping[str, Row], counted: Mapping[int, Mapping[str, int]]
) -> None:
    if changes.sums is None:
        return
    for release_id in (*(each["release_id"] for each in changes.changed), *changes.removed):
        row = held[release_id]
        changes.sums.add(row, counted[row["pattern"]], -1)


def _supersede(changes: _Changes, held: Row, on: date) -> None:
    """Keep what was known until the day before; a version of the same day was never a vintage."""
    if held["known_from"] < on:
        changes.superseded.append({**held, "known_until": on})


def _write(session: Session, changes: _Changes) -> None:
    if changes.superseded:
        session.execute(insert(_SUPERSEDED), changes.superseded)
    if changes.added:
        session.execute(insert(_MEASURED), changes.added)
    if changes.changed:
        session.execute(_change(), [_renamed(each) for each in changes.changed])
    if changes.removed:
        session.execute(delete(_MEASURED).where(_MEASURED.c.release_id.in_(changes.removed)))
    if changes.sums is not None:
        changes.sums.write(session)


def _change() -> Any:  # noqa: ANN401 - an UPDATE with parameters has no public type of its own
    values: dict[str, Any] = {each: bindparam(f"new_{each}") for each in _CHANGING}
    return update(_MEASURED).where(_MEASURED.c.release_id == bindparam("own_id")).values(values)


def _renamed(row: Row) -> dict[str, Any]:
    return {"own_id": row["release_id"], **{f"new_{each}": row[each] for each in _CHANGING}}
