"""Rates over many past releases, beside the same question asked of DuckDB in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from api.measure_records import CountsWanted
from domain.codes import Nation
from domain.measures.counts import Count
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
TIMES = 40

Ask = Callable[[], object]


def rates(counts: Sequence[int], folder: Path) -> None:
    """Print the figures for each number of releases, and how much they grow.

    Everything is asked in turns, so that a machine that slows down slows all of it.
    """
    with ExitStack() as open_stores:
        filled = [open_stores.enter_context(stores(count, folder)) for count in counts]
        middle = _measured(filled)
    for count in counts:
        for page, goal in (("dashboard", 1.0), ("area page", 0.5)):
            for store in ("SQLite", "PostgreSQL"):
                ours, bare = middle[page, store, count], middle[page, "DuckDB", count]
                label = f"{page}, {store} beside DuckDB, {count:,}"
                show(Figure(label, "ms", ours, bare, goal, "less"))
    first, last = counts[0], counts[-1]
    for page, store, count in middle:
        if store != "DuckDB" and count == last != first:
            label = f"{page}, {store}, {last:,} beside {first:,}"
            small = middle[page, store, first]
            show(Figure(label, "ms", middle[page, store, last], small, 4, "less"))


def _measured(filled: Sequence[Stores]) -> dict[tuple[str, str, int], float]:
    asked: dict[tuple[str, str, int], Ask] = {}
    for each in filled:
        asked |= {
            ("dashboard", "SQLite", each.count): _dashboard(each.sqlite),
            ("dashboard", "PostgreSQL", each.count): _dashboard(each.postgresql),
            ("dashboard", "DuckDB", each.count): partial(_duckdb_dashboard, each.duckdb),
            ("area page", "SQLite", each.count): _area_page(each.sqlite),
            ("area page", "PostgreSQL", each.count): _area_page(each.postgresql),
            ("area page", "DuckDB", each.count): partial(_duckdb_area_page, each.duckdb),
        }
    times: dict[tuple[str, str, int], list[float]] = {name: [] for name in asked}
    for _ in range(TIMES):
        for name, ask in asked.items():
            began = time.perf_counter()
            ask()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


def _dashboard(database: Database) -> Ask:
    """Twelve months of England, and the year of every authority."""
    measures = SqlMeasures(database)

    def ask() -> object:
        months = CountsWanted(Nation.ENGLAND, Cut.NATION, MONTHS, names=NAMES)
        areas = CountsWanted(Nation.ENGLAND, Cut.DESTINATION, (YEAR,), names=NAMES)
        return measures.counts([months, areas])

    return ask


def _area_page(database: Database) -> Ask:
    """One authority: its year, and its year by each group that is published within an area."""
    measures = SqlMeasures(database)

    def ask() -> object:
        return measures.counts(
            [
                CountsWanted(Nation.ENGLAND, cut, (YEAR,), area=AREA, names=NAMES)
                for cut in (Cut.NATION, *WITHIN_AN_AREA)
            ]
        )

    return ask


_SUMS = """count(*), count(*) FILTER (WHERE has_need),
    count(*) FILTER (WHERE has_need AND started)"""


def _duckdb_dashboard(duckdb: SecondOpinion) -> object:
    where = "FROM past WHERE NOT is_wales AND month BETWEEN ? AND ?"
    months = f"SELECT month, {_SUMS} {where} GROUP BY month"
    areas = f"SELECT local_authority, {_SUMS} {where} GROUP BY local_authority"
    return duckdb.rows(months, FIRST, LAST), duckdb.rows(areas, FIRST, LAST)


def _duckdb_area_page(duckdb: SecondOpinion) -> object:
    where = "FROM past WHERE local_authority = ? AND month BETWEEN ? AND ?"
    groups = ("'all'", *(GROUPS[cut.value] for cut in WITHIN_AN_AREA))
    queries = (f"SELECT {each} AS own, {_SUMS} {where} GROUP BY own" for each in groups)
    return [duckdb.rows(each, AREA, FIRST, LAST) for each in queries]
