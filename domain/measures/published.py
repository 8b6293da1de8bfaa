"""Figures that others published, kept side by side with their sources.

Published figures disagree, are rounded and are revised. None is chosen silently: every one keeps
its source, its vintage and its standing, and periods of different kinds are never put into one
series (R20).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import floor
from typing import NamedTuple

from domain.codes import Nation
from domain.measures.definitions import MeasureId
from domain.policy.citing import Certainty


class Standing(StrEnum):
    """What kind of publication a figure comes from."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"
    MANAGEMENT_INFORMATION = "management_information"
    INSPECTION = "inspection"
    AMBITION = "ambition"


class PublishedPeriod(StrEnum):
    """What kind of period it is for; `UNDATED` when the source does not say."""

    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial_year"
    TARGET = "target"
    UNDATED = "undated"


class PublishedFigure(NamedTuple):
    """One figure as one source printed it.

    Attributes:
        area: The name of a nation or of a region.
        percent: With as many decimals as were printed; None when only counts were.
        denominator_exact: False for a rounded denominator, which must not be divided by.
        vintage_on: When it was published; the first of the year or month when no more is known.
    """

    measure: MeasureId
    nation: Nation
    area: str
    period_type: PublishedPeriod
    period: str
    percent: Decimal | None
    numerator: int | None
    denominator: int | None
    denominator_exact: bool
    standing: Standing
    vintage_on: date
    source: str
    certainty: Certainty
    note: str

    @property
    def shown_percent(self) -> Decimal | None:
        """The printed percentage, or that of exact counts to one decimal."""
        if self.percent is not None:
            return self.percent
        if self.numerator is None or self.denominator is None or not self.denominator_exact:
            return None
        return as_printed(self.numerator, self.denominator, 1)


def series(
    figures: Iterable[PublishedFigure],
    measure: MeasureId,
    area: str,
    period_type: PublishedPeriod,
    known_on: date | None = None,
) -> Mapping[str, tuple[PublishedFigure, ...]]:
    """Return every figure for each period of one kind, the latest vintage first.

    Args:
        figures: In any order.
        measure: What is compared; figures of another measure never stand in for it.
        area: As published, such as `England`.
        period_type: One kind only.
        known_on: Leaves out what was published later.
    """
    found: dict[str, list[PublishedFigure]] = {}
    for each in figures:
        asked = (each.measure, each.area, each.period_type) == (measure, area, period_type)
        if asked and (known_on is None or each.vintage_on <= known_on):
            found.setdefault(each.period, []).append(each)
    return {
        period: tuple(sorted(found[period], key=lambda each: each.vintage_on, reverse=True))
        for period in sorted(found)
    }


def disagree(figures: Iterable[PublishedFigure]) -> bool:
    """Return whether sources print different percentages for what should be one figure."""
    return len({each.shown_percent for each in figures if each.shown_percent is not None}) > 1


def as_printed(numerator: int, denominator: int, decimals: int) -> Decimal:
    """Return a percentage as it is printed, halves up.

    Raises:
        ZeroDivisionError: The denominator is zero: there is no percentage, not 0%.
    """
    exact = Decimal(100 * numerator) / Decimal(denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def implied_denominators(numerator: int, percent: Decimal) -> range:
    """Return the denominators for which a numerator prints as a percentage.

    Args:
        numerator: Above zero.
        percent: As printed, with its decimals: 34.5 and not 34.50.

    Raises:
        ZeroDivisionError: The percentage is zero, which any large denominator prints as.
    """
    exponent = percent.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a printed percentage is a finite number
    half = Decimal(1).scaleb(exponent) / 2
    least = floor(Decimal(100 * numerator) / (percent + half)) + 1
    most = floor(Decimal(100 * numerator) / (percent - half))
    return range(max(least, numerator), most + 1)
