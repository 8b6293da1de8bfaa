"""The nation's rate beside what others published of it, each with its source and its vintage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from api.measures.answers import Answer
from api.pages.dashboard.figures import line_of, rows_of
from domain.measures.definitions import MeasureId
from domain.measures.published import (
    PublishedFigure,
    PublishedPeriod,
    Standing,
    disagree,
    series,
)

MEASURE: Final = MeasureId.CONTINUITY_NEED
AREA: Final = "England"
_MARCH: Final = 3

STANDINGS: Final = {
    Standing.OFFICIAL: "Official statistics",
    Standing.PROVISIONAL: "Provisional statistics",
    Standing.MANAGEMENT_INFORMATION: "Management information",
    Standing.INSPECTION: "Inspection",
    Standing.AMBITION: "Ambition",
}


class Printed(NamedTuple):
    """One figure as one source printed it."""

    percent: str
    source: str
    standing: str
    vintage_on: date


class PublishedYear(NamedTuple):
    """A financial year.

    Attributes:
        printed: The latest vintage first.
        disagree: Whether sources print different figures for it.
        own: This service's rate for the same months, or a symbol in its place.
        own_of: How many releases that is of; the service may know only a few of them.
    """

    period: str
    printed: tuple[Printed, ...]
    disagree: bool
    own: str
    own_of: str


def published_years(
    figures: Iterable[PublishedFigure], known_on: date | None
) -> Mapping[str, tuple[PublishedFigure, ...]]:
    """Return the published series of England by financial year, as it was known on a day."""
    return series(figures, MEASURE, AREA, PublishedPeriod.FINANCIAL_YEAR, known_on)


def last_month_of(financial_year: str) -> date:
    """Return the first day of March of a financial year such as `2019-20`."""
    return date(int(financial_year[:4]) + 1, _MARCH, 1)


def beside_published(
    published: Mapping[str, tuple[PublishedFigure, ...]], own: Answer | None
) -> tuple[PublishedYear, ...]:
    """Return each published year with the service's own rate, the latest first."""
    rows = rows_of(own, MEASURE) if own else ()
    lines = {each.figure.period.last_month: line_of("", each.figure) for each in rows}
    found = []
    for period in sorted(published, reverse=True):
        line = lines.get(last_month_of(period))
        found.append(
            PublishedYear(
                period=f"{period[:4]} to {last_month_of(period).year}",
                printed=tuple(_printed(each) for each in published[period]),
                disagree=disagree(published[period]),
                own=line.rate if line else "-",
                own_of=line.of if line else "-",
            )
        )
    return tuple(found)


def _printed(figure: PublishedFigure) -> Printed:
    return Printed(
        f"{figure.shown_percent}%", figure.source, STANDINGS[figure.standing], figure.vintage_on
    )
