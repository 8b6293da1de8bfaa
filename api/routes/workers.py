"""Named workers: who works with a release on behalf of each party."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.documented import CHANGING, READING
from api.duty_bodies import WORKER, described_body
from api.duty_schemas import WorkerList
from api.duty_views import workers_view
from api.naming import name_lead
from api.parsing import json_body, strictly
from api.ports import ReleaseUnknownError, Services
from api.restricting import refuse_restricted
from api.security import Caseworker, Given
from domain.access import Subject, scope_of
from domain.access_denials import Denial, NotPermitted
from domain.london_time import london_date
from domain.state import Release

router = APIRouter(prefix="/api/v1/releases", tags=["rotas"])


@router.get("/{release_id}/workers", summary="Read who works with a release", responses=READING)
async def list_workers(release_id: str, caller: Caseworker, services: Given) -> WorkerList:
    """Return the named workers, by name and without how to reach them.

    Who: resettlement, healthcare, probation, provider, of releases in their own scope.
    """
    await _in_scope(services, release_id, caller)
    return workers_view(await services.duty.workers.of(release_id))


@router.put(
    "/{release_id}/workers/{role}",
    summary="Name who works with a release",
    responses=CHANGING,
    openapi_extra=described_body("WorkerChoice"),
)
async def name_worker(
    release_id: str, role: str, caller: Caseworker, services: Given, request: Request
) -> WorkerList:
    """Name the worker of one's own team, instead of whoever was named; null names nobody.

    Who: resettlement, healthcare, probation, provider, each for its own party.
    """
    if role != caller.role:
        raise NotPermitted(Denial.TEAM)
    body = strictly(WORKER, await json_body(request))
    release = await _in_scope(services, release_id, caller)
    await name_lead(services, caller, release, body.staff)
    return workers_view(await services.duty.workers.of(release_id))


async def _in_scope(services: Services, release_id: str, caller: Subject) -> Release:
    release = await services.reads.state(release_id)
    if release is None or not scope_of(caller, london_date(services.now())).covers(release):
        raise ReleaseUnknownError
    await refuse_restricted(services, caller.id, release_id)
    return release
