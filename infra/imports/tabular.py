"""Read a small CSV file of any documented columns; releases have a reader of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple

from domain.identifiers import FieldError
from infra.imports.cells import CellParser, read_cell
from infra.imports.headings import Headings, read_headings
from infra.imports.lines import Line, read_lines
from infra.imports.rows import RowProblem

MOST_ROWS: Final = 50_000


class Column(NamedTuple):
    """How the cells of one column are read; its parser is not asked about an empty cell.

    Attributes:
        may_be_missing: A file need not have it; its rows are then without it, which is not empty.
    """

    parse: CellParser
    may_be_empty: bool = False
    may_be_missing: bool = False


class TableRow(NamedTuple):
    """One line whose cells could all be read; an empty cell is None."""

    line: int
    values: Mapping[str, Any]


class Table(NamedTuple):
    """Everything that a file holds, both in the order of its lines."""

    rows: tuple[TableRow, ...]
    problems: tuple[RowProblem, ...]


def read_table(stream: BinaryIO, columns: Mapping[str, Column]) -> Table:
    """Return every row that can be read and every problem.

    The file is UTF-8 with or without a byte-order mark; the order of the columns is free; blank
    lines are skipped. A file with a missing column or with too many rows gives no rows at all.
    """
    lines = read_lines(stream)
    first = next(lines, None)
    if first is None:
        return Table((), (RowProblem(1, "", "The file is empty"),))
    optional = [name for name, column in columns.items() if column.may_be_missing]
    headings = read_headings(first, tuple(columns), optional)
    if not headings.are_complete:
        return Table((), headings.problems)
    rows: list[TableRow] = []
    problems = list(headings.problems)
    for count, line in enumerate(lines):
        if count == MOST_ROWS:
            reason = f"A file can have at most {MOST_ROWS} rows. Split it; nothing was read"
            return Table((), (RowProblem(line.number, "", reason),))
        found = list(_read(line, headings, columns))
        problems.extend(each for each in found if isinstance(each, RowProblem))
        rows.extend(each for each in found if isinstance(each, TableRow))
    return Table(tuple(rows), tuple(problems))


def _read(
    line: Line, headings: Headings, columns: Mapping[str, Column]
) -> Iterator[RowProblem | TableRow]:
    """Yield the row, or everything that is wrong with it."""
    values: dict[str, object] = {}
    try:
        cells = headings.cells(line)
    except FieldError as fault:
        yield RowProblem(line.number, fault.field, fault.message)
        return
    for name, cell in cells.items():
        try:
            values[name] = _value(name, cell, columns[name])
        except FieldError as fault:
            yield RowProblem(line.number, name, fault.message)
    if len(values) == len(cells):
        yield TableRow(line.number, values)


def _value(name: str, cell: str, column: Column) -> object:
    def parse(text: str) -> object:
        return column.parse(text) if text else None

    return read_cell(name, cell, parse, may_be_empty=column.may_be_empty)
