"""Whether a series of rates has a trend, and when it may not be said (DHSC Fingertips, trends)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from domain.measures.periods import Period
from domain.measures.statistics.proportion import Proportion

POINTS: Final = 5
CHI_SQUARE: Final = 9.54953570608324
"""The 99.8% point of chi-square with one degree of freedom."""
INTERVAL_WIDTHS: Final = 3.92
"""Standard errors in the width of a 95% interval, as the source rounds it."""


class Trend(StrEnum):
    """What may be said of the latest five points."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_SIGNIFICANT_TREND = "no_significant_trend"
    CANNOT_BE_CALCULATED = "cannot_be_calculated"


class _Weighted(NamedTuple):
    at: int
    value: float
    weight: float


class _Line(NamedTuple):
    slope: float
    chi_square: float


def trend(points: Sequence[tuple[Period, Proportion | None]]) -> Trend:
    """Return the trend of the latest five valid points.

    A line is fitted with each point weighted by its standard error, taken as the width of its 95%
    interval over 3.92. It counts only when the chi-square of its slope exceeds the 99.8% point,
    and when leaving out any single point leaves its direction as it is.

    Args:
        points: In order of time. None is a point that may not be shown or is not mature; it is
            passed over. Periods that share a month have no trend: the rule needs points that are
            independent, and rolling years are not.
    """
    valid = [(period, rate) for period, rate in points if rate is not None][-POINTS:]
    if len(valid) < POINTS or _overlap([period for period, _ in valid]):
        return Trend.CANNOT_BE_CALCULATED
    weighted = [_weigh(n, rate) for n, (_, rate) in enumerate(valid, start=1)]
    line = _fit(weighted)
    if line.chi_square <= CHI_SQUARE or not _stands_without_any_one(weighted, line.slope):
        return Trend.NO_SIGNIFICANT_TREND
    return Trend.INCREASING if line.slope > 0 else Trend.DECREASING


def _overlap(periods: Sequence[Period]) -> bool:
    return any(later.first_on <= earlier.last_on for earlier, later in pairwise(periods))


def _weigh(at: int, rate: Proportion) -> _Weighted:
    lower, upper = rate.interval()
    return _Weighted(at, rate.value, (INTERVAL_WIDTHS / (upper - lower)) ** 2)


def _fit(points: Sequence[_Weighted]) -> _Line:
    """Weighted least squares about the weighted means."""
    whole = sum(each.weight for each in points)
    mean_at = sum(each.weight * each.at for each in points) / whole
    mean = sum(each.weight * each.value for each in points) / whole
    spread = sum(each.weight * (each.at - mean_at) ** 2 for each in points)
    along = sum(each.weight * (each.at - mean_at) * (each.value - mean) for each in points)
    return _Line(slope=along / spread, chi_square=along * along / spread)


def _stands_without_any_one(points: Sequence[_Weighted], slope: float) -> bool:
    without = (_fit([*points[:n], *points[n + 1 :]]).slope for n in range(len(points)))
    return all(each * slope > 0 for each in without)
