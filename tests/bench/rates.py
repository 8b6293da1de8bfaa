"""Rates over many past releases, beside the same question asked of DuckDB in the same run."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from api.measure_records import CountsFound, CountsWanted
from domain.codes import Nation
from domain.measures.counts import Count, Counts
from domain.measures.cuts import Cut
from domain.measures.periods import Period, PeriodKind
from infra.database.engine import Database
from infra.measures.reading import SqlMeasures
from infra.measures.rows import WITHIN_AN_AREA
from tests.bench.figures import Figure, show
from tests.bench.past import Stores, stores
from tests.measures.second_opinion import GROUPS, SecondOpinion

YEAR = Period(PeriodKind.YEAR, date(2026, 9, 1))
MONTHS = tuple(Period(PeriodKind.MONTH, each) for each in YEAR.months)
FIRST, LAST = str(YEAR.months[0]), str(YEAR.months[-1])
AREA = "E08000035"
NAMES = frozenset({Count.RELEASES, Count.COUNTED, Count.NEED, Count.NEED_STARTED})
WARMING, TIMES = 8, 40  # a statement is prepared once it was asked some times
PAGES = (("dashboard", 25, 1.0), ("area page", 5, 0.5))
"""Each with how many ms it may take, and how often DuckDB's time."""

STORES = ("SQLite", "PostgreSQL")

Ask = Callable[[], object]
AskOurs = Callable[[], tuple[CountsFound, ...]]
Rows = list[tuple[Any, ...]]
Asked = tuple[str, str, int]
"""Which page, of which store, of how many releases."""

Middle = Mapping[Asked, float]


def rates(counts: Sequence[int], folder: Path) -> None:
    """Print the figures for each number of releases, and how much they grow.

    Everything is asked in turns, so that a machine that slows down slows all of it.
    """
    with ExitStack() as open_stores:
        filled = [open_stores.enter_context(stores(count, folder)) for count in counts]
        for each in filled:
            _same_answers(each)
        times = _measured(filled)
    middle = {asked: statistics.median(each) for asked, each in times.items()}
    for count in counts:
        _beside_duckdb(middle, count)
    first, last = counts[0], counts[-1]
    if first != last:
        _growth(middle, first, last)
    print("of each, the fastest tenth: what is left of it where nobody else is at work")
    for (page, store, count), taken in times.items():
        fastest = sorted(taken)[TIMES // 10]
        print(f"  {page}, {store}, {count:,}: {fastest:.2f} ms", flush=True)


def _beside_duckdb(middle: Middle, count: int) -> None:
    for page, most, goal in PAGES:
        for store in STORES:
            ours, bare = middle[page, store, count], middle[page, "DuckDB", count]
            label = f"{page}, {store}, {count:,}"
            show(Figure(label, "ms", ours, bare, most, "less", absolute=True))
            show(Figure(f"{label} beside DuckDB", "ms", ours, bare, goal, "less"))


def _growth(middle: Middle, first: int, last: int) -> None:
    for page, _most, _goal in PAGES:
        for store in STORES:
            label = f"{page}, {store}, {last:,} beside {first:,}"
            large, small = middle[page, store, last], middle[page, store, first]
            show(Figure(label, "ms", large, small, 4, "less"))


def _same_answers(filled: Stores) -> None:
    """See that the three answer the same, before it is measured how fast.

    Raises:
        AssertionError: They do not.
    """
    months, areas = _duckdb_dashboard(filled.duckdb)
    page = _duckdb_area_page(filled.duckdb)
    expected = [_numbers((str(each[0])[:7], *each[1:]) for each in months)]
    expected += [_numbers(each) for each in (areas, *page)]
    for database in (filled.sqlite, filled.postgresql):
        by_month, *found = [*_dashboard(database)(), *_area_page(database)()]
        ours = [{each.code: _told(groups["all"]) for each, groups in by_month.items()}]
        ours += [{key: _told(each) for key, each in one[YEAR].items()} for one in found]
        assert ours == expected


def _numbers(rows: Iterable[tuple[Any, ...]]) -> dict[str, tuple[int, ...]]:
    return {own: tuple(numbers) for own, *numbers in rows}


def _told(counts: Counts) -> tuple[int, ...]:
    return tuple(counts[each] for each in (Count.RELEASES, Count.NEED, Count.NEED_STARTED))


def _measured(filled: Sequence[Stores]) -> Mapping[Asked, Sequence[float]]:
    asked: dict[Asked, Ask] = {}
    for each in filled:
        asked |= {
            ("dashboard", "SQLite", each.count): _dashboard(each.sqlite),
            ("dashboard", "PostgreSQL", each.count): _dashboard(each.postgresql),
            ("dashboard", "DuckDB", each.count): partial(_duckdb_dashboard, each.duckdb),
            ("area page", "SQLite", each.count): _area_page(each.sqlite),
            ("area page", "PostgreSQL", each.count): _area_page(each.postgresql),
            ("area page", "DuckDB", each.count): partial(_duckdb_area_page, each.duckdb),
        }
    times: dict[Asked, list[float]] = {name: [] for name in asked}
    turns = list(asked.items())
    for turn in range(-WARMING, TIMES):
        # In another order each time: what follows a question that took every processor waits.
        random.Random(turn).shuffle(turns)
        for name, ask in turns:
            began = time.perf_counter()
            ask()
            if turn >= 0:
                times[name].append((time.perf_counter() - began) * 1000)
    return times


def _dashboard(database: Database) -> AskOurs:
    """Twelve months of England, and the year of every authority."""
    measures = SqlMeasures(database)

    def ask() -> tuple[CountsFound, ...]:
        months = CountsWanted(Nation.ENGLAND, Cut.NATION, MONTHS, names=NAMES)
        areas = CountsWanted(Nation.ENGLAND, Cut.DESTINATION, (YEAR,), names=NAMES)
        return measures.counts([months, areas])

    return ask


def _area_page(database: Database) -> AskOurs:
    """One authority: its year, and its year by each group that is published within an area."""
    measures = SqlMeasures(database)

    def ask() -> tuple[CountsFound, ...]:
        return measures.counts(
            [
                CountsWanted(Nation.ENGLAND, cut, (YEAR,), area=AREA, names=NAMES)
                for cut in (Cut.NATION, *WITHIN_AN_AREA)
            ]
        )

    return ask


_SUMS = """count(*), count(*) FILTER (WHERE has_need),
    count(*) FILTER (WHERE has_need AND started)"""


def _duckdb_dashboard(duckdb: SecondOpinion) -> tuple[Rows, Rows]:
    where = "FROM past WHERE NOT is_wales AND month BETWEEN ? AND ?"
    months = f"SELECT month, {_SUMS} {where} GROUP BY month"
    areas = f"SELECT local_authority, {_SUMS} {where} GROUP BY local_authority"
    return duckdb.rows(months, FIRST, LAST), duckdb.rows(areas, FIRST, LAST)


def _duckdb_area_page(duckdb: SecondOpinion) -> list[Rows]:
    where = "FROM past WHERE local_authority = ? AND month BETWEEN ? AND ?"
    groups = ("'all'", *(GROUPS[cut.value] for cut in WITHIN_AN_AREA))
    queries = (f"SELECT {each} AS own, {_SUMS} {where} GROUP BY own" for each in groups)
    return [duckdb.rows(each, AREA, FIRST, LAST) for each in queries]
