"""Name a professional of a release: one form for each kind, to add, change or take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.happenings import Happening
from api.pages.people import banner_of, detail_for
from api.pages.phones import spaced
from api.pages.professionals import KINDS, NAMES, in_midsentence, read_professional
from api.pages.record.professionals import who_recorded
from api.pages.recording import BAD_INPUT, CHANGED
from api.pages.security import Caseworker
from api.pages.visit import visit_of
from api.ports import Services
from api.professional_ports import ProfessionalEntry, standing
from api.records import ReleaseDetail
from api.security import Given
from domain.identifiers import FieldError
from domain.professionals import Professional, may_keep_professional

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/people/{whom}")

NOT_FOUND: Final = 404


@router.get("")
async def ask(
    release_id: str, whom: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show who is named now, to be changed."""
    professional = _professional(whom)
    detail = await detail_for(request, services, account, release_id)
    may_keep_professional(account.role, professional)
    entry = await _entry(services, release_id, professional)
    form = FormReader(_standing(entry))
    return _show(request, services, detail, form, entry=entry, professional=professional)


@router.post("")
async def save(
    release_id: str, whom: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Record who it is, or that it is nobody any more."""
    professional = _professional(whom)
    detail = await detail_for(request, services, account, release_id)
    may_keep_professional(account.role, professional)
    form = await read_form(request)
    if await _record(services, form, release_id, professional, account):
        visit_of(request).say(f"The {in_midsentence(professional)} is recorded.")
        return see(f"/cases/{release_id}/people")
    entry = await _entry(services, release_id, professional)
    return _show(
        request,
        services,
        detail,
        form,
        entry=entry,
        professional=professional,
        changes=await _changes(services, form, entry),
    )


async def _record(
    services: Services,
    form: FormReader,
    release_id: str,
    professional: Professional,
    account: Account,
) -> bool:
    """Return whether it is recorded; else the form has what there is to correct."""
    wanted = read_professional(form, release_id, professional, account)
    if wanted is None:
        return False
    try:
        is_recorded = await services.professionals.record(wanted)
    except FieldError as fault:
        form.refuse(fault.field, fault.message)
        return False
    if not is_recorded:
        form.refuse("", CHANGED)
    return is_recorded


def _professional(whom: str) -> Professional:
    found = {each.value.replace("_", "-"): each for each in Professional}.get(whom)
    if found is None:
        raise HTTPException(NOT_FOUND)
    return found


async def _entry(
    services: Services, release_id: str, professional: Professional
) -> ProfessionalEntry | None:
    return standing(await services.professionals.of(release_id)).get(professional)


async def _changes(
    services: Services, form: FormReader, entry: ProfessionalEntry | None
) -> list[Happening]:
    """Return the entry that was added after the form was opened."""
    if entry is None or entry.version == (form.whole("seq") or 0):
        return []
    names = await services.accounts.names({entry.by})
    typed = _standing(entry)
    said = ", ".join(each for each in typed.values() if each) or "nobody any more"
    what = f"{KINDS[entry.professional]}: {said}"
    return [Happening(what, who_recorded(entry, names), entry.at)]


def _standing(entry: ProfessionalEntry | None) -> dict[str, str]:
    if entry is None or entry.name is None:
        return {}
    phone = spaced(entry.phone) if entry.phone else ""
    return {"name": entry.name, "phone": phone, "email": entry.email or ""}


def _show(
    request: Request,
    services: Services,
    detail: ReleaseDetail,
    form: FormReader,
    *,
    professional: Professional,
    entry: ProfessionalEntry | None,
    changes: Sequence[Happening] = (),
) -> Response:
    release_id = detail.state.release_id
    return page(
        request,
        "professional.html",
        title=KINDS[professional],
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=Link("Back to people and contacts", f"/cases/{release_id}/people"),
        person=banner_of(detail, services),
        typed=form.typed,
        label=NAMES[professional],
        kind=in_midsentence(professional),
        # What changed since is shown with the form, so saving again is on top of that.
        seq=entry.version if entry else 0,
        is_named=entry is not None and entry.name is not None,
        changes=changes,
    )
