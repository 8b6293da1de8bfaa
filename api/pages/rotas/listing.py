"""Which teams' rotas somebody wants to see, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import urlencode

from api.pages.places import Place, PlaceNames
from api.pages.rotas.words import place_name
from domain.access import Subject
from domain.codes import Role
from domain.duty.access import knows
from domain.duty.posts import PARTIES, SERVICE_TEAM, Team

LONGEST: Final = 60


class Whose(StrEnum):
    """The lists there are."""

    OWN = "own"
    ALL = "all"
    GAPS = "gaps"


WHOSE: Final = {
    Whose.OWN: "Your teams",
    Whose.ALL: "All teams",
    Whose.GAPS: "Teams with a gap",
}


class Listed(NamedTuple):
    """A team, and the name of where it works."""

    team: Team
    place: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that is chosen; the defaults leave no trace in the address.

    Attributes:
        place: A part of a place's name.
    """

    whose: Whose = Whose.OWN
    role: Role | None = None
    place: str = ""

    def href(self, page: int = 1) -> str:
        """Return the address of a page of this list."""
        told = {
            "whose": self.whose if self.whose is not Whose.OWN else None,
            "role": self.role,
            "place": self.place,
            "page": str(page) if page > 1 else None,
        }
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/rotas?{query}" if query else "/rotas"

    def but(self, whose: Whose) -> Wanted:
        """Return the same choice of another list."""
        return replace(self, whose=whose)

    def shows(self, listed: Listed, subject: Subject) -> bool:
        """Return whether a team is wanted."""
        return (
            self.role in (None, listed.team.role)
            and self.place.casefold() in listed.place.casefold()
            and (self.whose is not Whose.OWN or knows(subject, listed.team))
        )


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Return what an address says; whatever it says wrongly is left out."""
    return Wanted(
        whose=next((each for each in Whose if each.value == query.get("whose")), Whose.OWN),
        role=next((each for each in PARTIES if each.value == query.get("role")), None),
        place=" ".join(query.get("place", "").split())[:LONGEST],
    )


def teams_for(wanted: Wanted, subject: Subject, places: PlaceNames) -> tuple[Listed, ...]:
    """Return the teams that are wanted, the service's own first, then by place."""
    every = [Listed(SERVICE_TEAM, place_name(SERVICE_TEAM, places)), *_parties(places)]
    return tuple(each for each in every if wanted.shows(each, subject))


def _parties(places: PlaceNames) -> Sequence[Listed]:
    prisons = places.prisons()
    known: dict[Role, tuple[Place, ...]] = {
        Role.RESETTLEMENT: prisons,
        Role.HEALTHCARE: prisons,
        Role.PROBATION: places.probation_units(),
        Role.PROVIDER: places.services(),
    }
    found = [Listed(Team(each.code, role), each.name) for role in PARTIES for each in known[role]]
    return sorted(found, key=lambda each: each.place)
