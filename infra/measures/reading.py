"""Read counts: from the sums that stand ready, or counted from releases where there are none.

Reading never waits for a writer. Only headline columns are summed by the database; what a pattern
counts as is put together here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from api.measure_records import BadLines, BreakdownFound, CountsFound, CountsWanted
from domain.codes import Nation
from domain.measures.counts import Count, Counts, EnglandCounts, WalesCounts
from domain.measures.cuts import Cut
from domain.measures.periods import Period
from domain.measures.release import MeasuredRelease
from infra.database.engine import Database
from infra.database.tables import BadLineRow, MeasureChangesRow, MeasuredRow, table_of
from infra.database.tables.measures import COUNTS, DETAILS, WHOLE_NATION
from infra.measures.counting import count_releases
from infra.measures.patterns import PatternCounts
from infra.measures.rows import WITHIN_AN_AREA, known_of
from infra.measures.slices import Slice, slice_of
from infra.measures.summing import ALL_NAMES, Numbers, Ready, names_of, ready, sums

_KINDS: Final[Mapping[Nation, type[EnglandCounts | WalesCounts]]] = {
    Nation.ENGLAND: EnglandCounts,
    Nation.WALES: WalesCounts,
}
_STAMP: Final = select(func.sum(MeasureChangesRow.number))


class SqlMeasures:
    """Counts by nation, cut and period; see `api.ports.Measures`."""

    def __init__(self, database: Database) -> None:
        """Read from `database`."""
        self._database = database
        self._patterns = PatternCounts()

    def counts(self, wanted: Sequence[CountsWanted]) -> tuple[CountsFound, ...]:
        """Return the counts of each group of each period, for each that is wanted.

        All of them come from one instant.
        """
        parts = [ready(each) for each in wanted]
        found = [each for each in parts if each is not None]
        if len(found) == len(wanted):
            numbers = sums(self._database.ask, found)
        else:
            with self._database.read() as session:
                numbers = [
                    self._numbers(session, each) if part is None else _summed(session, part)
                    for each, part in zip(wanted, parts, strict=True)
                ]
        return tuple(
            _typed(_KINDS[each.nation], found) for each, found in zip(wanted, numbers, strict=True)
        )

    def release(self, release_id: str) -> MeasuredRelease | None:
        """Return what one release is counted by now, None while it is not measured."""
        own = select(table_of(MeasuredRow)).where(MeasuredRow.release_id == release_id)
        with self._database.read() as session:
            row = session.execute(own).mappings().one_or_none()
        return known_of(dict(row)).facts if row is not None else None

    def stamp(self) -> int:
        """Return a number that is another one as soon as anything that is counted has changed."""
        ((stamp,),) = self._database.ask(_STAMP)
        return int(stamp or 0)

    def breakdown(
        self, nation: Nation, cut: Cut, period: Period, names: frozenset[Count] | None = None
    ) -> BreakdownFound:
        """Return one period of every authority by the groups of a cut.

        Raises:
            KeyError: The cut is not kept within authorities (`WITHIN_AN_AREA`).
        """
        if cut not in WITHIN_AN_AREA:
            raise KeyError(cut)
        wanted = ALL_NAMES if names is None else tuple(sorted(map(str, names)))
        given = {"nation": nation.value, "cut": cut.value, "months": list(period.months)}
        found: defaultdict[str, dict[str, Counts]] = defaultdict(dict)
        with self._database.read() as session:
            for area, key, *numbers in session.execute(_areas(wanted), given):
                counts = dict(zip(wanted, numbers, strict=True))
                found[area][key] = _KINDS[nation](counts)
        return found

    def bad_lines(self, wanted: CountsWanted) -> BadLines:
        """Return how many lines of files are excluded, in and beside the first and last period."""
        first_on = min(each.first_on for each in wanted.periods)
        last_on = max(each.last_on for each in wanted.periods)
        placed: list[ColumnElement[bool]] = [
            BadLineRow.nation == wanted.nation.value,
            BadLineRow.month.between(first_on, last_on),
        ]
        if wanted.area is not None:
            placed.append(BadLineRow.destination == wanted.area)
        nowhere = BadLineRow.month.is_(None) | BadLineRow.destination.is_(None)
        with self._database.read() as session:
            return BadLines(
                placed=session.scalar(select(func.count()).where(*placed)) or 0,
                unplaced=session.scalar(select(func.count()).where(nowhere)) or 0,
            )

    def _numbers(self, session: Session, wanted: CountsWanted) -> Mapping[Period, Numbers]:
        where = slice_of(wanted)
        stands = where is not None and wanted.known_on is None
        if where is None or not stands or (wanted.families and not where.has_details):
            return _by_period(wanted.periods, count_releases(session, wanted, self._patterns))
        found = _monthly(session, wanted, where)
        if wanted.families:
            _add_details(session, wanted, where, found)
        return _by_period(wanted.periods, found)


def _typed(
    kind: type[EnglandCounts | WalesCounts], numbers: Mapping[Period, Numbers]
) -> CountsFound:
    return {
        period: {key: kind(each) for key, each in groups.items()}
        for period, groups in numbers.items()
    }


def _months_of(periods: Iterable[Period]) -> list[date]:
    return sorted({month for each in periods for month in each.months})


def _by_period(
    periods: Iterable[Period], monthly: Mapping[date, Numbers]
) -> Mapping[Period, Numbers]:
    found: dict[Period, Numbers] = {}
    for period in periods:
        groups: Numbers = defaultdict(dict)
        for month in period.months:
            for key, numbers in monthly.get(month, {}).items():
                sums = groups[key]
                for name, number in numbers.items():
                    sums[name] = sums.get(name, 0) + number
        found[period] = groups
    return found


def _summed(session: Session, part: Ready) -> Mapping[Period, Numbers]:
    (found,) = sums(lambda query, given: session.execute(query, given).all(), [part])
    return found


def _monthly(session: Session, wanted: CountsWanted, where: Slice) -> dict[date, Numbers]:
    names = names_of(wanted)
    query = _months(names, keyed=where.key is not None)
    found: dict[date, Numbers] = defaultdict(lambda: defaultdict(dict))
    for month, key, *numbers in session.execute(query, _given(wanted, where)):
        found[month][where.named or key] = dict(zip(names, numbers, strict=True))
    return found


def _given(wanted: CountsWanted, where: Slice) -> dict[str, Any]:
    return {
        "nation": wanted.nation.value,
        "cut": where.cut.value,
        "area": where.area,
        "months": _months_of(wanted.periods),
        "key": where.key,
    }


# Statements are built once: putting one together takes longer than running it.


@cache
def _months(names: tuple[str, ...], *, keyed: bool) -> Select[Any]:
    columns = (COUNTS.c[each] for each in names)
    return select(COUNTS.c.month, COUNTS.c.key, *columns).where(*_conditions(keyed=keyed))


@cache
def _areas(names: tuple[str, ...]) -> Select[Any]:
    own = (COUNTS.c.area, COUNTS.c.key)
    return (
        select(*own, *(func.sum(COUNTS.c[each]) for each in names))
        .where(
            COUNTS.c.nation == bindparam("nation"),
            COUNTS.c.cut == bindparam("cut"),
            COUNTS.c.month.in_(bindparam("months", expanding=True)),
            COUNTS.c.area != WHOLE_NATION,
        )
        .group_by(*own)
    )


def _conditions(*, keyed: bool) -> list[ColumnElement[bool]]:
    own = ("nation", "cut", "area", "key") if keyed else ("nation", "cut", "area")
    return [
        *(COUNTS.c[each] == bindparam(each) for each in own),
        COUNTS.c.month.in_(bindparam("months", expanding=True)),
    ]


def _add_details(
    session: Session, wanted: CountsWanted, where: Slice, found: dict[date, Numbers]
) -> None:
    conditions = [
        DETAILS.c.nation == wanted.nation.value,
        DETAILS.c.cut == where.cut.value,
        DETAILS.c.month.in_(list(found)),
        or_(*(DETAILS.c.name.startswith(f"{each}.") for each in wanted.families)),
    ]
    if where.key is not None:
        conditions.append(DETAILS.c.key == where.key)
    query = select(DETAILS.c.month, DETAILS.c.key, DETAILS.c.name, DETAILS.c.number)
    for month, key, name, number in session.execute(query.where(*conditions)):
        found[month][where.named or key][name] = number
