"""Tell a person what was read, in lines for a terminal or a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from infra.imports.rows import RowProblem


class Read(Protocol):
    """What was read of a file, whatever its rows are."""

    @property
    def rows(self) -> Sequence[object]:
        """The rows that can be loaded."""

    @property
    def problems(self) -> Sequence[RowProblem]:
        """What is wrong with the others."""


def describe(result: Read, *, most: int = 100) -> tuple[str, ...]:
    """Return a sentence that sums up, then at most `most` problems by line.

    Nothing in it identifies anybody: places in the file and reasons only.
    """
    lines = len({problem.line for problem in result.problems})
    count = len(result.problems)
    summary = f"{len(result.rows)} rows can be loaded; {count} problems on {lines} lines."
    return (summary, *describe_problems(result.problems, most=most))


def describe_problems(problems: Sequence[RowProblem], *, most: int = 100) -> tuple[str, ...]:
    """Return at most `most` problems by line."""
    shown = tuple(_sentence(problem) for problem in sorted(problems)[:most])
    hidden = len(problems) - len(shown)
    rest = (f"... and {hidden} more problems.",) if hidden else ()
    return (*shown, *rest)


def _sentence(problem: RowProblem) -> str:
    place = f"line {problem.line}"
    if problem.column:
        place = f"{place}, {problem.column}"
    stop = "" if problem.reason.endswith("?") else "."
    return f"{place}: {problem.reason}{stop}"
