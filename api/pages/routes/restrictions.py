"""Restricted records: which there are, to whom each is open, restrict one, open it again.

The service owner sees no person here either: a record is named by its reference.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import page, see
from api.pages.forms import FormReader, read_form
from api.pages.recording import BAD_INPUT
from api.pages.restricting import REASONS, lines_of, read_wanted
from api.pages.security import Administrator
from api.pages.visit import visit_of
from api.ports import ReleaseUnknownError, Services
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/restrictions")

_LIST: Final = "/restrictions"


@router.get("")
async def list_restrictions(_account: Administrator, request: Request, services: Given) -> Response:
    """List every restriction, and ask for another one."""
    return await _show(request, services, FormReader({}))


@router.post("")
async def restrict(account: Administrator, request: Request, services: Given) -> Response:
    """Restrict a record, or put another restriction in place of the one it has."""
    form = await read_form(request)
    wanted = await read_wanted(services, form, account)
    if wanted is None:
        return await _show(request, services, form)
    await services.restrictions.restrict(wanted)
    visit_of(request).say("Access is restricted. Only the people you named can open the record.")
    return see(_LIST)


@router.post("/{release_id}/lift")
async def lift(
    release_id: str, account: Administrator, request: Request, services: Given
) -> Response:
    """Open a record again to everybody who has it in scope."""
    if not await services.restrictions.lift(release_id, account.subject.id):
        raise ReleaseUnknownError
    visit_of(request).say("The restriction is lifted. The record is open to its teams again.")
    return see(_LIST)


async def _show(request: Request, services: Services, form: FormReader) -> Response:
    undone = request.method == "GET" and request.query_params.get("work") == "undone"
    lines = await lines_of(services)
    return page(
        request,
        "restrictions.html",
        title="Restricted records",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        typed=form.typed,
        lines=[each for each in lines if each.alarm or not undone],
        undone=undone,
        reasons=REASONS,
    )
