"""Sign in with a local account, and sign out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.accounts import AccountSource
from api.pages.answers import local, page, see
from api.pages.faults import Fault
from api.pages.forms import FormReader, read_form
from api.pages.security import Anybody, SignedIn
from api.pages.visit import visit_of
from api.ports import Services
from api.refusals import TooManyAttemptsError
from api.security import Given

router = APIRouter(include_in_schema=False)

WRONG = "Enter a username and password that belong together"
LONGEST_PASSWORD = 200


@router.get("/sign-in")
async def show_sign_in(_policy: Anybody, request: Request, services: Given) -> Response:
    """Ask who it is; whoever is signed in already goes on."""
    if visit_of(request).account is not None:
        return see(local(request.query_params.get("next")))
    form = FormReader({"next": local(request.query_params.get("next"))})
    return await _show(request, services, form)


@router.post("/sign-in")
async def sign_in(_policy: Anybody, request: Request, services: Given) -> Response:
    """Let somebody in, or say that name and password do not belong together, not which is wrong."""
    if services.provider is not None:
        raise HTTPException(404)
    form = await read_form(request)
    username = form.line("username", "Enter your username")
    # A password is kept as it was typed, the space around it included.
    password = form.typed.get("password", "")
    if not password:
        form.refuse("password", "Enter your password")
    if username is None or form.faults or len(password) > LONGEST_PASSWORD:
        if not form.faults:
            form.refuse("username", WRONG)
        return await _show(request, services, form, 400)
    address = request.client.host if request.client else ""
    try:
        account = await services.accounts.verify(username, password, address)
    except TooManyAttemptsError as error:
        form.refuse("username", error.message)
        return await _show(request, services, form, 429)
    if account is None:
        form.refuse("username", WRONG)
        return await _show(request, services, form, 400)
    await visit_of(request).sign_in(account, {})
    return see(local(form.typed.get("next")))


@router.post("/sign-out")
async def sign_out(account: SignedIn, request: Request, services: Given) -> Response:
    """End the session on the server, so that the cookie is worth nothing any more."""
    visit = visit_of(request)
    await visit.sign_out()
    visit.say("You have signed out.")
    if account.source is AccountSource.PROVIDER and services.provider is not None:
        return see(await services.provider.way_out() or "/sign-in")
    return see("/sign-in")


async def _show(
    request: Request, services: Services, form: FormReader, status: int = 200
) -> Response:
    faults: list[Fault] = form.faults
    return page(
        request,
        "sign_in.html",
        title="Sign in",
        status=status,
        errors=faults,
        typed=form.typed,
        by_provider=services.provider is not None,
        demonstration=await services.accounts.demonstration(),
    )
