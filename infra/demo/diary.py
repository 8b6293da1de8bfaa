"""What is recorded of one invented release: facts as they came true, none in the future."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from domain.codes import Role
from domain.commands import Actor, Command, RecordRelease, Submission
from domain.deciding import NewRelease
from domain.london_time import london_date
from infra.demo.case import IMPORTER, Case


class Journey(NamedTuple):
    """Everything that is asked of the engine for one invented release.

    Attributes:
        with_start: Accepted together with the start; None when nothing is known yet.
        afterwards: Submitted one after the other, once the start is accepted.
    """

    new: NewRelease
    with_start: Submission | None
    afterwards: tuple[Submission, ...]


class Diary:
    """Collects the facts of one release, in any order.

    Attributes:
        case: The release it is about.
    """

    def __init__(self, case: Case) -> None:
        """Begin an empty diary."""
        self.case = case
        self._entries: list[tuple[date, Command]] = []
        self._afterwards: list[tuple[Role, tuple[Command, ...]]] = []

    def write(self, *commands: Command) -> None:
        """Record each on the day it was true; one that is not true yet is left out."""
        self._entries += [(_day(each), each) for each in self._true(commands)]

    def afterwards(self, role: Role, *commands: Command) -> None:
        """Submit these together, once the written ones are accepted and overdue work has lapsed."""
        true = self._true(commands)
        if true:
            self._afterwards.append((role, true))

    def journey(self) -> Journey:
        """Return what was recorded, oldest first; facts of one day stay as they were written."""
        facts = tuple(command for _, command in sorted(self._entries, key=_on))
        first = Submission(key="demo-0", actor=IMPORTER, commands=facts) if facts else None
        later = tuple(
            Submission(
                key=f"demo-{place}", actor=Actor(id=f"demo-{role}", role=role), commands=asked
            )
            for place, (role, asked) in enumerate(self._afterwards, start=1)
        )
        return Journey(self.case.new, first, later)

    def _true(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        return tuple(each for each in commands if _day(each) <= self.case.today)


Tell = Callable[[Diary], None]
"""Writes a plot, or a part of one, into a diary."""


def _on(entry: tuple[date, Command]) -> date:
    return entry[0]


def _day(command: Command) -> date:
    """Return the day the fact is true; what has no day, such as taking work on, fits any."""
    if isinstance(command, RecordRelease):
        return london_date(command.at)
    on: date | None = getattr(command, "on", None)
    return on or date.min
