"""Teams in a list: who is on duty now, who is next, and whether the coming week is filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from api.duty_records import Outlook
from api.pages.due import Tag
from api.pages.places import PlaceNames
from api.pages.roles import ROLES
from api.pages.rotas.holding import Held, held_by
from api.pages.rotas.listing import Listed, Wanted, teams_for
from api.pages.rotas.words import address_of, short_moment
from api.ports import Services
from domain.access import Subject
from domain.duty.outlook import Stretch
from domain.duty.posts import SERVICE_TEAM, Post, Team
from domain.london_time import end_of_day, london_date

AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One team.

    Attributes:
        now: Who is turned to first.
        next: Who comes after; None when nothing changes within the week.
        tag: How the week ahead is filled.
    """

    href: str
    place: str
    role: str
    now: Held
    next: Held | None
    tag: Tag


def first_post(team: Team) -> Post:
    """Return the post that a list tells of: the first that a page turns to in a team."""
    return Post.SERVICE_OWNER if team == SERVICE_TEAM else Post.DUTY


async def week_of(services: Services, teams: Sequence[Team], now: datetime) -> Outlook:
    """Return who holds the first post of teams through the coming week."""
    posts = sorted({first_post(each) for each in teams})
    return await services.duty.rotas.outlook(
        teams, posts, now, end_of_day(london_date(now) + AHEAD)
    )


async def teams_with_gaps(
    services: Services, wanted: Wanted, subject: Subject
) -> tuple[tuple[Listed, ...], Outlook]:
    """Return the teams of a choice with a gap, and the week of all it was found in.

    The week of every team is read at once, in a few queries however many teams there are.
    """
    listed = teams_for(wanted, subject, services.place_names)
    week = await week_of(services, [each.team for each in listed], services.now())
    return tuple(each for each in listed if has_gap(each.team, week)), week


def lines_of(listed: Iterable[Listed], week: Outlook, places: PlaceNames) -> list[Line]:
    """Return teams as lines, in the order given."""
    return [_line(each, week, places) for each in listed]


def has_gap(team: Team, week: Outlook) -> bool:
    """Return whether the first post of a team stands empty at any time of the week."""
    return any(each.is_empty for each in _stretches(team, week))


def _line(listed: Listed, week: Outlook, places: PlaceNames) -> Line:
    found = _stretches(listed.team, week)
    now, later = found[0], [each for each in found if each.held != found[0].held]
    return Line(
        href=address_of(listed.team),
        place=listed.place,
        role=ROLES[listed.team.role],
        now=held_by(now, week, listed.team, places),
        next=held_by(later[0], week, listed.team, places) if later else None,
        tag=_tag(found),
    )


def _tag(found: Sequence[Stretch]) -> Tag:
    if found[0].is_empty:
        return Tag("Nobody now", "govuk-tag--red")
    empty = next((each for each in found if each.is_empty), None)
    if empty is not None:
        return Tag(f"Nobody from {short_moment(empty.starts_at)}", "govuk-tag--yellow")
    return Tag("Filled for 7 days", "govuk-tag--green")


def _stretches(team: Team, week: Outlook) -> tuple[Stretch, ...]:
    return week.rotas[team, first_post(team)]
