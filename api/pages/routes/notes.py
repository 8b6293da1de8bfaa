"""The notes of a release: what was written in free words, for those who may read it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page
from api.pages.record.notes import notes_of
from api.pages.record.opening import CASES, open_record, sections
from api.pages.security import Caseworker
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/notes")


@router.get("")
async def show_notes(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show them."""
    opened = await open_record(request, services, account, release_id)
    name = opened.heading.person.name
    return page(
        request,
        "record_notes.html",
        title=f"Notes about {name}",
        crumbs=[CASES, Link(name, f"/cases/{release_id}")],
        heading=opened.heading,
        sections=sections(release_id, "Notes"),
        notes=await notes_of(services, opened.shown, account.role),
    )
