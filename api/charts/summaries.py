"""The message of a chart in sentences, made from the same data as its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.charts.frame import percent
from domain.measures.maturity import Maturity
from domain.measures.reporting import Figure, Nations, RateSeries, RateTable
from domain.measures.statistics.comparing import Change, Comparison, Difference
from domain.measures.statistics.trending import Trend

_TARGET: Final = {
    Comparison.BETTER: "above",
    Comparison.SIMILAR: "not clearly different from",
    Comparison.WORSE: "below",
}
_TREND: Final = {
    Trend.INCREASING: "Over the latest five periods it has been increasing.",
    Trend.DECREASING: "Over the latest five periods it has been decreasing.",
    Trend.NO_SIGNIFICANT_TREND: "Over the latest five periods there is no significant trend.",
    Trend.CANNOT_BE_CALCULATED: "",
}


def series_in_words(series: RateSeries[Nations], target: float | None) -> str:
    """Return what a series shows.

    Args:
        series: Of any nation.
        target: The ambition as a proportion, None where there is none.
    """
    latest = series.latest
    said = [_latest(latest, target), _change(series.change), _TREND[series.trend]]
    said += [_provisional(series.figures), _withheld(series.figures)]
    return " ".join(each for each in said if each)


def table_in_words(table: RateTable[Nations], groups: str) -> str:
    """Return what a table shows; `groups` is what its rows are, in the plural."""
    rows = list(table.rows.values())
    rates = [each.rate.value for each in rows if each.rate]
    if not rates:
        return f"No figure can be shown for any of the {groups}."
    said = f"The rates shown, of {groups}, lie between {percent(min(rates))} and "
    compared = [each.against_nation for each in rows if each.against_nation]
    better = sum(each is Comparison.BETTER for each in compared)
    worse = sum(each is Comparison.WORSE for each in compared)
    against = (
        f" {_are(better)} above the national rate, {_are(worse)} below it, and "
        f"{_are(len(compared) - better - worse)} not clearly different."
        if compared
        else ""
    )
    return f"{said}{percent(max(rates))}.{against} {_withheld(rows)}".strip()


def figure_in_words(figure: Figure) -> str:
    """Return one figure, such as `43%, 430 of 1,000, provisional`."""
    if figure.rate is None:
        return figure.shown.withheld.words if figure.shown.withheld else ""
    said = f"{percent(figure.rate.value)}, {figure.rate.x:,} of {figure.rate.n:,}"
    return said if figure.maturity is Maturity.MATURE else f"{said}, provisional"


def _latest(figure: Figure | None, target: float | None) -> str:
    if figure is None or figure.rate is None or figure.interval is None:
        return "No mature figure can be shown."
    lower, upper = figure.interval
    said = (
        f"{figure.period.words}: {percent(figure.rate.value)} "
        f"(95% confidence interval {percent(lower)} to {percent(upper)})."
    )
    if target is None or figure.against_target is None:
        return said
    return f"{said} This is {_TARGET[figure.against_target]} the target of {percent(target)}."


def _change(change: Difference | None) -> str:
    if change is None:
        return ""
    if change.change is Change.NO_CLEAR_CHANGE:
        return "There is no clear change from the period before."
    points = f"{abs(change.points):.1f}"
    return f"It {change.change} by {points} percentage points from the period before."


def _provisional(figures: Sequence[Figure]) -> str:
    count = sum(each.maturity is Maturity.PROVISIONAL and each.rate is not None for each in figures)
    if count == 0:
        return ""
    return f"{count} later {_periods(count)} provisional and can still change."


def _withheld(figures: Sequence[Figure]) -> str:
    count = sum(each.shown.withheld is not None for each in figures)
    if count == 0:
        return ""
    return f"{count} {'figure is' if count == 1 else 'figures are'} not shown."


def _are(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'}"


def _periods(count: int) -> str:
    return "period is" if count == 1 else "periods are"
