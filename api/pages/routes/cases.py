"""The list of cases, and the search for a person by name or number."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.filters import PageOf
from api.pages.accounts import Account
from api.pages.answers import page, see
from api.pages.case_choices import SIZE, Choices, Tab, filter_of, read_choices
from api.pages.case_list import (
    DUE,
    LEADS,
    WITHIN,
    columns,
    line_of,
    listed,
    selected,
    tabs,
)
from api.pages.caseload import CaseFilter, CaseOrder
from api.pages.forms import read_form
from api.pages.paging import pagination
from api.pages.places import Place
from api.pages.security import Caseworker
from api.pages.visit import Visit, visit_of
from api.ports import Services
from api.security import Given
from domain.access import scope_of
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/cases")

RECENT: Final = 20
FOUND: Final = "found"
"""What the session calls the ids that the last search found."""


@router.get("")
async def cases(account: Caseworker, request: Request, services: Given) -> Response:
    """Show one page of the cases that were asked for."""
    choices = read_choices(request.query_params)
    visit = visit_of(request)
    found = _found(visit)
    now, rules = services.now(), services.rules.in_force()
    ids = found or ()
    if choices.tab is Tab.RECENT:
        ids = await services.caseload.seen(account.subject.id, RECENT)
    wanted = filter_of(choices, account, now, rules.calendar, ids)
    scope = scope_of(account.subject, london_date(now))
    got = await services.caseload.cases(wanted, scope, PageOf(choices.page, SIZE))
    part = listed(choices, len(got.rows), got.total)
    return page(
        request,
        "cases.html",
        title="Cases",
        choices=choices,
        tabs=tabs(choices, has_found=found is not None),
        lines=[line_of(each, now, rules.calendar, services.place_names) for each in got.rows],
        columns=columns(choices),
        selected=selected(choices, services.place_names),
        clear=Choices(tab=choices.tab, sort=choices.sort).href,
        part=part,
        pagination=pagination(choices.page, part.pages, lambda to: choices.but(page=to).href),
        prisons=_prisons(services, account),
        due=DUE,
        within=WITHIN,
        leads=LEADS,
    )


@router.post("/find")
async def find(account: Caseworker, request: Request, services: Given) -> Response:
    """Look for a person, and go to their record or to the list of whoever it may be.

    The words travel in the form and are kept nowhere: addresses and sessions name nobody.
    """
    words = (await read_form(request)).line("words")
    if words is None:
        return see("/cases")
    now = services.now()
    wanted = CaseFilter(now=now, soon=now, stage=None, words=words, order=CaseOrder.SURNAME)
    scope = scope_of(account.subject, london_date(now))
    got = await services.caseload.cases(wanted, scope, PageOf(size=SIZE))
    ids = [each.release.release_id for each in got.rows]
    visit_of(request).remember(FOUND, ids)
    return see(f"/cases/{ids[0]}" if len(ids) == 1 else Choices(tab=Tab.FOUND).href)


def _found(visit: Visit) -> tuple[str, ...] | None:
    found = visit.take(FOUND)
    if found is None:
        return None
    visit.remember(FOUND, found)
    return tuple(found)


def _prisons(services: Services, account: Account) -> tuple[Place, ...]:
    """Return the prisons to choose from: the account's own, or all without such a limit."""
    own = account.subject.prisons
    known = services.place_names.prisons()
    return tuple(each for each in known if each.code in own) if own else known
