"""Read sums that stand ready, of everything that is wanted in one statement.

Each statement is a trip to the database and back, and on a busy machine trips are what a page waits
for, not rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from api.measure_records import CountsWanted
from domain.measures.counts import Count
from domain.measures.periods import Period
from infra.database.tables.measures import COUNTS
from infra.measures.slices import Slice, slice_of

Numbers = defaultdict[str, dict[str, int]]
"""The numbers of each group, by name."""

_Statement = Select[Any] | CompoundSelect[Any]
Ask = Callable[[_Statement, Mapping[str, Any]], Sequence[Any]]
"""Returns the rows of a query with its parameters."""

ALL_NAMES: Final = tuple(sorted(map(str, Count)))


class Ready(NamedTuple):
    """Counts that only have to be added up.

    Attributes:
        periods: In order; none overlaps another.
        months: Of all of them.
    """

    where: Slice
    nation: str
    periods: tuple[Period, ...]
    months: tuple[date, ...]
    names: tuple[str, ...]


def ready(wanted: CountsWanted) -> Ready | None:
    """Return what is to be summed, None when numbered counts or other sums are needed as well."""
    where = slice_of(wanted)
    if where is None or wanted.known_on is not None or wanted.families:
        return None
    periods = tuple(sorted(wanted.periods, key=lambda each: each.last_month))
    months = tuple(month for each in periods for month in each.months)
    if len(set(months)) < len(months):
        return None
    return Ready(where, wanted.nation.value, periods, months, names_of(wanted))


def names_of(wanted: CountsWanted) -> tuple[str, ...]:
    """Return the counts of fixed name that are wanted, in order."""
    return ALL_NAMES if wanted.names is None else tuple(sorted(map(str, wanted.names)))


def sums(ask: Ask, parts: Sequence[Ready]) -> list[Mapping[Period, Numbers]]:
    """Return the numbers of each period of each part, read by one query."""
    if not parts:
        return []
    found: list[dict[Period, Numbers]] = [
        {period: defaultdict(dict) for period in part.periods} for part in parts
    ]
    names = tuple(sorted({name for each in parts for name in each.names}))
    shapes = tuple(_shape(each) for each in parts)
    given = {name: value for n, each in enumerate(parts) for name, value in _given(n, each)}
    for n, number, key, *numbers in ask(_statement(shapes, names), given):
        part = parts[n]
        read = dict(zip(names, numbers, strict=True))
        own = read if part.names == names else {each: read[each] for each in part.names}
        found[n][part.periods[number]][part.where.named or key] = own
    return list(found)


class _Shape(NamedTuple):
    """What decides how a part's SELECT reads; its values are parameters."""

    keyed: bool
    periods: int
    months: int


def _shape(part: Ready) -> _Shape:
    return _Shape(part.where.key is not None, len(part.periods), len(part.months))


def _given(n: int, part: Ready) -> Iterator[tuple[str, Any]]:
    yield f"nation_{n}", part.nation
    yield f"cut_{n}", part.where.cut.value
    yield f"area_{n}", part.where.area
    if part.where.key is not None:
        yield f"key_{n}", part.where.key
    for m, month in enumerate(part.months):
        yield f"month_{n}_{m}", month
    if len(part.periods) > 1:
        for p, period in enumerate(part.periods):
            yield f"end_{n}_{p}", period.last_month


# Statements are built once: putting one together takes longer than running it.
@lru_cache(maxsize=256)
def _statement(shapes: tuple[_Shape, ...], names: tuple[str, ...]) -> _Statement:
    selects = [_select(n, shape, names) for n, shape in enumerate(shapes)]
    return selects[0] if len(selects) == 1 else union_all(*selects)


def _select(n: int, shape: _Shape, names: tuple[str, ...]) -> Select[Any]:
    months = [bindparam(f"month_{n}_{m}", type_=Date) for m in range(shape.months)]
    own = ("nation", "cut", "area", "key") if shape.keyed else ("nation", "cut", "area")
    groups: list[ColumnElement[Any]] = [COUNTS.c.key]
    number: ColumnElement[int] = literal_column("0")
    if shape.periods > 1:
        ends = (COUNTS.c.month <= bindparam(f"end_{n}_{p}") for p in range(shape.periods))
        number = case(*((reached, literal_column(str(p))) for p, reached in enumerate(ends)))
        number = number.label("number")
        groups = [number, COUNTS.c.key]
    sums = (func.sum(COUNTS.c[each]).label(each) for each in names)
    return (
        select(literal_column(str(n)).label("part"), number.label("number"), COUNTS.c.key, *sums)
        .where(*(COUNTS.c[each] == bindparam(f"{each}_{n}") for each in own))
        .where(COUNTS.c.month.in_(months))
        .group_by(*groups)
    )
