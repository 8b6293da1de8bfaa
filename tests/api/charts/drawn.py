"""Charts of invented figures, read back as the trees that a browser would build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from api.charts.frame import Chart
from domain.measures.counts import Count, EnglandCounts
from domain.measures.cuts import WHOLE
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.shown import Shown
from domain.measures.periods import Period, PeriodKind, shift
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.reporting import RateSeries, RateTable, View, rate_series, rate_table

NEED = DEFINITIONS[MeasureId.CONTINUITY_NEED]
TODAY = date(2026, 7, 10)
SVG = "{http://www.w3.org/2000/svg}"
Counted = tuple[int, int]


def quarter(n: int) -> Period:
    """Return the nth quarter from the one that ends in June 2024; the ninth is provisional."""
    return Period(PeriodKind.QUARTER, shift(date(2024, 6, 1), 3 * n))


def england(started: int, need: int) -> EnglandCounts:
    """Return counts of the need-based rate."""
    return EnglandCounts({Count.NEED: need, Count.NEED_STARTED: started})


def a_series(figures: Sequence[Counted], hidden: Sequence[int] = ()) -> RateSeries[EnglandCounts]:
    """Return a series of quarters of which those at `hidden` are withheld."""
    counts = {quarter(n): england(*each) for n, each in enumerate(figures)}
    shown = frozenset((WHOLE, quarter(n)) for n in range(len(figures)) if n not in hidden)
    return rate_series(_view(shown), EnglandCounts, WHOLE, counts)


def a_table(figures: dict[str, Counted], hidden: Sequence[str] = ()) -> RateTable[EnglandCounts]:
    """Return the table of one quarter of which the groups in `hidden` are withheld."""
    counts = {group: england(*each) for group, each in figures.items()}
    shown = frozenset((group, quarter(3)) for group in figures if group not in hidden)
    nation = sum(counts.values(), EnglandCounts())
    every = _view(frozenset({(WHOLE, quarter(3))})).figure(nation, quarter(3), WHOLE)
    return rate_table(_view(shown), EnglandCounts, counts, quarter(3), every.rate)


def _view(shown: frozenset[tuple[str, Period]]) -> View:
    return View(NEED, Shown(shown), DEFAULT_MEASURES, TODAY)


def trees(chart: Chart) -> Iterator[ET.Element]:
    """Return both drawings as trees; what is no well-formed XML is an error."""
    for drawing in (chart.wide, chart.narrow):
        yield ET.fromstring(drawing)  # noqa: S314 - our own drawing


def with_class(tree: ET.Element, class_: str) -> list[ET.Element]:
    """Return the elements that have a class among theirs."""
    return [each for each in tree.iter() if class_ in each.get("class", "").split()]
