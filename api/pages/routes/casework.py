"""Every form of a release at one pattern of addresses: by step, and by command."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.answers import see
from api.pages.casework import register, showing
from api.pages.casework.desk import Desk, case_of, opened_form, page_of, show_step
from api.pages.casework.form import Form
from api.pages.casework.saving import saved_form
from api.pages.security import Caseworker
from api.security import Given
from domain.journey import Step

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}")

NOT_FOUND: Final = 404


@router.get("/steps/{step}")
async def open_step(
    release_id: str, step: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show the form that an open step needs next, else where it stands and what can be recorded."""
    desk = Desk(request, services, account, release_id)
    known = _step(step)
    detail = await desk.detail()
    if known in register.STEPS_OF_THEIR_OWN:
        return see(f"/cases/{release_id}/{register.STEPS_OF_THEIR_OWN[known]}")
    case = await case_of(desk, detail)
    form = None if case.state.is_answered(known) else register.first_of(known, case)
    if form is not None:
        return await opened_form(desk, form)
    return show_step(desk, known, detail, case)


@router.get("/steps/{step}/{how}")
async def open_answer(  # noqa: PLR0917 - the address and whoever asks
    release_id: str, step: str, how: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show the form by which a step is marked as not needed, declined, or wanted after all."""
    return await opened_form(Desk(request, services, account, release_id), _answer(step, how))


@router.post("/steps/{step}/{how}")
async def save_answer(  # noqa: PLR0917 - the address and whoever asks
    release_id: str, step: str, how: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Record that answer."""
    return await saved_form(Desk(request, services, account, release_id), _answer(step, how))


@router.get("/events")
async def list_events(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """List everything that can happen to a person and is recorded here."""
    desk = Desk(request, services, account, release_id)
    detail = await desk.detail()
    case = await case_of(desk, detail)
    own = showing.offers(register.happenings(case), release_id)
    if case.state.is_open:
        own.insert(0, showing.Offer("Record a near miss", f"/cases/{release_id}/near-miss"))
    title = "Record something that happened"
    return page_of(desk, detail, "casework_events.html", title, events=own)


@router.get("/events/{kind}")
async def open_event(
    release_id: str, kind: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show the form of a command."""
    if kind in register.PAGES_OF_THEIR_OWN:
        return see(f"/cases/{release_id}/{register.PAGES_OF_THEIR_OWN[kind]}")
    return await opened_form(Desk(request, services, account, release_id), _event(kind))


@router.post("/events/{kind}")
async def save_event(
    release_id: str, kind: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Record what a form says, or show it again with what is to be corrected."""
    return await saved_form(Desk(request, services, account, release_id), _event(kind))


def _step(code: str) -> Step:
    found = next((each for each in Step if each.value == code), None)
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found


def _answer(step: str, how: str) -> Form:
    form = register.ANSWERS.get((_step(step), how))
    if form is None:
        raise HTTPException(NOT_FOUND)
    return form


def _event(kind: str) -> Form:
    form = register.EVENTS.get(kind)
    if form is None:
        raise HTTPException(NOT_FOUND)
    return form
