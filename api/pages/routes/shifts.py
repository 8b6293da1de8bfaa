"""The forms of one shift: put somebody on, change a shift, end it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.recording import BAD_INPUT
from api.pages.rotas.desk import Desk, desk_for
from api.pages.rotas.moments import read_stamp, typed_moment
from api.pages.rotas.shift_form import (
    read_end,
    read_shift,
    revise,
    tell_changes,
    told,
    typed_shift,
)
from api.pages.rotas.team import USUAL, Row, Viewed, end_of
from api.pages.rotas.words import POSTS, TURNED_TO, address_of, team_title
from api.pages.security import RotaReader
from api.pages.visit import visit_of
from api.security import Given
from domain.duty.revising import Revision
from domain.duty.rota import Shift

router = APIRouter(include_in_schema=False, prefix="/rotas/{role}/{organisation}/{post}")


@router.get("/shift")
async def ask_for_a_shift(
    role: str,
    organisation: str,
    post: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Show the form for a new shift; the address may hold the times of a gap to fill in."""
    desk = await desk_for(services, account, role, organisation, post)
    asked = request.query_params
    typed = {
        **typed_moment("starts", read_stamp(asked.get("from", ""))),
        **typed_moment("ends", read_stamp(asked.get("until", ""))),
    }
    return await _ask(request, desk, FormReader(typed), "shift.html", _put_on(desk))


@router.post("/shift")
async def put_on(
    role: str,
    organisation: str,
    post: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Put somebody on; whoever stands there in that time gives way."""
    desk = await desk_for(services, account, role, organisation, post)
    form = await read_form(request)
    shift = read_shift(form, desk.place)
    if shift is not None:
        revision = Revision(shift, None, form.typed.get("seen", ""))
        if await revise(services, revision, account.subject.id, form):
            return await _done(request, desk, shift)
    return await _ask(request, desk, form, "shift.html", _put_on(desk))


@router.get("/{starts}/change")
async def ask_for_a_change(
    role: str,
    organisation: str,
    post: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Show the form of a shift that is there."""
    desk = await desk_for(services, account, role, organisation, post)
    old = desk.shift(starts)
    return await _ask(request, desk, FormReader(typed_shift(old)), "shift.html", _change(desk))


@router.post("/{starts}/change")
async def change(
    role: str,
    organisation: str,
    post: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Put another version in a shift's place."""
    desk = await desk_for(services, account, role, organisation, post)
    form = await read_form(request)
    shift = read_shift(form, desk.place)
    if shift is not None and shift in desk.rota:
        return await _done(request, desk, shift)  # sent twice
    old = desk.shift(starts)
    if shift is not None:
        revision = Revision(shift, old, form.typed.get("seen", ""))
        if await revise(services, revision, account.subject.id, form):
            return await _done(request, desk, shift)
    return await _ask(request, desk, form, "shift.html", _change(desk))


@router.get("/{starts}/end")
async def ask_for_the_end(
    role: str,
    organisation: str,
    post: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """Show the form that ends a shift."""
    desk = await desk_for(services, account, role, organisation, post)
    old = desk.shift(starts)
    return await _ask(request, desk, FormReader({}), "shift_end.html", await _end(desk, old))


@router.post("/{starts}/end")
async def end(
    role: str,
    organisation: str,
    post: str,
    starts: str,
    *,
    account: RotaReader,
    request: Request,
    services: Given,
) -> Response:
    """End a shift: somebody takes over, or the post is filled no more."""
    desk = await desk_for(services, account, role, organisation, post)
    old = desk.shift(starts)
    form = await read_form(request)
    revision = read_end(form, old, desk.place)
    if revision is not None and await revise(services, revision, account.subject.id, form):
        return await _done(request, desk, revision.shift)
    return await _ask(request, desk, form, "shift_end.html", await _end(desk, old))


def _put_on(desk: Desk) -> Mapping[str, object]:
    return {"title": f"Put somebody on: {POSTS[desk.post].lower()}", "is_new": True}


def _change(desk: Desk) -> Mapping[str, object]:
    return {"title": f"Change a shift: {POSTS[desk.post].lower()}", "is_new": False}


async def _end(desk: Desk, old: Shift) -> Mapping[str, object]:
    who = told(old, await desk.name_of(old.staff_id))
    return {"title": f"End a shift: {POSTS[desk.post].lower()}", "shift": who}


async def _ask(
    request: Request, desk: Desk, form: FormReader, template: str, view: Mapping[str, object]
) -> Response:
    seen = tell_changes(form, desk.rota)
    return page(
        request,
        template,
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link(team_title(desk.team, desk.services.place_names), address_of(desk.team)),
        typed=form.typed,
        seen=seen,
        people=desk.people,
        address=address_of(desk.team),
        turned_to=TURNED_TO[desk.post],
        standing=await _standing(desk),
        **view,  # type: ignore[arg-type]  # the title is among it
    )


async def _standing(desk: Desk) -> list[Row]:
    """Return what stands in the rota of the post for the next weeks."""
    now = desk.services.now()
    looked = await desk.services.duty.rotas.outlook(
        [desk.team], [desk.post], now, end_of(now, USUAL)
    )
    view = Viewed(desk.team, looked, desk.services.place_names, may_change=False)
    return list(view.posts()[0].rows)


async def _done(request: Request, desk: Desk, shift: Shift) -> Response:
    who = told(shift, await desk.name_of(shift.staff_id))
    visit_of(request).say(f"The rota is saved: {who}.")
    return see(address_of(desk.team))
