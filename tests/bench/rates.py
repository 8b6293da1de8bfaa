"""Rates over many past releases, beside the same question asked of DuckDB in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
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
    """Print the figures for each number of releases, and how much they grow."""
    found: dict[str, list[float]] = {}
    for count in counts:
        with stores(count, folder) as filled:
            for name, milliseconds in _measured(filled).items():
                found.setdefault(name, []).append(milliseconds)
    for name, times in found.items():
        if "DuckDB" not in name and len(times) > 1:
            label = f"{name}, {counts[-1]:,} beside {counts[0]:,}"
            show(Figure(label, "ms", times[-1], times[0], 4, "less"))


def _measured(filled: Stores) -> dict[str, float]:
    duckdb = filled.duckdb
    asked: dict[str, Ask] = {
        "dashboard, SQLite": _dashboard(filled.sqlite),
        "dashboard, PostgreSQL": _dashboard(filled.postgresql),
        "dashboard, DuckDB": partial(_duckdb_dashboard, duckdb),
        "area page, SQLite": _area_page(filled.sqlite),
        "area page, PostgreSQL": _area_page(filled.postgresql),
        "area page, DuckDB": partial(_duckdb_area_page, duckdb),
    }
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(TIMES):  # in turns, so that a machine that slows down slows all
        for name, ask in asked.items():
            began = time.perf_counter()
            ask()
            times[name].append((time.perf_counter() - began) * 1000)
    middle = {name: statistics.median(each) for name, each in times.items()}
    for page, goal in (("dashboard", 1.0), ("area page", 0.5)):
        for store in ("SQLite", "PostgreSQL"):
            ours, bare = middle[f"{page}, {store}"], middle[f"{page}, DuckDB"]
            label = f"{page}, {store} beside DuckDB, {filled.count:,}"
            show(Figure(label, "ms", ours, bare, goal, "less"))
    return middle


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
