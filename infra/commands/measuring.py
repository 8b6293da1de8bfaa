"""`throughcare measures`: load past releases, and count everything again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from domain.london_time import london_date
from infra.commands.terminal import FAILED, progress, settings_for, show, tell
from infra.database.chain import audit_key_from
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.imports.report import describe
from infra.keys import load_keys
from infra.measures.backfill.loading import Backfill, Loaded
from infra.measures.backfill.reading import parse_past_releases
from infra.measures.backfill.rows import BackfillFile
from infra.measures.figures import shipped_figures
from infra.measures.recounting import Recount
from infra.settings import Settings

File = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, readable=True, help="A CSV file, as docs/backfill.md says."
    ),
]
SkipBad = Annotated[
    bool,
    typer.Option(
        "--skip-bad", help="Load the good rows, and count the bad ones as excluded beside rates."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to the group `measures`."""
    app.command("backfill", epilog="Example: throughcare measures backfill past.csv")(backfill)
    app.command("recount", epilog="Example: throughcare measures recount")(recount)


def backfill(file: File, *, skip_bad: SkipBad = False) -> None:
    """Load past releases from a CSV file, so that rates reach back before the service began.

    Every bad row is reported with its line, column and reason, and then nothing is loaded unless
    --skip-bad is given. Loading the same file twice changes nothing; what the service itself
    follows is never overwritten.
    """
    settings = settings_for("measures")
    figures = shipped_figures()
    with file.open("rb") as stream:
        found = parse_past_releases(stream, figures.reference, today=london_date(utc_now()))
    if found.problems:
        for line in describe(found):
            show(line)
        if not skip_bad or not (found.rows or found.bad):
            tell("Nothing was loaded. Correct the file, or load its good rows by --skip-bad.")
            raise typer.Exit(FAILED)
    loaded = _load(settings, found, file.name)
    show(
        f"{loaded.added} past releases were added, {loaded.changed} changed and {loaded.unchanged} "
        f"were there already; {loaded.live} are followed by the service itself. "
        f"{loaded.excluded} lines are excluded."
    )


def _load(settings: Settings, found: BackfillFile, name: str) -> Loaded:
    keys = load_keys(settings)
    with closing(Database(settings.database_url)) as database:
        store = Backfill(database, shipped_figures(), keys.id_key, audit_key_from(keys.id_key))
        with progress("Loading past releases", len(found.rows)) as advance:
            return store.load(found, name, london_date(utc_now()), advance)


def recount() -> None:
    """Count every release again from its facts and build all sums anew; safe to repeat.

    Needed only after a crash while a large file was loaded, or when somebody doubts a figure.
    Meanwhile releases can be read, and what is recorded waits a little.
    """
    settings = settings_for("measures")
    key = audit_key_from(load_keys(settings).id_key)
    with closing(Database(settings.database_url)) as database:
        measuring = SqlReadModel(database, key).measuring
        work = Recount(database, measuring, shipped_figures(), lambda what, n: tell(f"{what}: {n}"))
        work.everything()
    show("Everything is counted again.")
