"""Find the other releases of one person: of two that cannot both be true, one is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.measures.spells import Spell, overlapping
from infra.database.tables import MeasuredRow, table_of
from infra.database.upsert import dialect_of
from infra.measures.rows import Known, Row

_MEASURED = table_of(MeasuredRow)
_AT_ONCE = 500


def hold(session: Session, person_keys: Iterable[str]) -> None:
    """Let no other transaction count releases of these people before this one ends."""
    if dialect_of(session) != "postgresql":
        return  # SQLite has one writer at a time
    for key in sorted(person_keys):
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def held_rows(
    session: Session, release_ids: Sequence[str], person_keys: Sequence[str]
) -> dict[str, Row]:
    """Return the rows of these releases and of all releases of these people, locked, by id."""
    found: dict[str, Row] = {}
    for column, wanted in (
        (_MEASURED.c.release_id, sorted(release_ids)),
        (_MEASURED.c.person_key, sorted(person_keys)),
    ):
        for first in range(0, len(wanted), _AT_ONCE):
            query = (
                select(_MEASURED)
                .where(column.in_(wanted[first : first + _AT_ONCE]))
                .order_by(_MEASURED.c.release_id)
                .with_for_update()
            )
            found |= {row["release_id"]: dict(row) for row in session.execute(query).mappings()}
    return found


def with_overlaps(known: Iterable[Known]) -> list[Known]:
    """Return all these releases with what is known of their overlapping set right."""
    found = list(known)
    spells: dict[str, list[Spell]] = {}
    for each in found:
        if each.person_key is not None and not each.facts.merged:
            spell = Spell(each.facts.release_id, each.reception_on, each.facts.released_on)
            spells.setdefault(each.person_key, []).append(spell)
    excluded = {release_id for each in spells.values() for release_id in overlapping(each)}
    return [_marked(each, overlaps=each.facts.release_id in excluded) for each in found]


def _marked(known: Known, *, overlaps: bool) -> Known:
    if known.facts.overlaps == overlaps:
        return known
    return known._replace(facts=known.facts.model_copy(update={"overlaps": overlaps}))
