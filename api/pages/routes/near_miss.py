"""Record a near miss: the form to copy for every other one (docs/pages.md)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.casework.words import NEAR_MISSES
from api.pages.forms import FormReader, read_form
from api.pages.people import banner_of, detail_for
from api.pages.recording import FormView, opened, record
from api.pages.security import Caseworker
from api.pages.visit import visit_of
from api.ports import Services
from api.security import Given
from domain.facts import NearMissKind

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/near-miss")


@router.get("")
async def ask(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Show the form, empty."""
    detail = await detail_for(request, services, account, release_id)
    return await _show(request, services, account, release_id, opened(detail.state.seq))


@router.post("")
async def save(release_id: str, account: Caseworker, request: Request, services: Given) -> Response:
    """Record what the form says, or show it again with what is to be corrected."""
    form = await read_form(request)
    command = {
        "kind": "record_near_miss",
        "near_miss": form.choice("near_miss", NearMissKind, "Select what happened"),
        "on": form.day("on", "Date it happened"),
    }
    again = await record(services, account, release_id, form, command)
    if again is not None:
        return await _show(request, services, account, release_id, again, form)
    visit_of(request).say("The near miss is recorded. A review has been opened.")
    return see(f"/cases/{release_id}")


async def _show(  # noqa: PLR0917 - the request and what it is about
    request: Request,
    services: Services,
    account: Account,
    release_id: str,
    view: FormView,
    form: FormReader | None = None,
) -> Response:
    detail = await detail_for(request, services, account, release_id)
    return page(
        request,
        "near_miss.html",
        title="Record a near miss",
        status=view.status,
        errors=form.faults if form else (),
        back=Link("Back to the record", f"/cases/{release_id}"),
        form=view,
        person=banner_of(detail, services),
        kinds=NEAR_MISSES,
    )
