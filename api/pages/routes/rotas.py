"""Rotas: the teams with who is on duty now and next, and one team with the weeks ahead."""

from __future__ import annotations

from math import ceil
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.duty_records import Outlook
from api.pages.accounts import Account
from api.pages.answers import Link, page
from api.pages.paging import pagination, part_of, read_page
from api.pages.roles import ROLES
from api.pages.rotas.absent import AwayView, away_of
from api.pages.rotas.board import lines_of, teams_with_gaps, week_of
from api.pages.rotas.listing import WHOSE, Listed, Wanted, Whose, read_wanted, teams_for
from api.pages.rotas.people import staff_of
from api.pages.rotas.team import WEEKS, Viewed, contact_of, end_of, weeks_ahead
from api.pages.rotas.words import address_of, team_title
from api.pages.security import RotaReader
from api.ports import Services
from api.security import Given
from api.teams import team_named
from domain.codes import Role
from domain.duty.access import knows, looks_after
from domain.duty.posts import PARTIES, Team

router = APIRouter(include_in_schema=False, prefix="/rotas")

PER_PAGE: Final = 25
LIST: Final = Link("Rotas", "/rotas")


@router.get("")
async def list_rotas(account: RotaReader, request: Request, services: Given) -> Response:
    """Show a page of the teams that were asked for, each with its first post."""
    wanted = read_wanted(request.query_params)
    part = read_page(request.query_params, PER_PAGE)
    listed, week = await _found(services, wanted, account)
    shown = listed[part.offset : part.offset + part.size]
    if week is None:
        week = await week_of(services, [each.team for each in shown], services.now())
    return page(
        request,
        "rotas.html",
        title="Rotas",
        wanted=wanted,
        tabs=_tabs(wanted, account),
        roles={each: ROLES[each] for each in PARTIES},
        lines=lines_of(shown, week, services.place_names),
        part=part_of(part, len(shown), len(listed)),
        pagination=pagination(part.number, ceil(len(listed) / part.size), wanted.href),
        manages=account.subject.manager or account.role is Role.ADMIN,
    )


async def _found(
    services: Services, wanted: Wanted, account: Account
) -> tuple[tuple[Listed, ...], Outlook | None]:
    """Return the teams; for those with a gap the whole week of all of them had to be read."""
    if wanted.whose is Whose.GAPS:
        return await teams_with_gaps(services, wanted, account.subject)
    return teams_for(wanted, account.subject, services.place_names), None


def _tabs(wanted: Wanted, account: Account) -> list[dict[str, object]]:
    own = "Every team" if account.role is Role.ADMIN else WHOSE[Whose.OWN]
    tabs = {each: own if each is Whose.OWN else text for each, text in WHOSE.items()}
    if account.role is Role.ADMIN:
        del tabs[Whose.ALL]  # their own are all there are
    return [
        {"text": text, "href": wanted.but(each).href(), "active": each is wanted.whose}
        for each, text in tabs.items()
    ]


@router.get("/{role}/{organisation}")
async def show_rota(
    role: str, organisation: str, account: RotaReader, request: Request, services: Given
) -> Response:
    """Show one team: its posts now, next and ahead, what is missing, who is away."""
    team = team_named(services, role, organisation)
    subject, now = account.subject, services.now()
    weeks = weeks_ahead(request.query_params.get("weeks"))
    looked = await services.duty.rotas.outlook([team], None, now, end_of(now, weeks))
    may_change = looks_after(subject, team)
    view = Viewed(team, looked, services.place_names, may_change=may_change)
    title = team_title(team, services.place_names)
    return page(
        request,
        "rota.html",
        title=f"Rota: {title}",
        crumbs=[LIST, Link(title, address_of(team))],
        address=address_of(team),
        view=view,
        weeks=weeks,
        choices=WEEKS,
        knows=knows(subject, team),
        people=await _people(services, account, team),
        away=await _away(services, account, team),
    )


async def _people(services: Services, account: Account, team: Team) -> list[dict[str, object]]:
    if not knows(account.subject, team):
        return []
    may_see = looks_after(account.subject, team)
    return [
        {"name": each.name, "contact": contact_of(each, may_see=may_see)}
        for each in await staff_of(services, team)
        if each.left_at is None
    ]


async def _away(services: Services, account: Account, team: Team) -> list[AwayView]:
    if not knows(account.subject, team):
        return []
    may_change = looks_after(account.subject, team)
    found = await services.duty.staff.away(team)
    return [away_of(each, team, services, may_change=may_change) for each in found]
