"""`throughcare rota`: staff, who is on duty when, absences and cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.box import SIMPLE
from rich.table import Table

from domain.duty.checking import EntryFault
from domain.duty.rota import Shift
from domain.duty.wall_time import in_words, parse_moment
from domain.duty.wording import TASKS, UNFILLED
from infra.commands.terminal import FAILED, group, settings_for, show, tell
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.duty.absences import SqlAbsences
from infra.duty.errors import FlawedRotaError
from infra.duty.files import Entries, read_absences, read_rota, read_staff
from infra.duty.rotas import SqlRotas
from infra.duty.staff import Changes, SqlStaff
from infra.duty.tasks import SqlTasks
from infra.duty.teams import Teams
from infra.imports.report import describe_problems
from infra.imports.rows import RowProblem
from infra.reference_data.loading import load_reference_data

commands = group("rota", help="Load and look at staff, rotas and absences (docs/rotas.md).")

IMPORTER: Final = "import"

File = Annotated[
    Path,
    typer.Argument(
        exists=True, dir_okay=False, readable=True, help="A CSV file, as docs/rotas.md describes."
    ),
]
Organisation = Annotated[
    str | None,
    typer.Option(help="The code of one prison, probation unit or drug service; * is the service."),
]
At = Annotated[
    str | None, typer.Option(help="A London time, as '2026-12-24 18:00'. Now when left out.")
]


@commands.command(epilog="Example: throughcare rota staff staff.csv")
def staff(file: File) -> None:
    """Add or change staff.

    Columns: staff (your own reference), name, organisation, role, email, mobile and, where they
    have one, account (the name they sign in with); for example lei-1,Ada Example,LEI,resettlement,
    ada@example.org,07700 900101,ada.example. A number that is not a UK mobile is refused with the
    reason. Nobody is removed; the same file again changes nothing.
    """
    settings = settings_for("rota")
    drama = settings.environment != "production"
    with _opened() as database, file.open("rb") as stream:
        read = read_staff(stream, Teams(load_reference_data()), allow_drama=drama)
        _refuse(read.problems)
        store = SqlStaff(database)
        changes = store.put(read.entries, IMPORTER)
        unjoined = store.unjoined(read.entries)
    show(changes.in_words("staff"))
    if unjoined:
        tell(f"Nobody has signed in yet with the account and role of: {', '.join(unjoined)}.")


@commands.command("import", epilog="Example: throughcare rota import rota.csv")
def import_rota(file: File) -> None:
    """Put the rotas of a file in place of what stood in the periods they span.

    Columns: organisation, role, post, staff, starts_at, ends_at (empty is until further notice), in
    London time; for example LEI,resettlement,duty,lei-1,2026-12-24 20:00,2026-12-26 08:00. A gap,
    an overlap, an unknown person or place is refused with its line, and then nothing is loaded. The
    same file again changes nothing.
    """
    with _opened() as database:
        read = _rota(file, database)
        rotas = SqlRotas(database)
        changes = _put(read, lambda: rotas.replace(read.entries, IMPORTER, read.name_of))
    show(changes.in_words("shifts"))


@commands.command(epilog="Example: throughcare rota absences absences.csv")
def absences(file: File) -> None:
    """Add or change absences, and who covers.

    Columns: staff, starts_at, ends_at (empty is until further notice), cover (may be empty); for
    example lei-1,2026-12-25 20:00,2026-12-26 08:00,lei-2. Where nobody
    covers, whoever would be turned to is passed over at once.
    """
    with _opened() as database, file.open("rb") as stream:
        read = read_absences(stream, _ids(SqlStaff(database)))
        _refuse(read.problems)
        store = SqlAbsences(database)
        changes = _put(read, lambda: store.put(read.entries, IMPORTER, read.name_of))
    show(changes.in_words("absences"))


@commands.command(epilog="Example: throughcare rota check rota.csv")
def check(file: File) -> None:
    """Check a rota file against the staff and rotas that are loaded, and load nothing."""
    with _opened() as database:
        read = _rota(file, database)
        _refuse(_at_lines(read, SqlRotas(database).faults(read.entries, read.name_of)))
    show(f"{file.name} can be loaded: {len(read.entries)} shifts without a gap or an overlap.")


@commands.command("show", epilog="Example: throughcare rota show --organisation LEI")
def show_rota(*, organisation: Organisation = None, at: At = None) -> None:
    """Show who is on duty, who covers, and every post that nobody fills."""
    instant = parse_moment(at, field="at") if at else utc_now()
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Organisation", "Role", "Post", "On duty", "Until"):
        table.add_column(heading, overflow="fold")
    with _opened() as database:
        for each in _lines(SqlRotas(database), organisation, instant):
            table.add_row(*each)
    tell(f"On duty on {in_words(instant)}:")
    if table.row_count:
        show(table)
    else:
        show("There is no rota. Load one: throughcare rota import FILE.")


@commands.command("tasks", epilog="Example: throughcare rota tasks --organisation LEI")
def show_tasks(*, organisation: Organisation = None) -> None:
    """Show what keeps pages from landing: empty posts, and staff whom a channel does not reach.

    A team closes its tasks over the API, with what was done; another number or address in
    `throughcare rota staff` closes those about it.
    """
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Organisation", "Role", "About", "What to do", "Since"):
        table.add_column(heading, overflow="fold")
    with _opened() as database:
        for each in SqlTasks(database).open(organisation):
            who = each.staff.name if each.staff else str(each.post or "named_worker")
            since = in_words(each.opened_at)
            table.add_row(*each.team, who, TASKS[each.reason], since)
    show(table if table.row_count else "Nothing keeps a page from landing.")


def _lines(rotas: SqlRotas, organisation: str | None, at: datetime) -> Iterator[tuple[str, ...]]:
    for team in rotas.teams(organisation):
        for each in rotas.holders(team, at):
            who = each.staff.name if each.staff else "nobody"
            if each.covers_for:
                who = f"{who} (covers for {each.covers_for.name})"
            if each.unfilled:
                who = f"{who}: {UNFILLED[each.unfilled]}"
            until = in_words(each.until) if each.until else ""
            yield team.organisation, team.role, each.post, who, until


@contextmanager
def _opened() -> Iterator[Database]:
    database = Database(settings_for("rota").database_url)
    try:
        yield database
    finally:
        database.close()


def _rota(file: Path, database: Database) -> Entries[Shift]:
    with file.open("rb") as stream:
        read = read_rota(stream, Teams(load_reference_data()), _ids(SqlStaff(database)))
    _refuse(read.problems)
    return read


def _ids(store: SqlStaff) -> Callable[[Sequence[str]], Mapping[str, str]]:
    def ids(references: Sequence[str]) -> Mapping[str, str]:
        found = store.by_reference(references)
        return {name: each.id for name, each in found.items() if each.left_at is None}

    return ids


def _put(read: Entries[Any], put: Callable[[], Changes]) -> Changes:
    try:
        return put()
    except FlawedRotaError as error:
        _refuse(_at_lines(read, error.faults))
        raise


def _at_lines(read: Entries[Any], faults: Sequence[EntryFault]) -> list[RowProblem]:
    return [RowProblem(read.lines[each.place], each.field, each.message) for each in faults]


def _refuse(problems: Sequence[RowProblem]) -> None:
    """Print what is wrong and stop; return when nothing is."""
    if not problems:
        return
    for each in describe_problems(problems):
        show(each)
    tell("Nothing was loaded. Correct the file and load it again.")
    raise typer.Exit(FAILED)
