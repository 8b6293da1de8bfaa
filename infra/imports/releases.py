"""Read a whole file of releases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final

from domain.identifiers import FieldError
from infra.imports.checks import date_faults
from infra.imports.columns import COLUMNS, OPTIONAL, parsers_for
from infra.imports.headings import Headings, read_headings
from infra.imports.line_reader import LineReader, RowError
from infra.imports.lines import Line, read_lines
from infra.imports.rows import ImportResult, ImportRow, RowProblem
from infra.reference_data.reference import ReferenceData

MOST_ROWS: Final = 50_000


def parse_releases(stream: BinaryIO, reference: ReferenceData, *, today: date) -> ImportResult:
    """Return every row that can be loaded and every problem, in the order of the file.

    The file is UTF-8 with or without a byte-order mark; the order of the columns is free; blank
    lines are skipped. A file with a missing column or with too many rows gives no rows at all.

    Args:
        stream: The bytes of the file, read once from where it stands.
        reference: The lists that codes are looked up in.
        today: The London date by which the future is judged.
    """
    lines = read_lines(stream)
    first = next(lines, None)
    if first is None:
        return ImportResult((), (RowProblem(1, "", "The file is empty"),))
    headings = read_headings(first, COLUMNS)
    if not headings.are_complete:
        return ImportResult((), headings.problems)
    reader = _RowReader(LineReader(headings, parsers_for(reference), OPTIONAL), today)
    return _read_rows(lines, headings, reader)


def _read_rows(lines: Iterable[Line], headings: Headings, reader: _RowReader) -> ImportResult:
    rows: list[ImportRow] = []
    problems = list(headings.problems)
    for count, line in enumerate(lines):
        if count == MOST_ROWS:
            reason = f"A file can have at most {MOST_ROWS} rows. Split it; nothing was read"
            return ImportResult((), (RowProblem(line.number, "", reason),))
        try:
            rows.append(reader.read(line))
        except RowError as refused:
            problems.extend(refused.problems)
    return ImportResult(tuple(rows), tuple(problems))


@dataclass(frozen=True, slots=True)
class _RowReader:
    """Reads line after line of one file, remembering which releases it has seen."""

    lines: LineReader
    today: date
    seen: dict[tuple[str, date], int] = field(default_factory=dict)

    def read(self, line: Line) -> ImportRow:
        values, faults = self.lines.values(line)
        faults.extend(date_faults(values, self.today))
        if faults:
            raise RowError(line.number, faults)
        row = ImportRow.model_validate({"line": line.number} | values)
        earlier = self.seen.setdefault((row.prison_number, row.reception_on), row.line)
        if earlier != row.line:
            reason = f"Line {earlier} has the same prison number and reception date"
            raise RowError(row.line, [FieldError("prison_number", reason)])
        return row
