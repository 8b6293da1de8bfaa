"""Build every sum anew from the releases, in the database and in one transaction.

Needed when a large file was loaded, when the figures changed, and when somebody doubts a sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Session

from domain.codes import Nation
from domain.measures.counts import Count
from domain.measures.cuts import WHOLE, Cut
from infra.database.tables import CountedByRow, MeasuredRow, PatternCountRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS, WHOLE_NATION
from infra.database.upsert import dialect_of
from infra.measures.rows import CUT_COLUMNS, WITHIN_AN_AREA
from infra.measures.sums import note_change

_MEASURED: Final = table_of(MeasuredRow)
_NUMBERS: Final = table_of(PatternCountRow)
_NAMES: Final = tuple(str(each) for each in Count)


def rebuild_sums(session: Session, policy_version: str) -> None:
    """Replace all sums, and note by which figures everything is counted now.

    Writers of measured releases wait until the transaction ends.
    """
    if dialect_of(session) == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))
        session.execute(text("LOCK measured_releases IN SHARE ROW EXCLUSIVE MODE"))
    session.execute(delete(COUNTS))
    session.execute(delete(DETAILS))
    for cut, area in _slices():
        session.execute(_fixed(cut, area))
    for cut in Cut:
        session.execute(_details(cut))
    note_change(session, tuple(Nation))
    session.execute(delete(table_of(CountedByRow)))
    session.execute(insert(table_of(CountedByRow)), {"policy_version": policy_version})
    if dialect_of(session) == "postgresql":
        session.execute(text("ANALYZE measure_counts, measure_details, measured_releases"))


def mark_uncounted(session: Session) -> None:
    """Note that the sums are not complete, until they are rebuilt."""
    session.execute(delete(table_of(CountedByRow)))


def _slices() -> Iterator[tuple[Cut, ColumnElement[Any]]]:
    for cut in Cut:
        yield cut, literal(WHOLE_NATION)
    for cut in WITHIN_AN_AREA:
        yield cut, _MEASURED.c.destination


def _occurring(cut: Cut, area: ColumnElement[Any]) -> Subquery:
    """Return how often each pattern occurs in each group of each month."""
    column = CUT_COLUMNS.get(cut)
    key = _MEASURED.c[column] if column else literal(WHOLE)
    groups = [
        _MEASURED.c.nation,
        area.label("area"),
        _MEASURED.c.month,
        key.label("key"),
        _MEASURED.c.pattern,
    ]
    inner = select(*groups).subquery()
    return select(*inner.c, func.count().label("times")).group_by(*inner.c).subquery()


def _fixed(cut: Cut, area: ColumnElement[Any]) -> Any:  # noqa: ANN401 - an INSERT from a SELECT
    each = _occurring(cut, area)
    wide = _patterns_as_columns()
    sums = [func.sum(each.c.times * wide.c[name]) for name in _NAMES]
    own = (each.c.nation, each.c.month, each.c.area, each.c.key)
    query: Select[Any] = (
        select(own[0], literal(cut.value), *own[1:], *sums)
        .join_from(each, wide, wide.c.pattern == each.c.pattern)
        .group_by(*own)
        .order_by(*own)
    )
    return insert(COUNTS).from_select(["nation", "cut", "month", "area", "key", *_NAMES], query)


def _patterns_as_columns() -> Subquery:
    columns = (
        func.sum(case((_NUMBERS.c.name == name, _NUMBERS.c.number), else_=0)).label(name)
        for name in _NAMES
    )
    return select(_NUMBERS.c.pattern, *columns).group_by(_NUMBERS.c.pattern).subquery()


def _details(cut: Cut) -> Any:  # noqa: ANN401 - an INSERT from a SELECT
    each = _occurring(cut, literal(WHOLE_NATION))
    own = (each.c.nation, each.c.month, each.c.key, _NUMBERS.c.name)
    query: Select[Any] = (
        select(own[0], literal(cut.value), *own[1:], func.sum(each.c.times * _NUMBERS.c.number))
        .join_from(each, _NUMBERS, _NUMBERS.c.pattern == each.c.pattern)
        .where(_NUMBERS.c.name.not_in(_NAMES))
        .group_by(*own)
        .order_by(*own)
    )
    return insert(DETAILS).from_select(["nation", "cut", "month", "key", "name", "number"], query)
