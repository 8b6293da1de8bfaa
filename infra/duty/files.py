"""Staff, rota and absence files: every row checked, every problem with its line and column.

The columns are described for people in `docs/rotas.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import BinaryIO, Generic, NamedTuple, TypeVar

from domain.codes import Role
from domain.duty.posts import Post, has_post
from domain.duty.rota import Absence, Shift
from domain.duty.staff import StaffEntry
from domain.identifiers import FieldError, parse_email, parse_name
from infra.duty.cells import NO_CONTACT, mobile_parser, moment, parse_account, parse_reference
from infra.duty.teams import Teams
from infra.imports.cells import choice
from infra.imports.rows import RowProblem
from infra.imports.tabular import Column, Table, TableRow, read_table

Entry = TypeVar("Entry")

StaffIds = Callable[[Sequence[str]], Mapping[str, str]]
"""Answers the ids of those references whose people work here."""


class Entries(NamedTuple, Generic[Entry]):
    """What a file holds.

    Attributes:
        entries: In the order of the file.
        lines: The line of each entry.
        problems: When there is any, the file cannot be used.
    """

    entries: tuple[Entry, ...]
    lines: tuple[int, ...]
    problems: tuple[RowProblem, ...]

    def name_of(self, place: int) -> str:
        """Return what the entry at a place is called."""
        return f"line {self.lines[place]}"


def read_staff(stream: BinaryIO, teams: Teams, *, allow_drama: bool) -> Entries[StaffEntry]:
    """Return the staff of a file; `allow_drama` accepts invented numbers."""
    columns = {
        "staff": Column(parse_reference),
        "name": Column(partial(parse_name, field="name")),
        "organisation": Column(str),
        "role": Column(choice("role", Role)),
        "email": Column(parse_email, may_be_empty=True),
        "mobile": Column(mobile_parser(allow_drama=allow_drama), may_be_empty=True),
        "account": Column(parse_account, may_be_empty=True, may_be_missing=True),
    }
    seen: dict[str, int] = {}

    def entry(row: TableRow) -> StaffEntry:
        given = row.values
        earlier = seen.setdefault(given["staff"], row.line)
        if earlier != row.line:
            raise FieldError("staff", f"Line {earlier} has the same reference")
        if not given["email"] and not given["mobile"]:
            raise FieldError("email", NO_CONTACT)
        team = teams.team(given["role"], given["organisation"])
        account = (given["account"] or "") if "account" in given else None
        contacts = (given["email"], given["mobile"])
        return StaffEntry(given["staff"], given["name"], team, *contacts, account)

    return _entries(read_table(stream, columns), entry)


def read_rota(stream: BinaryIO, teams: Teams, staff_ids: StaffIds) -> Entries[Shift]:
    """Return the shifts of a file."""
    columns = {
        "organisation": Column(str),
        "role": Column(choice("role", Role)),
        "post": Column(choice("post", Post)),
        "staff": Column(parse_reference),
        "starts_at": Column(moment("starts_at")),
        "ends_at": Column(moment("ends_at"), may_be_empty=True),
    }
    table = read_table(stream, columns)
    known = _known(table, ("staff",), staff_ids)

    def entry(row: TableRow) -> Shift:
        given = row.values
        team = teams.team(given["role"], given["organisation"])
        if not has_post(team, given["post"]):
            raise FieldError("post", "The service's own team has a service_owner and a death_lead")
        staff_id = _id(known, given["staff"], "staff")
        return Shift(given["post"], team, staff_id, given["starts_at"], given["ends_at"])

    return _entries(table, entry)


def read_absences(stream: BinaryIO, staff_ids: StaffIds) -> Entries[Absence]:
    """Return the absences of a file."""
    columns = {
        "staff": Column(parse_reference),
        "starts_at": Column(moment("starts_at")),
        "ends_at": Column(moment("ends_at"), may_be_empty=True),
        "cover": Column(partial(parse_reference, field="cover"), may_be_empty=True),
    }
    table = read_table(stream, columns)
    known = _known(table, ("staff", "cover"), staff_ids)

    def entry(row: TableRow) -> Absence:
        given = row.values
        staff_id = _id(known, given["staff"], "staff")
        cover = _id(known, given["cover"], "cover") if given["cover"] else None
        return Absence(staff_id, given["starts_at"], given["ends_at"], cover)

    return _entries(table, entry)


def _known(table: Table, columns: Sequence[str], staff_ids: StaffIds) -> Mapping[str, str]:
    given = {row.values[column] for row in table.rows for column in columns}
    return staff_ids(sorted(filter(None, given)))


def _id(known: Mapping[str, str], reference: str, column: str) -> str:
    if reference not in known:
        raise FieldError(column, "Nobody who works here has this reference. Load the staff first")
    return known[reference]


def _entries(table: Table, entry: Callable[[TableRow], Entry]) -> Entries[Entry]:
    entries: list[Entry] = []
    lines: list[int] = []
    problems = list(table.problems)
    for row in table.rows:
        try:
            entries.append(entry(row))
            lines.append(row.line)
        except FieldError as fault:
            problems.append(RowProblem(row.line, fault.field, fault.message))
    return Entries(tuple(entries), tuple(lines), tuple(sorted(problems)))
