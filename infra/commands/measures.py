"""`throughcare measures`: the same figures as the pages', on the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import closing
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from api.faults import faults_of
from api.measures.answering import answer
from api.measures.answers import Answer, Row
from api.measures.files import tidy
from api.measures.query import By, MeasureQuery, question
from api.measures.questions import Topic
from api.refusals import InvalidInputError
from domain.codes import Nation, SubstanceGroup
from domain.errors import ThroughcareError
from domain.london_time import london_date
from domain.measures.definitions import DEFINITIONS
from domain.measures.maturity import Maturity
from domain.measures.periods import PeriodKind
from domain.measures.policy import DEFAULT_MEASURES
from infra.commands import measuring
from infra.commands.terminal import group, settings_for, show, tell
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.measures.figures import shipped_figures
from infra.measures.reading import SqlMeasures
from infra.settings import Settings
from infra.web.measures import StoredMeasures
from infra.web.places import PublicPlaces
from infra.web.store import StoreThreads

commands = group("measures", help="Show rates, load past releases, count again.")
commands.info.no_args_is_help = False
measuring.add_to(commands)

About = Annotated[Topic, typer.Argument(help="What to show.")]
First = Annotated[
    str | None, typer.Option("--from", metavar="YYYY-MM", help="First month of release.")
]
Last = Annotated[str | None, typer.Option("--to", metavar="YYYY-MM", help="Last month of release.")]
Rows = Annotated[By, typer.Option("--by", help="What the rows are.")]
Per = Annotated[PeriodKind | None, typer.Option("--per", help="Length of the periods.")]
Of = Annotated[Nation | None, typer.Option("--nation", help="England unless given.")]
Area = Annotated[str | None, typer.Option("--area", help="Only releases to this authority.")]
Prison = Annotated[str | None, typer.Option("--prison", help="Only releases from this prison.")]
Substances = Annotated[
    SubstanceGroup | None, typer.Option("--group", help="Only this treatment group.")
]
KnownOn = Annotated[
    str | None,
    typer.Option(
        "--as-known-on", metavar="YYYY-MM-DD", help="As known at the end of a month's last day."
    ),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a tidy CSV file instead of a table.")]


class WrongOptionError(ThroughcareError):
    """An option cannot be read."""

    def __init__(self, error: InvalidInputError) -> None:
        """Name each option and what is accepted."""
        said = (f"--{each.field.replace('_', '-')}: {each.message}" for each in error.faults)
        super().__init__(". ".join(each.rstrip(".") for each in said) + ".")


@commands.callback(invoke_without_command=True)
def headline(context: typer.Context) -> None:
    """Show rates, load past releases, count again; without a command, each nation's latest year."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_for("measures")
    for nation in Nation:
        show(f"{nation.value.capitalize()}, measured by its own definition:")
        _print(asyncio.run(_answered(settings, Topic.CONTINUITY, {"nation": nation})))


@commands.command("show", epilog="Example: throughcare measures show continuity --by destination")
def show_measures(  # noqa: PLR0913 - one parameter for each option
    about: About = Topic.CONTINUITY,
    *,
    first: First = None,
    last: Last = None,
    by: Rows = By.NATION,
    per: Per = None,
    nation: Of = None,
    area: Area = None,
    prison: Prison = None,
    treatment_group: Substances = None,
    as_known_on: KnownOn = None,
    as_csv: AsCsv = False,
) -> None:
    """Show who started treatment in time, who stayed, or where people are lost.

    Without months it is the latest year that can be judged. Small numbers are withheld here as
    everywhere: a copied table must be no more dangerous than a page.
    """
    given = {
        "from": first,
        "to": last,
        "by": by,
        "per": per,
        "nation": nation,
        "area": area,
        "prison": prison,
        "group": treatment_group,
        "as_known_on": as_known_on,
    }
    stated = {name: value for name, value in given.items() if value is not None}
    found = asyncio.run(_answered(settings_for("measures"), about, stated))
    if as_csv:
        typer.echo(tidy(found), nl=False)
        return
    _print(found)


async def _answered(settings: Settings, about: Topic, given: Mapping[str, object]) -> Answer:
    reference = shipped_figures().reference
    today = london_date(utc_now())
    try:
        query = MeasureQuery.model_validate(given)
        asked = question(query, about, PublicPlaces(reference), DEFAULT_MEASURES, today)
    except ValidationError as error:
        raise WrongOptionError(InvalidInputError(faults_of(error.errors(), skip=0))) from None
    except InvalidInputError as error:
        raise WrongOptionError(error) from None
    with closing(Database(settings.database_url)) as database:
        threads = StoreThreads(database.dialect)
        measures = StoredMeasures(SqlMeasures(database), reference, threads)
        try:
            return await answer(asked, measures, DEFAULT_MEASURES, today)
        finally:
            threads.close()


def _print(found: Answer) -> None:
    if not found.rows and not found.funnel:
        tell(
            "There are no releases in these months. `throughcare measures backfill` loads history."
        )
    for measure in dict.fromkeys(each.measure for each in found.rows):
        definition = DEFINITIONS[measure]
        table = Table(title=f"{definition.title} ({measure}, version {definition.version})")
        table.title_justify = "left"
        for heading in ("Group", "Period", "Started" if "continuity" in measure else "Reached"):
            table.add_column(heading)
        for heading in ("Of", "Per cent", "95% interval"):
            table.add_column(heading, justify="right")
        for row in found.rows:
            if row.measure is measure:
                table.add_row(*_cells(row))
        show(table)
    for each in found.funnel:
        reached = each.reached or {}
        stages = ", ".join(f"{stage} {number}" for stage, number in reached.items())
        show(f"{each.name}, {each.period.words}: {stages or 'withheld: small numbers'}")
    for median in found.medians:
        if median.median is not None:
            words = median.median.words
            show(f"Median from release to treatment, {median.name}, {median.period.words}: {words}")
    _print_excluded(found)


def _cells(row: Row) -> tuple[str, ...]:
    figure = row.figure
    period = figure.period.words
    if figure.maturity is not Maturity.MATURE:
        period = f"{period} (provisional)"
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


def _print_excluded(found: Answer) -> None:
    excluded = found.excluded
    reasons = ", ".join(
        f"{reason.replace('_', ' ')}: {_starred(number)}"
        for reason, number in excluded.by_reason.items()
    )
    tell(
        f"Excluded: {_starred(excluded.releases)} releases{f' ({reasons})' if reasons else ''}, "
        f"{_starred(excluded.file_lines)} lines of loaded files, and "
        f"{_starred(excluded.file_lines_unplaced)} lines that belong anywhere. * is 1 to 4."
    )


def _starred(number: int | None) -> str:
    return "*" if number is None else f"{number:,}"
