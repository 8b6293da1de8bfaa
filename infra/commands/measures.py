"""`throughcare measures`: the same figures as the pages', on the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import closing
from typing import Annotated

import typer
from pydantic import ValidationError

from api.faults import faults_of
from api.measures.answering import answer
from api.measures.answers import Answer
from api.measures.files import tidy
from api.measures.query import By, MeasureQuery, question
from api.measures.questions import Topic
from api.refusals import InvalidInputError
from domain.codes import Nation
from domain.errors import ThroughcareError
from domain.london_time import london_date
from domain.measures.cuts import GROUPS, Cut
from domain.measures.periods import PeriodKind
from domain.measures.policy import DEFAULT_MEASURES
from infra.commands import measuring
from infra.commands.showing_measures import show_answer
from infra.commands.terminal import group, settings_for, show
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
Of = Annotated[
    Nation | None, typer.Option("--nation", help="Of the area, or England; Wales for waits.")
]
Area = Annotated[str | None, typer.Option("--area", help="Only releases to this authority.")]
Prison = Annotated[str | None, typer.Option("--prison", help="Only releases from this prison.")]
Region = Annotated[str | None, typer.Option("--region", help="Only under this probation region.")]
Substances = Annotated[
    str | None,
    typer.Option("--group", help=f"Only one of: {', '.join(GROUPS[Cut.SUBSTANCE_GROUP])}."),
]
OfSex = Annotated[
    str | None, typer.Option("--sex", help=f"Only one of: {', '.join(GROUPS[Cut.SEX])}.")
]
Age = Annotated[
    str | None, typer.Option("--age", help=f"Only one of: {', '.join(GROUPS[Cut.AGE_BAND])}.")
]
Ethnicity = Annotated[
    str | None,
    typer.Option("--ethnicity", help=f"Only one of: {', '.join(GROUPS[Cut.ETHNICITY])}."),
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
        show_answer(asyncio.run(_answered(settings, Topic.CONTINUITY, {"nation": nation})))


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
    region: Region = None,
    treatment_group: Substances = None,
    sex: OfSex = None,
    age: Age = None,
    ethnicity: Ethnicity = None,
    as_known_on: KnownOn = None,
    as_csv: AsCsv = False,
) -> None:
    """Show who started treatment in time, who stayed, where people are lost, and how soon.

    How soon is Welsh waits from referral by band, or how long escalations were not acknowledged.
    Narrow by one of prison, region, group, sex, age or ethnicity; within one area by one of the
    last four, for the year to March. Without months it is the latest year that can be judged.
    Small numbers are withheld here as everywhere: a copied table is no more dangerous than a page.
    """
    given = {
        "from": first,
        "to": last,
        "by": by,
        "per": per,
        "nation": nation,
        "area": area,
        "prison": prison,
        "region": region,
        "group": treatment_group,
        "sex": sex,
        "age": age,
        "ethnicity": ethnicity,
        "as_known_on": as_known_on,
    }
    stated = {name: value for name, value in given.items() if value is not None}
    found = asyncio.run(_answered(settings_for("measures"), about, stated))
    if as_csv:
        typer.echo(tidy(found), nl=False)
        return
    show_answer(found)


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
