"""How one release is counted; its reasons tell of health, so it is for clinical roles only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import Link, page
from api.pages.record.counting import counted_in
from api.pages.record.opening import CASES, open_record
from api.pages.security import Clinician
from api.security import Given
from domain.measures.policy import DEFAULT_MEASURES

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/counted")


@router.get("")
async def counted(
    release_id: str, account: Clinician, request: Request, services: Given
) -> Response:
    """Show in which measures a release counts, and why."""
    opened = await open_record(request, services, account, release_id)
    found = await services.measures.memberships(release_id)
    record = Link(opened.heading.person.name, f"/cases/{release_id}")
    return page(
        request,
        "record_counted.html",
        title="How this release is counted",
        crumbs=[CASES, record, Link("How this release is counted", f"{record.href}/counted")],
        heading=opened.heading,
        lines=counted_in(found, opened.state.nation),
        policy_version=DEFAULT_MEASURES.version,
    )
