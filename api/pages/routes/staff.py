"""The form that adds somebody to a team, or changes how whoever has the reference is reached."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.recording import BAD_INPUT
from api.pages.rotas.words import address_of, team_title
from api.pages.security import RotaReader
from api.pages.visit import visit_of
from api.parsing import Json
from api.ports import NotAcceptableError, Services
from api.refusals import InvalidInputError
from api.security import Given
from api.staffing import put_staff_member
from api.teams import team_named
from domain.duty.access import may_look_after
from domain.duty.posts import Team

router = APIRouter(include_in_schema=False, prefix="/rotas/{role}/{organisation}/staff")

_CODE: Final = "Use letters, digits, dots and hyphens only, without spaces, and not their name"


@router.get("")
async def ask(
    role: str, organisation: str, account: RotaReader, request: Request, services: Given
) -> Response:
    """Show the empty form."""
    team = team_named(services, role, organisation)
    may_look_after(account.subject, team)
    return _ask(request, services, team, FormReader({}))


@router.post("")
async def add(
    role: str, organisation: str, account: RotaReader, request: Request, services: Given
) -> Response:
    """Add somebody to the team."""
    team = team_named(services, role, organisation)
    may_look_after(account.subject, team)
    form = await read_form(request)
    given = _given(form, team)
    if form.faults:
        return _ask(request, services, team, form)
    try:
        found, is_new = await put_staff_member(services.duty.staff, account.subject, given)
    except InvalidInputError as error:
        for fault in error.faults:
            form.refuse(fault.field, _CODE if fault.field == "reference" else fault.message)
        return _ask(request, services, team, form)
    except NotAcceptableError as error:
        for each in error.faults:
            form.refuse(each.field, each.message)
        return _ask(request, services, team, form)
    done = "is added. Now they can be put on the rota" if is_new else "is changed"
    visit_of(request).say(f"{found.name} {done}.")
    return see(address_of(team))


def _given(form: FormReader, team: Team) -> dict[str, Json]:
    return {
        "reference": form.line("reference", "Enter a reference, such as lei-1"),
        "name": form.line("name", "Enter their name"),
        "role": team.role.value,
        "organisation": team.organisation,
        "email": form.line("email"),
        "mobile": form.line("mobile"),
    }


def _ask(request: Request, services: Services, team: Team, form: FormReader) -> Response:
    return page(
        request,
        "staff_new.html",
        title="Add a member of staff",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link(team_title(team, services.place_names), address_of(team)),
        typed=form.typed,
        address=address_of(team),
    )
