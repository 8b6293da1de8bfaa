"""Users and access: who can sign in, as what and where; add, sign out, switch off."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.accounts import ListedAccount, NewLocalAccount
from api.pages.answers import Link, page, see
from api.pages.faults import Fault
from api.pages.forms import FormReader, read_form
from api.pages.recording import BAD_INPUT
from api.pages.roles import ROLES
from api.pages.security import Administrator
from api.pages.visit import visit_of
from api.ports import NotAcceptableError, Services
from api.refusals import ForeignFormError
from api.security import Given
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role

router = APIRouter(include_in_schema=False, prefix="/users")

_LIST: Final = "/users"


@router.get("")
async def list_users(_account: Administrator, request: Request, services: Given) -> Response:
    """List every account, or those that are linked to nobody of the list of staff."""
    return await _show(request, services)


@router.get("/new")
async def ask(_account: Administrator, request: Request) -> Response:
    """Show the form for a new account, empty."""
    return _ask(request, FormReader({}))


@router.post("/new")
async def add(_account: Administrator, request: Request, services: Given) -> Response:
    """Add an account and show its first password, this once."""
    form = await read_form(request)
    name = form.line("name", "Enter the person's name")
    username = form.line("username", "Enter a username")
    role = form.choice("role", Role, "Select what they do")
    if name is None or username is None or role is None:
        return _ask(request, form)
    places = tuple((form.text("places") or "").split())
    new = NewLocalAccount(username, name, role, places, form.ticked("manager"))
    try:
        password = await services.account_book.add(new)
    except NotAcceptableError as error:
        for each in error.faults:
            form.refuse(each.field, each.message)
        return _ask(request, form)
    return await _show(request, services, new_password=password, whose=name)


@router.post("/{user_id}/password")
async def renew_password(
    user_id: str, _account: Administrator, request: Request, services: Given
) -> Response:
    """Replace a password and show the new one, this once."""
    known = await _known(services, user_id)
    password = await services.account_book.renew_password(user_id)
    return await _show(request, services, new_password=password, whose=known.account.name)


@router.post("/{user_id}/staff")
async def link_staff(
    user_id: str, account: Administrator, request: Request, services: Given
) -> Response:
    """Say who of the list of staff signs in by an account."""
    known = await _known(services, user_id)
    form = await read_form(request)
    reference = form.line("staff", "Enter a reference from the list of staff")
    if reference is None:
        return await _show(request, services, form=form)
    try:
        await services.account_book.link_staff(user_id, reference, account.subject.id)
    except NotAcceptableError as error:
        form.refuse("staff", error.faults[0].message)
        return await _show(request, services, form=form)
    visit_of(request).say(f"{known.account.name} is linked to the list of staff.")
    return see(_LIST)


@router.post("/{user_id}/sign-out")
async def end_sessions(
    user_id: str, _account: Administrator, request: Request, services: Given
) -> Response:
    """Sign somebody out everywhere."""
    known = await _known(services, user_id)
    await services.account_book.end_sessions(user_id)
    visit_of(request).say(f"{known.account.name} is signed out everywhere.")
    return see(_LIST)


@router.post("/{user_id}/access")
async def change_access(
    user_id: str, account: Administrator, request: Request, services: Given
) -> Response:
    """Switch an account off or on; nobody switches off their own."""
    known = await _known(services, user_id)
    disabled = (await read_form(request)).typed.get("access") == "off"
    if disabled and user_id == account.subject.id:
        visit_of(request).say("You cannot switch off your own account. Nothing was changed.")
        return see(_LIST)
    await services.account_book.set_disabled(user_id, disabled=disabled)
    done = "can no longer sign in" if disabled else "can sign in again"
    visit_of(request).say(f"{known.account.name} {done}.")
    return see(_LIST)


async def _known(services: Services, user_id: str) -> ListedAccount:
    found = {each.account.subject.id: each for each in await services.account_book.listed()}
    if user_id not in found:
        raise ForeignFormError
    return found[user_id]


async def _show(
    request: Request,
    services: Services,
    *,
    new_password: str = "",
    whose: str = "",
    form: FormReader | None = None,
) -> Response:
    unlinked = request.method == "GET" and request.query_params.get("staff") == "unlinked"
    listed = await services.account_book.listed()
    return page(
        request,
        "users.html",
        title="Users and access",
        status=BAD_INPUT if form and form.faults else 200,
        errors=[Fault("", each.text) for each in form.faults] if form else (),
        users=[each for each in listed if each.is_unlinked or not unlinked],
        unlinked=unlinked,
        roles=ROLES,
        casework=CASEWORK_ROLES,
        mapping=services.provider.mapping if services.provider else None,
        new_password=new_password,
        whose=whose,
    )


def _ask(request: Request, form: FormReader) -> Response:
    return page(
        request,
        "user_new.html",
        title="Add a user",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link("Users and access", _LIST),
        typed=form.typed,
        roles=ROLES,
    )
