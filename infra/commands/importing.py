"""`throughcare import`: load releases that another system knows about."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from domain.codes import Role
from domain.commands import Actor
from domain.london_time import london_date
from infra.commands.terminal import FAILED, progress, settings_for, show, tell
from infra.composition import Parts, composed
from infra.database.clock import utc_now
from infra.imports.arrivals import Arrival, arrivals, problems
from infra.imports.loading import Loader, Summary
from infra.imports.record import SqlRecord
from infra.imports.releases import parse_releases
from infra.imports.report import describe
from infra.imports.rows import ImportResult
from infra.settings import Settings
from infra.temporal.client import connect

IMPORTER: Final = Actor(id="import", role=Role.RESETTLEMENT)
SHOWN_WITHIN: Final = timedelta(minutes=5)

File = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, readable=True, help="A CSV file, as docs/import.md describes."
    ),
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Load the good rows of a file that has bad ones.")
]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("import", epilog="Example: throughcare import releases.csv --skip-bad")(load)


def load(file: File, *, skip_bad: SkipBad = False) -> None:
    """Load the releases of a CSV file into the running service.

    Every bad row is reported with its line, column and reason, and then nothing is loaded unless
    --skip-bad is given. Loading the same file twice changes nothing.
    """
    if not asyncio.run(_load(settings_for("import"), file, skip_bad=skip_bad)):
        raise typer.Exit(FAILED)


@dataclass(frozen=True, slots=True)
class _Checked:
    found: list[Arrival]
    result: ImportResult


async def _load(settings: Settings, file: Path, *, skip_bad: bool) -> bool:
    # A file is checked without the server too; only what is to be loaded needs it.
    async with composed(settings, lazy=True) as parts:
        checked = await asyncio.to_thread(_read, file, parts)
        if checked.result.problems:
            for line in describe(checked.result):
                show(line)
            if not skip_bad:
                tell("Nothing was loaded. Correct the file, or load its good rows by --skip-bad.")
                return False
        await connect(settings)
        summary = await load_all(parts, checked.found, IMPORTER, "Loading releases")
    return _report(summary)


def _read(file: Path, parts: Parts) -> _Checked:
    """Return what can be loaded; rows that the rules refuse are problems like any other."""
    with file.open("rb") as stream:
        result = parse_releases(stream, parts.reference, today=london_date(utc_now()))
    recalled = SqlRecord(parts.database).recalled()
    found = arrivals(result.rows, parts.keys.id_key, parts.reference, recalled)
    refused = problems(found, IMPORTER, utc_now(), parts.engine.rules)
    bad = {each.line for each in refused}
    rows = tuple(each for each in result.rows if each.line not in bad)
    good = [each for each in found if each.line not in bad]
    return _Checked(good, ImportResult(rows, (*result.problems, *refused)))


async def load_all(parts: Parts, found: list[Arrival], actor: Actor, work: str) -> Summary:
    """Load everything, and wait until lists show it.

    Raises:
        EngineUnavailableError: The engine stayed away; the same may be loaded again.
        OutcomeUnknownError: So did its answer; the same may be loaded again.
        StoreUnavailableError: The database did not answer; the same may be loaded again.
    """
    await asyncio.to_thread(parts.read_model.store_policy, parts.engine.rules.policy)
    with progress(work, len(found)) as advance:
        loader = Loader(
            engine=parts.engine,
            people=parts.people,
            record=SqlRecord(parts.database),
            actor=actor,
            on_progress=advance,
        )
        summary = await loader.load(found)
    refused = {each.line for each in summary.refused}
    accepted = [each for each in found if each.line not in refused]
    missing = await loader.until_shown(accepted, SHOWN_WITHIN)
    if missing:
        tell(f"{missing} releases are accepted and not shown in lists yet; is a worker running?")
    return summary


def _report(summary: Summary) -> bool:
    for each in sorted(summary.refused):
        show(f"line {each.line}: {each.reason}")
    show(
        f"{summary.started} releases started, {summary.already_there} were there already, "
        f"{len(summary.refused)} were refused."
    )
    return not summary.refused
