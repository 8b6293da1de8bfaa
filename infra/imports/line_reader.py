"""Read the cells of one line by the parsers of their columns, for any documented file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.identifiers import FieldError
from infra.imports.columns import LONGEST_CELL, CellParser
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
        cells = self._cells(line)
        values: dict[str, object] = {}
        faults: list[FieldError] = []
        for attribute, (column, parse) in self.parsers.items():
            try:
                values[attribute] = self._value(column, cells[column], parse)
            except FieldError as fault:
                # One column can fill two attributes; its fault is told once.
                if column not in {known.field for known in faults}:
                    faults.append(fault)
        return values, faults

    def _cells(self, line: Line) -> Mapping[str, str]:
        wanted, found = len(self.headings.columns), len(line.cells)
        fault = line.fault
        if fault is None and found != wanted:
            fault = f"This line has {found} cells where the headings are {wanted}"
        if fault:
            raise RowError(line.number, [FieldError("", fault)])
        pairs = zip(self.headings.columns, line.cells, strict=True)
        return {column: cell for column, cell in pairs if column}

    def _value(self, column: str, cell: str, parse: CellParser) -> object:
        if not cell and column not in self.optional:
            raise FieldError(column, "This cell cannot be empty")
        if len(cell) > LONGEST_CELL:
            raise FieldError(column, f"A cell can have at most {LONGEST_CELL} characters")
        value: object = parse(cell)
        return value
