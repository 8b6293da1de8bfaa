"""Name who leads on a release in one's own team: pages about it turn to them first."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.duty_records import StaffRecord
from api.filters import PageOf
from api.naming import may_be_named, name_lead, places_of
from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.people import banner_of, detail_for
from api.pages.recording import BAD_INPUT
from api.pages.roles import ROLES
from api.pages.security import Caseworker
from api.pages.visit import visit_of
from api.ports import Services
from api.records import ReleaseDetail
from api.security import Given
from domain.duty.access import team_scope_of
from domain.identifiers import FieldError

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/worker")

MOST: Final = 200
"""People of one team at one place."""

_NOBODY: Final = "nobody"


@router.get("")
async def ask(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Show the people of the team who work where this release is worked."""
    detail = await detail_for(request, services, account, release_id)
    return await _show(request, services, account, detail, FormReader({}))


@router.post("")
async def save(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Name one of them, or nobody."""
    detail = await detail_for(request, services, account, release_id)
    form = await read_form(request)
    chosen = form.line("staff", "Select who leads, or nobody")
    if chosen is None:
        return await _show(request, services, account, detail, form)
    named = None if chosen == _NOBODY else chosen
    try:
        await name_lead(services, account.subject, detail.state, named)
    except FieldError:
        form.refuse("staff", "Select somebody of your team who works there now")
        return await _show(request, services, account, detail, form)
    visit_of(request).say("Who leads in your team is recorded.")
    return see(f"/cases/{release_id}/people")


async def _show(
    request: Request, services: Services, account: Account, detail: ReleaseDetail, form: FormReader
) -> Response:
    workers = await services.duty.workers.of(detail.state.release_id)
    now = next((each.staff.id for each in workers if each.role is account.role), _NOBODY)
    return page(
        request,
        "worker.html",
        title="Who leads on this release?",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link("Back to people and contacts", f"/cases/{detail.state.release_id}/people"),
        person=banner_of(detail, services),
        team=ROLES[account.role],
        colleagues=await _colleagues(services, account, detail),
        chosen=form.typed.get("staff", now),
    )


async def _colleagues(
    services: Services, account: Account, detail: ReleaseDetail
) -> list[StaffRecord]:
    found: list[StaffRecord] = []
    scope = team_scope_of(account.subject)
    for place in sorted(places_of(detail.state)):
        found += (await services.duty.staff.page(scope, place, PageOf(size=MOST))).rows
    return [each for each in found if may_be_named(each, account.subject, detail.state)]
