"""Check the first line: which column is where, and what is wrong with the headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.identifiers import FieldError
from infra.imports.lines import Line
from infra.imports.rows import RowProblem


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file in its own order; an unknown heading is None.

    Attributes:
        documented: The columns that a file of this kind has.
        optional: Those of them that it may be without.
        columns: One per heading.
        problems: What is wrong; a row can be read only when no column is missing or repeated.
    """

    documented: Sequence[str]
    columns: tuple[str | None, ...]
    problems: tuple[RowProblem, ...]
    optional: Collection[str] = ()

    @property
    def are_complete(self) -> bool:
        """Whether each documented column is there exactly once; an optional one at most once."""
        given = Counter(filter(None, self.columns))
        missing = set(self.documented) - set(given)
        return missing <= set(self.optional) and max(given.values(), default=0) == 1

    def cells(self, line: Line) -> Mapping[str, str]:
        """Return the cells of a line by their columns.

        Raises:
            FieldError: Of no column; the line could not be read, or has not one cell a heading.
        """
        wanted, found = len(self.columns), len(line.cells)
        fault = line.fault
        if fault is None and found != wanted:
            fault = f"This line has {found} cells where the headings are {wanted}"
        if fault:
            raise FieldError("", fault)
        pairs = zip(self.columns, line.cells, strict=True)
        return {column: cell for column, cell in pairs if column}


def read_headings(
    line: Line, documented: Sequence[str], optional: Collection[str] = ()
) -> Headings:
    """Return the headings; capitals and spaces around them do not matter.

    An unknown heading is named by its place, because the headings may be missing and the first
    line may be somebody's record.
    """
    if line.fault:
        return Headings(documented, (), (RowProblem(line.number, "", line.fault),))
    names = [cell.casefold() for cell in line.cells]
    columns = tuple(name if name in documented else None for name in names)
    if not any(columns):
        reason = f"The first line must hold the headings: {', '.join(documented)}"
        return Headings(documented, (), (RowProblem(line.number, "", reason),))
    unknown = [place for place, column in enumerate(columns, start=1) if column is None]
    counts = Counter(columns)
    needed = [name for name in documented if name not in optional]
    problems = [
        *((name, "This column is missing") for name in needed if not counts[name]),
        *((name, "This column is there more than once") for name in documented if counts[name] > 1),
        *(("", f"Heading {place} is not a documented column") for place in unknown),
    ]
    told = tuple(RowProblem(line.number, *problem) for problem in problems)
    return Headings(documented, columns, told, optional)
