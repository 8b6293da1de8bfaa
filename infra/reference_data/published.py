"""Read the figures that others published, for comparison; conflicts are kept as they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from domain.codes import Nation
from domain.measures.definitions import MeasureId
from domain.measures.published import PublishedFigure, PublishedPeriod, Standing
from domain.policy.citing import Certainty
from infra.reference_data.reading import Row, read_records

FILE = "published_continuity.csv"


def published_figures(instead: Path | None = None) -> tuple[PublishedFigure, ...]:
    """Return every published figure, in the order of the file.

    Args:
        instead: A folder whose file of the same name replaces the shipped one.

    Raises:
        ReferenceDataError: The file cannot be used; it names the line.
    """
    return read_records(FILE, _figure, instead=instead)


def _figure(row: Row) -> PublishedFigure:
    figure = PublishedFigure(
        measure=MeasureId(row["measure"]),
        nation=Nation(row["nation"]),
        area=row["area"],
        period_type=PublishedPeriod(row["period_type"]),
        period=row["period"],
        percent=_percent(row["percent"]),
        numerator=_count(row["numerator"]),
        denominator=_count(row["denominator"]),
        denominator_exact=row["denominator_exact"] == "true",
        standing=Standing(row["status"]),
        vintage_on=date.fromisoformat(row["vintage"]),
        source=row["source"],
        certainty=Certainty(row["certainty"]),
        note=row["note"],
    )
    if figure.shown_percent is None:
        message = "a figure needs a percentage, or a numerator and an exact denominator"
        raise ValueError(message)
    return figure


def _percent(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        message = "a percentage must be a number such as 34.5"
        raise ValueError(message) from None


def _count(text: str) -> int | None:
    return int(text) if text else None
