"""Check the first line: which column is where, and what is wrong with the headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from infra.imports.columns import COLUMNS
from infra.imports.lines import Line
from infra.imports.rows import RowProblem


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file in its own order; an unknown heading is None.

    Attributes:
        columns: One per heading.
        problems: What is wrong; a row can be read only when no column is missing or repeated.
        documented: The columns that the file must have.
    """

    columns: tuple[str | None, ...]
    problems: tuple[RowProblem, ...]
    documented: tuple[str, ...] = COLUMNS

    @property
    def are_complete(self) -> bool:
        """Whether each documented column is there exactly once."""
        return Counter(filter(None, self.columns)) == Counter(self.documented)


def read_headings(line: Line, documented: tuple[str, ...] = COLUMNS) -> Headings:
    """Return the headings; capitals and spaces around them do not matter.

    An unknown heading is named by its place, because the headings may be missing and the first
    line may be somebody's record.
    """
    if line.fault:
        return Headings((), (RowProblem(line.number, "", line.fault),), documented)
    names = [cell.casefold() for cell in line.cells]
    columns = tuple(name if name in documented else None for name in names)
    if not any(columns):
        reason = f"The first line must hold the headings: {', '.join(documented)}"
        return Headings((), (RowProblem(line.number, "", reason),), documented)
    unknown = [place for place, column in enumerate(columns, start=1) if column is None]
    counts = Counter(columns)
    problems = [
        *((name, "This column is missing") for name in documented if not counts[name]),
        *((name, "This column is there more than once") for name in documented if counts[name] > 1),
        *(("", f"Heading {place} is not a documented column") for place in unknown),
    ]
    found = tuple(RowProblem(line.number, *problem) for problem in problems)
    return Headings(columns, found, documented)
