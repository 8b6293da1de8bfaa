"""The posts that a page can turn to, and the teams that fill them.

A new kind of post, or another place that a role works at, is the reason to change this file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from domain.access_table import PRISON_ROLES, team_of
from domain.codes import Role
from domain.journey import DEFINITIONS, Step


class Post(StrEnum):
    """A place on a rota, held by one person at a time."""

    DUTY = "duty"
    DEPUTY = "deputy"
    ON_CALL_MANAGER = "on_call_manager"
    TEAM_MANAGER = "team_manager"
    HEAD_OF_SERVICE = "head_of_service"
    SERVICE_OWNER = "service_owner"
    DEATH_LEAD = "death_lead"


class Team(NamedTuple):
    """The people of one role at one organisation.

    Attributes:
        organisation: The code of a prison, a probation unit or a drug service, or `WHOLE_SERVICE`.
        role: What they do there.
    """

    organisation: str
    role: Role


WHOLE_SERVICE: Final = "*"
"""The organisation of those who answer for the service itself."""

SERVICE_TEAM: Final = Team(WHOLE_SERVICE, Role.ADMIN)
"""Where a page ends when no team has filled the post it turns to."""

PARTIES: Final = (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROVIDER, Role.PROBATION)
"""The roles of the four parties to a handover (R37)."""

STAFFED: Final = frozenset({*PARTIES, Role.ADMIN})
"""The roles whose teams have rotas."""


FOR_THE_SERVICE: Final = frozenset({Post.SERVICE_OWNER, Post.DEATH_LEAD})
"""The only posts of the service's own team; any team may fill them for itself as well."""


def posts_of(team: Team) -> frozenset[Post]:
    """Return the posts that a page turns to in this team and nowhere else."""
    is_service = team.organisation == WHOLE_SERVICE
    return FOR_THE_SERVICE if is_service else frozenset(Post) - FOR_THE_SERVICE


def has_post(team: Team, post: Post) -> bool:
    """Return whether a page can ever turn to this post of this team."""
    return post in posts_of(team) | FOR_THE_SERVICE


class Places(NamedTuple):
    """Where one release is worked; `service` is None while no drug service is known."""

    prison: str
    probation_unit: str
    service: str | None


def team_at(role: Role, places: Places) -> Team:
    """Return the team of `role` that works on a release.

    While no drug service is known there is no provider to page, and the prison's resettlement
    team, which has yet to make the referral, stands in.
    """
    match role:
        case Role.PROBATION:
            return Team(places.probation_unit, role)
        case Role.PROVIDER if places.service is not None:
            return Team(places.service, role)
        case Role.PROVIDER:
            return Team(places.prison, Role.RESETTLEMENT)
        case Role.RESETTLEMENT | Role.HEALTHCARE:
            return Team(places.prison, role)
        case _:
            return SERVICE_TEAM


def team_for(step: Step | None, places: Places, *, handed_over: bool = False) -> Team:
    """Return the team that answers for a step; prison resettlement for what concerns no step.

    Args:
        step: The step, or None.
        places: Where the release is worked.
        handed_over: The prison's aftercare is over: its teams no longer see the release, and open
            work is its successor's in the community (`domain.access_table`).
    """
    if step is None:
        return team_at(Role.RESETTLEMENT, places)
    owner = DEFINITIONS[step].owner
    successors = team_of(step, released=True) - team_of(step, released=False)
    if handed_over and owner in PRISON_ROLES and successors:
        owner = min(successors)
    return team_at(owner, places)
