"""`throughcare delivery`: whether pages and texts reach whoever should know, in counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import typer
from rich.box import SIMPLE
from rich.table import Table

from domain.london_time import london_date
from infra.commands.terminal import settings_for, show, tell
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.messages.measures import SqlMeasures
from notifications.measures import Acknowledging, DeliveryReport, FirstLevel, Load

FOUR_WEEKS: Final = timedelta(days=27)

_A_DAY: Final[dict[str, Any]] = {"formats": ["%Y-%m-%d"], "metavar": "DAY"}

From = Annotated[
    datetime | None,
    typer.Option("--from", help="The first London day; four weeks when left out.", **_A_DAY),
]
To = Annotated[
    datetime | None, typer.Option("--to", help="The last; today when left out.", **_A_DAY)
]
Line = tuple[str, str, str]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(epilog="Example: throughcare delivery --from 2026-11-01 --to 2026-11-28")(delivery)


def delivery(*, first: From = None, last: To = None) -> None:
    """Show how well pages and texts reach people, from one day to another, in counts.

    How long escalations waited before somebody took them, by severity: half of them were taken
    within the median, nine of ten within p90. How often the first people asked took them. How much
    reaches one person in a week, what became of each channel's messages, and which pages were not
    sent because they had become pointless. Without days it is the last four weeks. A number above
    its target is marked with "!".
    """
    ends_on = last.date() if last else london_date(utc_now())
    begins_on = first.date() if first else ends_on - FOUR_WEEKS
    if begins_on > ends_on:
        raise typer.BadParameter("The period ends before it begins.", param_hint="--from")
    database = Database(settings_for("delivery").database_url)
    try:
        report = SqlMeasures(database).report(begins_on, ends_on)
    finally:
        database.close()
    tell(f"From {begins_on:%a %-d %b %Y} to {ends_on:%a %-d %b %Y}:")
    show(_table(report))


def _table(report: DeliveryReport) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Measure", "Figure", "Of"):
        table.add_column(heading, overflow="fold")
    for each in _lines(report):
        table.add_row(*each)
    return table


def _lines(report: DeliveryReport) -> Iterator[Line]:
    for taken in report.acknowledging:
        yield from _times(taken)
    yield _first_level(report.first_level)
    yield from _load("Pages per person and week", "weeks above the target, S1 and S2", report.pages)
    yield from _load("Texts per person in 7 days", "people above the target", report.texts)
    for each in report.arriving:
        tried = each.handed_over + sum(each.failed.values())
        yield f"{each.channel}: confirmed to have arrived", str(each.arrived), f"{tried} tried"
        for fault, count in each.failed.items():
            yield f"{each.channel}: failed, class {fault.upper()}", str(count), f"{tried} tried"
    for reason, count in report.unactionable.items():
        yield f"Pages not sent: {reason}", str(count), ""


def _times(taken: Acknowledging) -> Iterator[Line]:
    of = f"{taken.acknowledged} taken of {taken.opened} opened"
    yield f"{taken.severity}: minutes until taken, median", _figure(taken.median_minutes), of
    yield f"{taken.severity}: minutes until taken, p90", _figure(taken.p90_minutes), of
    yield f"{taken.severity}: chains exhausted", _marked(taken.exhausted, 0), "target 0"


def _first_level(level: FirstLevel) -> Line:
    figure = f"{level.share:.0%}" if level.share is not None else "-"
    return "Taken at the first level", figure, f"{level.taken} of {level.taken + level.passed}"


def _load(name: str, above: str, load: Load) -> Iterator[Line]:
    of = f"{load.total} to {load.people} people"
    yield f"{name}, median", _figure(load.median), of
    yield f"{name}, p90", _figure(load.p90), of
    yield f"{name}, most", str(load.most), of
    yield f"{name}: {above}", _marked(load.above, 0), f"target at most {load.target} each"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _marked(value: int, most: int) -> str:
    return f"{value} !" if value > most else str(value)
