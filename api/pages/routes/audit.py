"""Audit search: who saw or changed which record; every search is itself in the trail."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import page
from api.pages.forms import FormReader, read_form
from api.pages.happenings import in_words
from api.pages.recording import BAD_INPUT
from api.pages.restricting import CHANGES as RESTRICTION_CHANGES
from api.pages.roles import ROLES
from api.pages.security import Auditor
from api.pages.viewing import Deed, DeedFilter
from api.ports import Services
from api.security import Given
from domain.events import EventKind

router = APIRouter(include_in_schema=False, prefix="/audit")

MOST: Final = 200
_CHANGES: Final = {"changes": True, "viewings": False}


@router.get("")
async def ask(_account: Auditor, request: Request) -> Response:
    """Show the empty search."""
    return _show(request, FormReader({}), None)


@router.post("")
async def search(account: Auditor, request: Request, services: Given) -> Response:
    """Search; a form that is sent, so that nobody's name stands in an address."""
    form = await read_form(request)
    wanted = DeedFilter(
        reference=form.line("reference"),
        username=form.line("username"),
        since=form.day("since", "First day", required=False),
        until=form.day("until", "Last day", required=False),
        changes=_CHANGES.get(form.typed.get("deeds", "")),
    )
    if wanted.since and wanted.until and wanted.until < wanted.since:
        form.refuse("until", "Last day must be the same as or after the first day", "day")
    if not form.faults and wanted == DeedFilter(changes=wanted.changes):
        form.refuse("reference", "Enter a reference, a username or a day to search by")
    if form.faults:
        return _show(request, form, None)
    return _show(request, form, await _found(services, account.subject.id, wanted))


async def _found(services: Services, auditor: str, wanted: DeedFilter) -> tuple[Deed, ...]:
    await services.views.note_search(auditor, wanted)
    return await services.views.deeds(wanted, MOST)


def _show(request: Request, form: FormReader, found: tuple[Deed, ...] | None) -> Response:
    return page(
        request,
        "audit.html",
        title="Audit search",
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        typed=form.typed,
        found=None if found is None else [_row(each) for each in found],
        most=MOST,
    )


def _row(deed: Deed) -> dict[str, object]:
    role = f", {ROLES[deed.role].lower()}" if deed.role else ""
    return {
        "at": deed.at,
        "who": f"{deed.name}{role}" if deed.name else "Another system",
        "reference": deed.reference,
        "is_change": deed.is_change,
        "what": _changed(deed.what) if deed.is_change else deed.what,
    }


def _changed(what: str) -> str:
    return RESTRICTION_CHANGES.get(what) or in_words(EventKind(what))
