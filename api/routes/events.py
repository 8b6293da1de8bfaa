"""Events: the trail of one release."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.documented import READING
from api.ports import ReleaseUnknownError
from api.queries import EventQuery
from api.schemas import EventList
from api.security import Given, TrailReader
from api.views import event_view
from domain.access import scope_of
from domain.london_time import london_date

router = APIRouter(prefix="/api/v1/releases", tags=["events"])


@router.get("/{release_id}/events", summary="Read what happened", responses=READING)
async def list_events(
    release_id: str, caller: TrailReader, services: Given, query: Annotated[EventQuery, Query()]
) -> EventList:
    """Return what happened to a release, in order, without what the caller's role may not see.

    Who: resettlement, healthcare, probation and provider in their scope; auditors everywhere.
    """
    scope = scope_of(caller, london_date(services.now()))
    found = await services.reads.events(release_id, scope, query.after, query.limit)
    if found is None:
        raise ReleaseUnknownError
    return EventList(
        items=[event_view(each, caller.role) for each in found],
        next_after=found[-1].event.seq if len(found) == query.limit else None,
    )
