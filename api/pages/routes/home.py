"""The home page: what to do next, for each role; and the way on for roles without people."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import EscalationFilter, PageOf, Turn
from api.pages.accounts import Account
from api.pages.answers import page, see
from api.pages.escalating import line_of
from api.pages.owner_tally import owner_tally
from api.pages.restricting import Line as Restricted
from api.pages.restricting import lines_of as lines_of_restrictions
from api.pages.security import SignedIn
from api.pages.tally import Number, tally_of
from api.pages.worklists import COMMUNITY, WORKLISTS, meetings_of, news_for, shown_of
from api.ports import Services
from api.security import Given
from domain.access import Scope, scope_of
from domain.codes import Role
from domain.london_time import london_date

router = APIRouter(include_in_schema=False)

MOST_URGENT: Final = 5


@router.get("/")
async def home(account: SignedIn, request: Request, services: Given) -> Response:
    """Show what waits for whoever is signed in."""
    if account.role is Role.COMMISSIONER:
        return see("/dashboard")
    if account.role not in WORKLISTS:
        return await _without_people(request, services, account)
    today = london_date(services.now())
    scope = scope_of(account.subject, today)
    return page(
        request,
        "home.html",
        title="Home",
        tally=await tally_of(services, account, scope),
        lists=[await shown_of(services, each, account, scope) for each in WORKLISTS[account.role]],
        escalations=await _escalations(services, account, scope),
        news=await news_for(services, account, scope),
        meetings=await meetings_of(services, scope, today) if account.role in COMMUNITY else None,
        may_start=account.role is Role.RESETTLEMENT,
    )


async def _without_people(request: Request, services: Services, account: Account) -> Response:
    """Show the way on and, to the service owner, what waits for them."""
    alarms: list[Restricted] = []
    numbers: tuple[Number, ...] = ()
    if account.role is Role.ADMIN:
        alarms = [each for each in await lines_of_restrictions(services) if each.alarm]
        numbers = await owner_tally(services, account, alarms)
    return page(
        request,
        "home_without_people.html",
        title="Home",
        name=account.name,
        alarms=alarms,
        numbers=numbers,
    )


async def _escalations(services: Services, account: Account, scope: Scope) -> dict[str, object]:
    """Return the most urgent that it is the account's turn to act on, and how many others wait."""
    turn = Turn(account.role, account.subject.id)
    found = await services.reads.escalations(
        EscalationFilter(turn=turn), scope, PageOf(size=MOST_URGENT)
    )
    others = await services.reads.escalations(
        EscalationFilter(turn=turn.others), scope, PageOf(size=1)
    )
    now = services.now()
    return {
        "total": found.total,
        "others": others.total,
        "lines": [line_of(each, account, {}, now) for each in found.rows],
    }
