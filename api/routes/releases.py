"""Releases: start one, list them, read one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.answers import ReleaseStarted
from api.bodies import FIELD_OF, NEW_RELEASE
from api.documented import READING, pending, problems
from api.openapi_bodies import NEW_RELEASE_BODY
from api.parsing import json_body, strictly
from api.ports import ReleaseUnknownError, Services
from api.queries import ReleaseQuery
from api.records import NewRelease, Started
from api.refusals import ReleaseElsewhereError
from api.restricting import refuse_restricted
from api.schemas import Release, ReleaseList
from api.security import Caseworker, Given, Starter
from api.views import release_view, summary_view
from domain.access import Subject, may_start, scope_of
from domain.access_denials import Denial, NotPermitted
from domain.access_detail import CLINICAL_ROLES
from domain.commands import Actor
from domain.errors import Refused
from domain.london_time import london_date

router = APIRouter(prefix="/api/v1/releases", tags=["releases"])


@router.post(
    "",
    status_code=201,
    summary="Start a release",
    responses={
        200: {"model": ReleaseStarted, "description": "It existed; nothing was changed."},
        **pending(),
        **problems(401, 403, 409, 413, 415, 422, 503),
    },
    openapi_extra={"requestBody": NEW_RELEASE_BODY},
)
async def start_release(
    caller: Starter, services: Given, request: Request, response: Response
) -> ReleaseStarted:
    """Start the release of a person, or find it.

    Who: resettlement, for their own prisons. The same prison number and reception date is the
    same release, however often it is sent.
    """
    body = strictly(NEW_RELEASE, await json_body(request))
    details = services.intake.checked(body.details())
    may_start(caller, details.prison)
    started = await _start(services, details, caller)
    response.status_code = 201 if started.created else 200
    response.headers["Location"] = f"/api/v1/releases/{started.release_id}"
    return ReleaseStarted(
        id=started.release_id, reference=started.reference, created=started.created
    )


async def _start(services: Services, details: NewRelease, caller: Subject) -> Started:
    try:
        started = await services.releases.start(details, Actor(id=caller.id, role=caller.role))
    except Refused as refusal:
        field = FIELD_OF.get(refusal.field or "", refusal.field)
        raise Refused(refusal.code, refusal.message, field) from None
    if not started.created:
        known = await services.reads.state(started.release_id)
        scope = scope_of(caller, london_date(services.now()))
        if known is not None and not scope.covers(known):
            raise ReleaseElsewhereError
        await refuse_restricted(services, caller.id, started.release_id)
    return started


@router.get("", summary="List releases", responses=problems(401, 403, 422, 503))
async def list_releases(
    caller: Caseworker, services: Given, query: Annotated[ReleaseQuery, Query()]
) -> ReleaseList:
    """List the releases in the caller's scope.

    Who: resettlement, healthcare, probation, provider.
    """
    if query.group is not None and caller.role not in CLINICAL_ROLES:
        raise NotPermitted(Denial.CLINICAL_FILTER)
    scope = scope_of(caller, london_date(services.now()))
    found = await services.reads.releases(query.wanted, scope, query.wanted_page)
    return ReleaseList(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=[summary_view(each) for each in found.rows],
    )


@router.get("/{release_id}", summary="Read a release", responses=READING)
async def read_release(release_id: str, caller: Caseworker, services: Given) -> Release:
    """Return one release in the detail that the caller's role may see.

    Who: resettlement, healthcare, probation, provider. A release outside the caller's scope is
    answered like one that does not exist.
    """
    scope = scope_of(caller, london_date(services.now()))
    detail = await services.reads.release(release_id, scope)
    if detail is None:
        raise ReleaseUnknownError
    return release_view(detail, caller.role)
