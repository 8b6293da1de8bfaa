"""An answer of the measures as tables of the terminal; what is withheld is withheld here too."""

from __future__ import annotations

from typing import Final

from rich.table import Table

from api.measures.answers import AcknowledgementRow, Answer, Row
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.maturity import Maturity
from domain.measures.waits import VALID
from infra.commands.terminal import show, tell

_HIDDEN: Final = "*"
_FIGURES: Final = ("Of", "Per cent", "95% interval")


def show_answer(found: Answer) -> None:
    """Print every part of an answer, then what is in none of it."""
    if not any((found.rows, found.funnel, found.waits, found.acknowledged)):
        tell(
            "There are no releases in these months. `throughcare measures backfill` loads history."
        )
    _show_rates(found)
    _show_funnel(found)
    _show_waits(found)
    _show_acknowledged(found)
    _show_excluded(found)


def _show_rates(found: Answer) -> None:
    for measure in dict.fromkeys(each.measure for each in found.rows):
        table = _table(measure, "Group", "Period")
        table.add_column("Started" if "continuity" in measure else "Reached")
        for heading in _FIGURES:
            table.add_column(heading, justify="right")
        for row in found.rows:
            if row.measure is measure:
                table.add_row(*_cells(row))
        show(table)
    for median in found.medians:
        words = median.median.words or (median.median.withheld or "")
        show(f"Median from release to treatment, {median.name}, {median.period.words}: {words}")


def _show_funnel(found: Answer) -> None:
    for each in found.funnel:
        reached = each.reached or {}
        stages = ", ".join(f"{stage} {number}" for stage, number in reached.items())
        show(f"{each.name}, {each.period.words}: {stages or 'withheld: small numbers'}")


def _show_waits(found: Answer) -> None:
    for each in found.waits:
        table = _table(MeasureId.WALES_WAIT, "Wait from referral")
        table.add_column("Releases", justify="right")
        table.title = f"{each.name}, {_when(each.period.words, each.maturity)}"
        for band, number in each.bands.items():
            words = band.replace("_", " ")
            table.add_row(words if band in VALID else f"{words} (no wait)", _starred(number))
        show(table)


def _show_acknowledged(found: Answer) -> None:
    if not found.acknowledged:
        return
    table = _table(MeasureId.ACKNOWLEDGEMENT, "Group", "Period", "Severity")
    for heading in ("Within", "Acknowledged in it", "Of", "Per cent", "Half within"):
        table.add_column(heading, justify="right")
    for each in found.acknowledged:
        table.add_row(*_acknowledged(each))
    show(table)


def _acknowledged(row: AcknowledgementRow) -> tuple[str, ...]:
    when = _when(row.period.words, row.maturity)
    first = (row.name, when, row.severity.value, f"{row.within_minutes:,} min")
    figure = row.figure.figure
    if figure is None:
        symbol = row.figure.withheld.symbol if row.figure.withheld else ""
        return (*first, symbol, symbol, symbol, symbol)
    half = "later" if row.half_within is None else f"{row.half_within:,} min"
    return (*first, f"{figure.x:,}", f"{figure.n:,}", f"{figure.percent:.1f}", half)


def _table(measure: MeasureId, *headings: str) -> Table:
    definition = DEFINITIONS[measure]
    table = Table(title=f"{definition.title} ({measure}, version {definition.version})")
    table.title_justify = "left"
    for heading in headings:
        table.add_column(heading)
    return table


def _when(words: str, ripe: Maturity) -> str:
    return words if ripe is Maturity.MATURE else f"{words} (provisional)"


def _cells(row: Row) -> tuple[str, ...]:
    figure = row.figure
    period = _when(figure.period.words, figure.maturity)
    if figure.rate is None or figure.interval is None:
        symbol = figure.shown.withheld.symbol if figure.shown.withheld else ""
        return (row.name, period, symbol, symbol, symbol, symbol)
    low, high = 100 * figure.interval.lower, 100 * figure.interval.upper
    return (
        row.name,
        period,
        f"{figure.rate.x:,}",
        f"{figure.rate.n:,}",
        f"{figure.rate.percent:.1f}",
        f"{low:.1f} to {high:.1f}",
    )


def _show_excluded(found: Answer) -> None:
    excluded = found.excluded
    reasons = ", ".join(
        f"{reason.replace('_', ' ')}: {_starred(number)}"
        for reason, number in excluded.by_reason.items()
    )
    tell(
        f"Excluded: {_starred(excluded.releases)} releases{f' ({reasons})' if reasons else ''}, "
        f"{_starred(excluded.file_lines)} lines of loaded files, and "
        f"{_starred(excluded.file_lines_unplaced)} lines that belong anywhere. "
        "* is a number from 1 to 4, or one that would tell such a number."
    )


def _starred(number: int | None) -> str:
    return _HIDDEN if number is None else f"{number:,}"
