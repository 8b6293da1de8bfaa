"""Which data-quality tasks somebody wants to see, as the address has it, and each as a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, urlencode

from api.duty_records import TaskRecord
from api.pages.places import PlaceNames
from api.pages.rotas import listing
from api.pages.rotas.task_words import WRONG
from api.pages.rotas.words import POSTS, team_title
from domain.access import Subject
from domain.codes import Role
from domain.duty.access import TeamScope, team_scope_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that is chosen; the defaults leave no trace in the address.

    Attributes:
        place: A part of a place's name.
    """

    is_open: bool = True
    role: Role | None = None
    place: str = ""

    def href(self, page: int = 1) -> str:
        """Return the address of a page of this list."""
        told = {
            "state": "" if self.is_open else "closed",
            "role": self.role,
            "place": self.place,
            "page": str(page) if page > 1 else "",
        }
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/quality-tasks?{query}" if query else "/quality-tasks"

    def but(self, *, is_open: bool) -> Wanted:
        """Return the same teams' open or closed tasks."""
        return replace(self, is_open=is_open)

    def scope(self, subject: Subject, places: PlaceNames) -> TeamScope:
        """Return the teams that are wanted, of those whose tasks the subject sees."""
        own = team_scope_of(subject)
        if self.role is None and not self.place:
            return own
        teams = listing.teams_for(listing.Wanted(role=self.role, place=self.place), subject, places)
        codes = frozenset(each.team.organisation for each in teams)
        if own.role is not None and self.role not in (None, own.role):
            return TeamScope(own.role, frozenset())
        return TeamScope(self.role or own.role, codes)


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Return what an address says; whatever it says wrongly is left out."""
    teams = listing.read_wanted(query)
    return Wanted(query.get("state") != "closed", teams.role, teams.place)


class Line(NamedTuple):
    """One task: about a post, or about somebody."""

    href: str
    wrong: str
    about: str
    team: str
    since: datetime
    closed_at: datetime | None


def line_of(task: TaskRecord, places: PlaceNames) -> Line:
    """Return a task as one line."""
    return Line(
        href=address_of(task.id),
        wrong=WRONG[task.reason],
        about=about(task),
        team=team_title(task.team, places),
        since=task.opened_at,
        closed_at=task.closed_at,
    )


def about(task: TaskRecord) -> str:
    """Return what a task touches: somebody by name, a post, or named workers."""
    if task.staff is not None:
        return task.staff.name
    return POSTS[task.post] if task.post else "Named worker"


def address_of(task_id: str) -> str:
    """Return where a task is shown; ids are codes."""
    return f"/quality-tasks/{quote(task_id, safe='')}"
