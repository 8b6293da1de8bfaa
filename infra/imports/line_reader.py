"""Read the cells of one line by the parsers of their columns, for any documented file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.identifiers import FieldError
from infra.imports.cells import CellParser, read_cell
from infra.imports.headings import Headings
from infra.imports.lines import Line
from infra.imports.rows import RowProblem


class RowError(Exception):
    """A line that is not a row that can be loaded.

    Attributes:
        problems: At least one.
        values: The attributes that could be read all the same.
    """

    def __init__(
        self, line: int, faults: Iterable[FieldError], values: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(line)
        self.problems = [RowProblem(line, fault.field, fault.message) for fault in faults]
        self.values = dict(values or {})


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads line after line of one file.

    Attributes:
        parsers: For each attribute of a row, its column and the parser of its cells.
        optional: The columns whose cells may be empty.
    """

    headings: Headings
    parsers: Mapping[str, tuple[str, CellParser]]
    optional: frozenset[str]

    def values(self, line: Line) -> tuple[dict[str, object], list[FieldError]]:
        """Return what could be read by attribute, and what is wrong with the rest.

        Raises:
            RowError: The line is not cells, or not as many as there are headings.
        """
        try:
            cells = self.headings.cells(line)
        except FieldError as fault:
            raise RowError(line.number, [fault]) from None
        values: dict[str, object] = {}
        faults: list[FieldError] = []
        for attribute, (column, parse) in self.parsers.items():
            try:
                empty = column in self.optional
                values[attribute] = read_cell(column, cells[column], parse, may_be_empty=empty)
            except FieldError as fault:
                # One column can fill two attributes; its fault is told once.
                if column not in {known.field for known in faults}:
                    faults.append(fault)
        return values, faults
