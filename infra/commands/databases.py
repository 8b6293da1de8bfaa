"""`throughcare db`: bring the database up to date, compare it with the code, verify its trail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from infra.commands.preparing import prepare_database
from infra.commands.terminal import FAILED, group, settings_for, show, tell
from infra.database import migrating
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.errors import StoreUnavailableError
from infra.database.verifying import ChainReport, read_anchor, verify, write_anchor
from infra.keys import load_keys
from infra.settings import Settings

_UNREACHABLE: Final = (
    "The database cannot be reached. If it does not exist yet, run `throughcare db upgrade`; "
    "if it should, check THROUGHCARE_DATABASE_URL and that its server runs."
)

commands = group("db", help="Look after the database.")

Anchor = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="Compare with heads that were written to this file."
    ),
]
NewAnchor = Annotated[
    Path | None,
    typer.Option(
        dir_okay=False,
        help="When all is well, write the heads to this file. Keep it on another machine.",
    ),
]


@commands.command(epilog="Example: throughcare db upgrade")
def upgrade() -> None:
    """Bring the database to the tables of this version; safe to repeat, data is kept."""
    settings = settings_for("db")
    prepare_database(settings)
    show(f"The database is at revision {migrating.current(settings.database_url)}.")


@commands.command(epilog="Example: throughcare db check")
def check() -> None:
    """Say whether the database is as this version expects; exit code 1 when it is not."""
    settings = settings_for("db")
    try:
        problems = migrating.check(settings.database_url)
    except StoreUnavailableError:
        problems = (_UNREACHABLE,)
    for each in problems:
        show(each)
    if problems:
        raise typer.Exit(FAILED)
    show("The database is as this version expects.")


@commands.command("verify", epilog="Example: throughcare db verify --anchor heads-2026-11.json")
def verify_trail(*, anchor: Anchor = None, write: NewAnchor = None) -> None:
    """Verify the audit trail: that no event was changed, moved, added or removed.

    What was cut off at the end, together with its release, shows only against an anchor: a file
    with the head of every chain, kept where the owner of the database cannot reach it.
    """
    report = _verified(settings_for("db"), anchor)
    if not report.is_intact:
        for each in report.breaks:
            fault = each.fault.value.replace("_", " ")
            show(f"release {each.release_id}, event {each.seq}: {fault}")
        tell("The audit trail was tampered with or damaged. Keep a copy, and tell the owner.")
        raise typer.Exit(FAILED)
    show(f"{report.events} events of {len(report.heads)} releases hold. Digest: {report.digest}")
    if write is not None:
        write_anchor(report, write)
        tell(f"The heads are written to {write}.")


def _verified(settings: Settings, anchor: Path | None) -> ChainReport:
    database = Database(settings.database_url)
    try:
        key = audit_key_from(load_keys(settings).id_key)
        return verify(database, key, read_anchor(anchor) if anchor else None)
    finally:
        database.close()
