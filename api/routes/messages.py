"""Messages: what was sent and would be sent, and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.documented import READING, problems
from api.filters import MessageFilter
from api.message_schemas import MessageList, ReleaseMessages
from api.message_views import message_view, trails
from api.ports import ReleaseUnknownError
from api.queries import MessageQuery, PageQuery
from api.restricting import refuse_restricted
from api.security import Given, OutboxReader
from domain.access_messages import message_scope_of
from domain.london_time import london_date

router = APIRouter(prefix="/api/v1", tags=["messages"])


@router.get("/messages", summary="List messages", responses=problems(401, 403, 422, 503))
async def list_messages(
    caller: OutboxReader, services: Given, query: Annotated[MessageQuery, Query()]
) -> MessageList:
    """List what was sent and waits to be sent about releases in scope, the newest first.

    Who: resettlement, healthcare, probation, provider; admin and auditor for all releases without
    the words of texts to persons, admin also for what belongs to no release.
    """
    scope = message_scope_of(caller, london_date(services.now()))
    found = await services.desk.messages.page(query.wanted, scope, query.wanted_page)
    return MessageList(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=[message_view(each, caller) for each in found.rows],
    )


@router.get(
    "/releases/{release_id}/messages",
    summary="Read the messages of a release with their trail",
    responses=READING,
)
async def read_messages(
    release_id: str, caller: OutboxReader, services: Given, query: Annotated[PageQuery, Query()]
) -> ReleaseMessages:
    """Return the messages about a release, each with what was decided about it and why.

    Who: resettlement, healthcare, probation, provider; admin and auditor for all releases without
    the words of texts to persons.
    """
    scope = message_scope_of(caller, london_date(services.now()))
    release = await services.reads.state(release_id)
    if release is None or not scope.releases.covers(release):
        raise ReleaseUnknownError
    await refuse_restricted(services, caller.id, release_id)
    messages, wanted = services.desk.messages, MessageFilter(release_id=release_id)
    found = await messages.page(wanted, scope, query.wanted_page)
    decisions = await messages.trail(release_id, [each.id for each in found.rows])
    items, others = trails(found.rows, decisions, caller)
    return ReleaseMessages(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=items,
        decisions=others,
    )
