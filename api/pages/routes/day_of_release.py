"""The day-of-release sheet: what has to happen before somebody walks out, on one printed page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page
from api.pages.record.heading import AT_RISK
from api.pages.record.opening import open_record
from api.pages.record.sheet import sheet_of
from api.pages.security import Caseworker
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/day-of-release")


@router.get("")
async def day_of_release(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show the sheet."""
    opened = await open_record(request, services, account, release_id)
    return page(
        request,
        "day_of_release.html",
        title=f"Day-of-release sheet: {opened.heading.person.name}",
        back=Link("Back to the record", f"/cases/{release_id}"),
        heading=opened.heading,
        badges=[each for each in opened.heading.badges if each.text != AT_RISK],
        sheet=sheet_of(opened.detail, opened.shown, opened.care, services.place_names),
        printed_at=services.now(),
        by=account.name,
    )
