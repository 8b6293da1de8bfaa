"""Sign in at the organisation's own provider: go there, and come back."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.answers import local, see
from api.pages.provider import Provider
from api.pages.security import Anybody
from api.pages.visit import visit_of
from api.ports import Services
from api.refusals import SignInRefusedError
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/sign-in/provider")

_REMEMBERED: Final = "provider"
_WANTED: Final = "wanted"


@router.get("")
async def depart(_policy: Anybody, request: Request, services: Given) -> Response:
    """Lead to the provider; a link starts this, since a form's redirect would need more leave."""
    departure = await _provider(services).depart()
    wanted = local(request.query_params.get("next"))
    remembered = {**departure.remembered, _WANTED: wanted}
    visit_of(request).remember(_REMEMBERED, remembered)
    return see(departure.address)


@router.get("/return")
async def arrive(_policy: Anybody, request: Request, services: Given) -> Response:
    """Let in whoever the provider vouches for and who left from this very browser."""
    visit = visit_of(request)
    remembered = visit.take(_REMEMBERED)
    if remembered is None:
        raise SignInRefusedError("This sign-in did not begin here, or too long ago. Sign in again.")
    account = await _provider(services).arrive(remembered, dict(request.query_params))
    await visit.sign_in(account, {})
    return see(local(remembered[_WANTED]))


def _provider(services: Services) -> Provider:
    if services.provider is None:
        raise HTTPException(404)
    return services.provider
