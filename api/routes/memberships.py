"""Why one release is counted in a measure or not, for those who may see its clinical detail."""

from __future__ import annotations

from fastapi import APIRouter

from api.documented import READING
from api.measures.explaining import ReleaseMeasures, explained
from api.ports import ReleaseUnknownError
from api.restricting import refuse_restricted
from api.security import Clinician, Given
from domain.access import may_read
from domain.london_time import london_date

router = APIRouter(prefix="/api/v1/releases", tags=["measures"])


@router.get("/{release_id}/measures", summary="Why it is counted or not", responses=READING)
async def read_memberships(release_id: str, caller: Clinician, services: Given) -> ReleaseMeasures:
    """Return for each measure of its nation whether a release is counted, and why.

    Who: healthcare and provider, in their scope: the reasons tell of treatment. A release that has
    not happened is in no measure yet.
    """
    state = await services.reads.state(release_id)
    if state is None or not may_read(caller, state, london_date(services.now())):
        raise ReleaseUnknownError
    await refuse_restricted(services, caller.id, release_id)
    return explained(state, await services.measures.memberships(release_id))
