"""Audit search: who saw or changed which record; every search and file is itself in the trail."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import csv_file, page
from api.pages.forms import FormReader, read_form
from api.pages.recording import BAD_INPUT
from api.pages.roles import ROLES
from api.pages.security import Auditor
from api.pages.trail_file import trail_file, what_of
from api.pages.viewing import Deed, DeedFilter
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/audit")

MOST: Final = 200
MOST_TO_KEEP: Final = 10_000
"""Lines of a file."""

_CHANGES: Final = {"changes": True, "viewings": False}


@router.get("")
async def ask(_account: Auditor, request: Request) -> Response:
    """Show the empty search."""
    return _show(request, FormReader({}), None)


@router.post("")
async def search(account: Auditor, request: Request, services: Given) -> Response:
    """Search, to look at or to keep; a form, so that nobody's name stands in an address."""
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
    to_keep = form.typed.get("as") == "csv"
    await services.views.note_search(account.subject.id, wanted, to_keep=to_keep)
    found = await services.views.deeds(wanted, MOST_TO_KEEP if to_keep else MOST)
    return csv_file(trail_file(found), "audit-search") if to_keep else _show(request, form, found)


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
        most_to_keep=MOST_TO_KEEP,
    )


def _row(deed: Deed) -> dict[str, object]:
    role = f", {ROLES[deed.role].lower()}" if deed.role else ""
    return {
        "at": deed.at,
        "who": f"{deed.name}{role}" if deed.name else "Another system",
        "reference": deed.reference,
        "is_change": deed.is_change,
        "what": what_of(deed),
    }
