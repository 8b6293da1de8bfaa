"""Posts, teams and what is wrong with a rota, in words for staff."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote

from api.duty_records import StaffRecord
from api.pages.dates import clock, short_day
from api.pages.places import PlaceNames
from api.pages.roles import ROLES
from domain.codes import Role
from domain.duty.posts import SERVICE_TEAM, Post, Team
from domain.duty.rota import Unfilled
from domain.london_time import LONDON, london_date

POSTS: Final = {
    Post.DUTY: "Duty",
    Post.DEPUTY: "Deputy",
    Post.ON_CALL_MANAGER: "On-call manager",
    Post.TEAM_MANAGER: "Team manager",
    Post.HEAD_OF_SERVICE: "Head of service",
    Post.SERVICE_OWNER: "Service owner",
    Post.DEATH_LEAD: "Lead when a person has died",
}
"""What a post is called."""

TURNED_TO: Final = {
    Post.DUTY: "Called first, for what threatens a life, and whenever a named worker is missing",
    Post.DEPUTY: "Called when whoever is on duty does not answer",
    Post.ON_CALL_MANAGER: "Called when the deputy does not answer",
    Post.TEAM_MANAGER: "Called when the named worker does not answer",
    Post.HEAD_OF_SERVICE: "Called after the team manager",
    Post.SERVICE_OWNER: "Called when everybody else was tried",
    Post.DEATH_LEAD: "The only one who is told when a person has died",
}
"""When a post is turned to; docs/rotas.md has the same."""

WHY_EMPTY: Final = {
    Unfilled.EMPTY_ROTA: "no shift runs then",
    Unfilled.ABSENT_WITHOUT_COVER: "whoever has the shift is away or has left, and nobody covers",
    Unfilled.NOBODY_NAMED: "nobody is named",
    Unfilled.COVER_LOOP: "those who cover for one another are all away",
}
TO_DO: Final = {
    Unfilled.EMPTY_ROTA: "Put somebody on",
    Unfilled.ABSENT_WITHOUT_COVER: "Put somebody else on, or name cover in the absence",
    Unfilled.NOBODY_NAMED: "Name somebody",
    Unfilled.COVER_LOOP: "Put somebody on who is there, or change the cover",
}
"""What ends each kind of gap."""

FURTHER_NOTICE: Final = "further notice"


def team_title(team: Team, places: PlaceNames) -> str:
    """Return a team as a heading: `Leeds, prison resettlement`."""
    if team == SERVICE_TEAM:
        return "The service itself"
    return f"{place_name(team, places)}, {ROLES[team.role].lower()}"


def place_name(team: Team, places: PlaceNames) -> str:
    """Return what the organisation of a team is called."""
    named = {
        Role.RESETTLEMENT: places.prison,
        Role.HEALTHCARE: places.prison,
        Role.PROBATION: places.probation_unit,
        Role.PROVIDER: places.service,
    }
    return named[team.role](team.organisation) if team.role in named else "The service itself"


def address_of(team: Team) -> str:
    """Return where the rota of a team is; codes only."""
    return f"/rotas/{team.role.value}/{quote(team.organisation, safe='*')}"


def short_moment(at: datetime) -> str:
    """Return a time of a rota: `Thu 26 Nov 2026, 8am`.

    In the hour that happens twice when the clocks go back, BST or GMT says which of the two it is.
    """
    shown = at.astimezone(LONDON)
    words = f"{shown:%a} {shown.day} {shown:%b %Y}, {clock(shown.time())}"
    return f"{words} {shown.tzname()}" if is_repeated(at) else words


def short_day_before(end: datetime) -> str:
    """Return the last London day before an end, such as `Thu 26 Nov 2026`."""
    on = london_date(end - timedelta(microseconds=1))
    return f"{on:%a} {short_day(on)}"


def is_repeated(at: datetime) -> bool:
    """Return whether the London clock shows the time of this instant twice that night."""
    shown = at.astimezone(LONDON)
    return shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()


def until(at: datetime | None) -> str:
    """Return until when, to go on with after "until"."""
    return short_moment(at) if at else FURTHER_NOTICE


def channels(staff: StaffRecord) -> str:
    """Return by what somebody can be reached, without how."""
    ways = ("Phone" if staff.mobile else "", "e-mail" if staff.email else "")
    return " and ".join(filter(None, ways)).capitalize()
