"""Count releases row by row: for what no sum stands ready for, and for what was known on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, Table, func, literal, select, union_all
from sqlalchemy.orm import Session

from api.measure_records import CountsWanted
from api.narrowing import narrowed_to
from domain.measures.cuts import WHOLE
from infra.database.tables import MeasuredRow, SupersededRow, table_of
from infra.measures.patterns import PatternCounts
from infra.measures.rows import CUT_COLUMNS

_MEASURED: Final = table_of(MeasuredRow)
_SUPERSEDED: Final = table_of(SupersededRow)

Monthly = dict[date, defaultdict[str, dict[str, int]]]


def count_releases(session: Session, wanted: CountsWanted, patterns: PatternCounts) -> Monthly:
    """Return the numbers of each group of each month of the periods that are wanted.

    The database counts how often each pattern occurs; there are far fewer patterns than releases.
    """
    rows = session.execute(_query(wanted)).all()
    counts = patterns.of(session, {row.pattern for row in rows})
    found: Monthly = defaultdict(lambda: defaultdict(dict))
    for month, key, pattern, times in rows:
        numbers = found[month][key]
        for name, number in counts[pattern].items():
            numbers[name] = numbers.get(name, 0) + number * times
    return found


def _query(wanted: CountsWanted) -> Select[Any]:
    if wanted.known_on is None:
        part = _selected(_MEASURED, wanted).subquery()
    else:
        part = union_all(
            _selected(_MEASURED, wanted).where(_MEASURED.c.known_from <= wanted.known_on),
            _selected(_SUPERSEDED, wanted).where(
                _SUPERSEDED.c.known_from <= wanted.known_on,
                _SUPERSEDED.c.known_until > wanted.known_on,
            ),
        ).subquery()
    groups = (part.c.month, part.c.key, part.c.pattern)
    return select(*groups, func.count().label("times")).group_by(*groups)


def _selected(table: Table, wanted: CountsWanted) -> Select[Any]:
    months = sorted({month for each in wanted.periods for month in each.months})
    column = CUT_COLUMNS.get(wanted.cut)
    key = table.c[column] if column else literal(WHOLE)
    query = select(table.c.month, key.label("key"), table.c.pattern).where(
        table.c.nation == wanted.nation.value, table.c.month.in_(months)
    )
    for cut, value in narrowed_to(wanted).items():
        query = query.where(table.c[CUT_COLUMNS[cut]] == value)
    return query
