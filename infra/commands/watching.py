"""Commands for whoever watches over the service: what is overdue, and whether the stores agree."""

from __future__ import annotations

from typing import Annotated, Final

import typer
from rich.box import SIMPLE
from rich.table import Table

from domain.policy import Severity
from infra.commands.terminal import settings_for, show, tell
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.database.watchdog import OverdueStep, overdue_steps

CRITICAL: Final = 3
"""The exit code of the watchdog when something critical is overdue."""

_MINUTES_AN_HOUR: Final = 60
_HOURS_SHOWN: Final = 48

Least = Annotated[
    Severity,
    typer.Option("--critical", help="The least severity for which the exit code is 3."),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(epilog="Example: throughcare watchdog || page-the-operator")(watchdog)


def watchdog(*, critical: Least = Severity.S1) -> None:
    """List every step that is due and not done, the most severe first, from the database alone.

    It works while the Temporal server and the workers are down, which is when it is needed most:
    "nobody" in the last column means that no escalation runs for the step. Exit code 0: nothing
    critical is overdue; 3: something is; 1: the database could not be asked.
    """
    database = Database(settings_for("watchdog").database_url)
    try:
        overdue = overdue_steps(database, utc_now())
    finally:
        database.close()
    if overdue:
        show(_table(overdue))
    worst = [each for each in overdue if each.severity <= critical]
    untold = sum(each.lapsed_at is None for each in overdue)
    show(f"{len(overdue)} steps are overdue, {len(worst)} of them {critical} or worse.")
    if untold:
        tell(f"Nobody is being told of {untold} of them: is a worker running?")
    if worst:
        raise typer.Exit(CRITICAL)


def _table(overdue: list[OverdueStep]) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("", "Overdue", "Step", "Owner", "Release", "Prison", "Unit", "Told"):
        table.add_column(heading, overflow="fold")
    for each in overdue:
        table.add_row(
            each.severity,
            _length(each.minutes_overdue),
            each.step,
            each.owner,
            each.reference,
            each.prison,
            each.probation_unit,
            "escalated" if each.lapsed_at else "nobody",
        )
    return table


def _length(minutes: int) -> str:
    hours = minutes // _MINUTES_AN_HOUR
    if hours < 1:
        return f"{minutes} min"
    return f"{hours} h" if hours < _HOURS_SHOWN else f"{hours // 24} days"
