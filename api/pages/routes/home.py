"""The home page: what to do next, for each role; and the way on for roles that see no person."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import EscalationFilter, PageOf, ReleaseFilter
from api.pages.accounts import Account
from api.pages.answers import page
from api.pages.due import due_tag
from api.pages.security import SignedIn
from api.pages.worklists import NEAR, WORKLISTS, lines_of
from api.ports import Services
from api.security import Given
from domain.access import Scope, scope_of
from domain.codes import Role
from domain.journey import DEFINITIONS
from domain.london_time import london_date

router = APIRouter(include_in_schema=False)

MOST_URGENT = 5
_ONE = PageOf(size=1)


@router.get("/")
async def home(account: SignedIn, request: Request, services: Given) -> Response:
    """Show what waits for whoever is signed in."""
    if account.role not in WORKLISTS:
        return page(request, "home_without_people.html", title="Home", name=account.name)
    today = london_date(services.now())
    scope = scope_of(account.subject, today)
    lists = [
        (each, await lines_of(services, each, account.role, scope, today))
        for each in WORKLISTS[account.role]
    ]
    return page(
        request,
        "home.html",
        title="Home",
        numbers=await _numbers(services, scope, today),
        lists=lists,
        escalations=await _escalations(services, account, scope),
        may_start=account.role is Role.RESETTLEMENT,
    )


async def _numbers(services: Services, scope: Scope, today: date) -> dict[str, object]:
    """Return how many releases are late and how many leave soon, with where the lists are."""
    until = today + NEAR
    late = await services.reads.releases(ReleaseFilter(overdue=True), scope, _ONE)
    near = ReleaseFilter(leaves_from=today, leaves_to=until)
    soon = await services.reads.releases(near, scope, _ONE)
    return {
        "late": late.total,
        "late_href": "/cases?overdue=true",
        "soon": soon.total,
        "soon_href": f"/cases?leaves_from={today}&leaves_to={until}",
    }


async def _escalations(services: Services, account: Account, scope: Scope) -> dict[str, object]:
    wanted = EscalationFilter(is_open=True)
    found = await services.reads.escalations(wanted, scope, PageOf(size=MOST_URGENT))
    now = services.now()
    return {
        "total": found.total,
        "rows": [
            {
                "href": f"/escalations/{each.escalation_id}",
                "reference": each.reference,
                "step": DEFINITIONS[each.step].title,
                "severity": each.severity.value,
                "opened_at": each.opened_at,
                "is_mine": each.acknowledged_by == account.subject.id,
                "next": due_tag(each.next_at, now),
            }
            for each in found.rows
        ],
    }
