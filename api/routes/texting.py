"""A person's agreement to texts, and the number they are sent to."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.documented import CHANGING, READING
from api.message_bodies import TEXTING, described_texting
from api.message_records import TextingChoice, TextingRecord
from api.message_schemas import Texting
from api.message_views import texting_view
from api.parsing import json_body, strictly
from api.ports import ReleaseUnknownError, Services
from api.restricting import refuse_restricted
from api.security import AgreementTaker, Caseworker, Given
from domain.access import Subject, may_read
from domain.london_time import london_date

router = APIRouter(prefix="/api/v1/releases", tags=["replies"])


@router.get("/{release_id}/texting", summary="Read the agreement to texts", responses=READING)
async def read_texting(release_id: str, caller: Caseworker, services: Given) -> Texting:
    """Return what the person agreed to; without an agreement no text is ever sent.

    Who: resettlement, healthcare, probation, provider, of releases in their own scope.
    """
    await _refuse_outside(services, release_id, caller)
    return _shown(await services.desk.agreements.of(release_id))


@router.put(
    "/{release_id}/texting",
    summary="Record the agreement to texts",
    responses=CHANGING,
    openapi_extra=described_texting(),
)
async def record_texting(
    release_id: str, caller: AgreementTaker, services: Given, request: Request
) -> Texting:
    """Record what the person said; the trail of messages keeps who recorded it, and when.

    Who: resettlement, probation, provider, of releases in their own scope.
    """
    body = strictly(TEXTING, await json_body(request))
    await _refuse_outside(services, release_id, caller)
    choice = TextingChoice(**body.model_dump())
    return _shown(await services.desk.agreements.record(release_id, choice, caller.id))


async def _refuse_outside(services: Services, release_id: str, caller: Subject) -> None:
    release = await services.reads.state(release_id)
    if release is None or not may_read(caller, release, london_date(services.now())):
        raise ReleaseUnknownError
    await refuse_restricted(services, caller.id, release_id)


def _shown(record: TextingRecord | None) -> Texting:
    if record is None:
        raise ReleaseUnknownError
    return texting_view(record)
