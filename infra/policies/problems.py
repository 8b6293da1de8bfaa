"""What is wrong with a policy document, said so that its author finds the place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain.errors import ThroughcareError

Path = tuple[str | int, ...]
"""Where in the document: keys, and positions in lists from 0."""


class Finding(NamedTuple):
    """Something to correct at a place, whose line is not looked up yet."""

    path: Path
    message: str


class Problem(NamedTuple):
    """One thing to correct; `line` is None only when the file itself cannot be read."""

    line: int | None
    path: Path
    message: str


class PolicyError(ThroughcareError):
    """The document cannot be used, for one or more reasons; no policy is loaded from it.

    Attributes:
        file: The name of the file, without its folder.
        problems: Everything that was found, in the order of the lines.
    """

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        """Build one line of text for each problem: file, line, place, what to do."""
        self.file = file
        self.problems = tuple(sorted(problems, key=lambda each: each.line or 0))
        super().__init__("\n".join(_line(file, each) for each in self.problems))


def _line(file: str, problem: Problem) -> str:
    where = file if problem.line is None else f"{file}:{problem.line}"
    place = ".".join(str(part) for part in problem.path)
    return f"{where}: {place}: {problem.message}" if place else f"{where}: {problem.message}"
