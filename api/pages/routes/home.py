"""The home page: what to do next, for each role; and the way on for roles that see no person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import EscalationFilter, PageOf
from api.pages.accounts import Account
from api.pages.answers import page
from api.pages.case_choices import Choices, Tab, Within
from api.pages.caseload import CaseFilter, DueIs
from api.pages.people import RESTRICTED, UNNAMED
from api.pages.release_days import awkward_days
from api.pages.restricting import lines_of as lines_of_restrictions
from api.pages.security import SignedIn
from api.pages.worklists import COMMUNITY, WORKLISTS, lines_of, meetings_of, news_for
from api.ports import Services
from api.records import EscalationRow
from api.security import Given
from domain.access import Scope, scope_of
from domain.codes import Role
from domain.journey import DEFINITIONS
from domain.london_time import london_date

router = APIRouter(include_in_schema=False)

MOST_URGENT: Final = 5
_ONE: Final = PageOf(size=1)
_FORTNIGHT: Final = timedelta(days=14)


@router.get("/")
async def home(account: SignedIn, request: Request, services: Given) -> Response:
    """Show what waits for whoever is signed in."""
    if account.role not in WORKLISTS:
        return await _without_people(request, services, account)
    today = london_date(services.now())
    scope = scope_of(account.subject, today)
    lists = [
        (each, await lines_of(services, each, account.role, scope))
        for each in WORKLISTS[account.role]
    ]
    return page(
        request,
        "home.html",
        title="Home",
        numbers=await _numbers(services, scope),
        lists=lists,
        escalations=await _escalations(services, account, scope),
        news=await news_for(services, account, scope),
        meetings=await meetings_of(services, scope, today) if account.role in COMMUNITY else None,
        may_start=account.role is Role.RESETTLEMENT,
    )


async def _without_people(request: Request, services: Services, account: Account) -> Response:
    """Show the way on and, to the service owner, restricted records that nobody can work on."""
    alarms = []
    if account.role is Role.ADMIN:
        alarms = [each for each in await lines_of_restrictions(services) if each.alarm]
    name = account.name
    return page(request, "home_without_people.html", title="Home", name=name, alarms=alarms)


async def _numbers(services: Services, scope: Scope) -> list[dict[str, object]]:
    """Return how many releases are late, leave soon, or leave on a bad day, each with its list."""
    now = services.now()
    today = london_date(now)
    every = CaseFilter(now=now, soon=now)
    awkward = awkward_days(today, services.rules.in_force().calendar)
    wanted: tuple[tuple[str, dict[str, object], Choices], ...] = (
        ("with something overdue", {"due": DueIs.OVERDUE}, Choices(Tab.ALL, due=DueIs.OVERDUE)),
        (
            "leaving in the next 14 days",
            {"leaves_from": today, "leaves_to": today + _FORTNIGHT},
            Choices(Tab.ALL, within=Within.FORTNIGHT),
        ),
        (
            "leaving on a Friday or before a bank holiday",
            {"leaves_among": awkward},
            Choices(Tab.ALL, friday=True),
        ),
    )
    return [
        {
            "count": await _count(services, every, narrowed, scope),
            "words": words,
            "href": choices.href,
            "is_late": choices.due is DueIs.OVERDUE,
        }
        for words, narrowed, choices in wanted
    ]


async def _count(
    services: Services, every: CaseFilter, narrowed: dict[str, object], scope: Scope
) -> int:
    wanted = replace(every, **narrowed)  # type: ignore[arg-type]  # of the same names
    return (await services.caseload.cases(wanted, scope, _ONE)).total


async def _escalations(services: Services, account: Account, scope: Scope) -> dict[str, object]:
    wanted = EscalationFilter(is_open=True)
    found = await services.reads.escalations(wanted, scope, PageOf(size=MOST_URGENT))
    rows = [_escalation(each, account) for each in found.rows]
    return {"total": found.total, "rows": rows}


def _name(row: EscalationRow) -> str:
    if row.restricted:
        return RESTRICTED
    return f"{row.surname}, {row.forename}" if row.surname else UNNAMED


def _escalation(row: EscalationRow, account: Account) -> dict[str, object]:
    return {
        "href": None if row.restricted else f"/escalations/{row.escalation_id}",
        "name": _name(row),
        "reference": "" if row.restricted else row.reference,
        "step": "" if row.restricted else DEFINITIONS[row.step].title,
        "severity": row.severity.value,
        "opened_at": row.opened_at,
        "is_mine": row.acknowledged_by == account.subject.id,
    }
