"""The whole history of a release, newest first; nothing in it can be changed."""

from __future__ import annotations

from math import ceil
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page
from api.pages.happenings import actors_of
from api.pages.paging import pagination
from api.pages.record.history import TYPES, read_history
from api.pages.record.opening import CASES, open_record, sections
from api.pages.record.story import told
from api.pages.security import Caseworker
from api.ports import ReleaseUnknownError
from api.security import Given
from domain.access import scope_of
from domain.london_time import london_date

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/history")

SIZE: Final = 25
MOST: Final = 5_000
"""More events than any release has; a history is read whole, to be filtered and counted."""


@router.get("")
async def history(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show one page of what happened."""
    opened = await open_record(request, services, account, release_id)
    scope = scope_of(account.subject, london_date(services.now()))
    events = await services.reads.events(release_id, scope, 0, MOST)
    if events is None:
        raise ReleaseUnknownError
    wanted = read_history(release_id, request.query_params)
    kept = [each for each in reversed(events) if wanted.shows(each.event)]
    pages = ceil(len(kept) / SIZE)
    first = (wanted.page - 1) * SIZE
    person = opened.heading.person
    return page(
        request,
        "record_history.html",
        title=f"History: {person.name}",
        crumbs=[
            CASES,
            Link(person.name, f"/cases/{release_id}"),
            Link("History", f"/cases/{release_id}/history"),
        ],
        heading=opened.heading,
        sections=sections(release_id, "History"),
        events=await told(services, kept[first : first + SIZE], account.role, events),
        people=await actors_of(services, events),
        wanted=wanted,
        types=TYPES,
        total=len(kept),
        first=first + 1,
        pagination=pagination(wanted.page, pages, wanted.at),
    )
