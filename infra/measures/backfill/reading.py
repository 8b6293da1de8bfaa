"""Read a whole file of past releases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Final

from domain.identifiers import FieldError
from infra.imports.headings import read_headings
from infra.imports.line_reader import LineReader, RowError
from infra.imports.lines import Line, read_lines
from infra.imports.rows import RowProblem
from infra.measures.backfill.checks import date_faults
from infra.measures.backfill.columns import COLUMNS, OPTIONAL, parsers_for
from infra.measures.backfill.rows import BackfillFile, BadLine, PastRelease
from infra.reference_data.reference import ReferenceData

MOST_ROWS: Final = 1_000_000


def parse_past_releases(
    stream: BinaryIO, reference: ReferenceData, *, today: date, most: int = MOST_ROWS
) -> BackfillFile:
    """Return every row that can be loaded, every line that cannot, and why, in order.

    The form of the file is that of `infra.imports.releases`. A file with a missing column or with
    too many rows gives no rows at all.

    Args:
        stream: The bytes of the file, read once from where it stands.
        reference: The lists that codes are looked up in.
        today: The London date by which the future is judged.
        most: How many rows a file can have.
    """
    lines = read_lines(stream)
    first = next(lines, None)
    if first is None:
        return BackfillFile((), (), (RowProblem(1, "", "The file is empty"),))
    headings = read_headings(first, COLUMNS)
    if not headings.are_complete:
        return BackfillFile((), (), headings.problems)
    reader = _RowReader(LineReader(headings, parsers_for(reference), OPTIONAL), today)
    return _read_rows(lines, headings.problems, reader, most)


def _read_rows(
    lines: Iterable[Line], found: Iterable[RowProblem], reader: _RowReader, most: int
) -> BackfillFile:
    rows: list[PastRelease] = []
    bad: list[BadLine] = []
    problems = list(found)
    for count, line in enumerate(lines):
        if count == most:
            reason = f"A file can have at most {most} rows. Split it; nothing was read"
            return BackfillFile((), (), (RowProblem(line.number, "", reason),))
        try:
            rows.append(reader.read(line))
        except RowError as refused:
            problems.extend(refused.problems)
            bad.append(_bad_line(line.number, refused.values))
    return BackfillFile(tuple(rows), tuple(bad), tuple(problems))


def _bad_line(number: int, values: dict[str, Any]) -> BadLine:
    return BadLine(number, values.get("left_on"), values.get("local_authority"))


@dataclass(frozen=True, slots=True)
class _RowReader:
    """Reads line after line of one file, remembering which releases it has seen."""

    lines: LineReader
    today: date
    seen: dict[tuple[str, date], int] = field(default_factory=dict)

    def read(self, line: Line) -> PastRelease:
        values, faults = self.lines.values(line)
        faults.extend(date_faults(values, self.today))
        if faults:
            raise RowError(line.number, faults, values)
        row = PastRelease.model_validate({"line": line.number} | values)
        earlier = self.seen.setdefault((row.prison_number, row.reception_on), row.line)
        if earlier != row.line:
            reason = f"Line {earlier} has the same prison number and reception date"
            raise RowError(row.line, [FieldError("prison_number", reason)], values)
        return row
