"""Replies: what came in and no rule could answer, so that a person reads it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.documented import READING, problems
from api.message_ports import ReplyUnknownError
from api.message_records import ReplyRecord
from api.message_schemas import Reply, ReplyList
from api.message_views import is_by_person, reply_view
from api.ports import Services
from api.queries import ReplyQuery
from api.security import Colleague, Given
from domain.access import Subject
from domain.access_messages import may_mark_read, reply_scope_of
from domain.london_time import london_date

router = APIRouter(prefix="/api/v1/replies", tags=["replies"])


@router.get("", summary="List replies to read", responses=problems(401, 403, 422, 503))
async def list_replies(
    caller: Colleague, services: Given, query: Annotated[ReplyQuery, Query()]
) -> ReplyList:
    """List replies that a person must read, the oldest first.

    Who: healthcare, provider; resettlement and probation without what a person wrote; admin those
    of unknown senders.
    """
    scope = reply_scope_of(caller, london_date(services.now()))
    found = await services.desk.replies.page(scope, query.wanted_page, is_open=query.open)
    return ReplyList(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=[reply_view(each, caller) for each in found.rows],
    )


@router.post("/{reply_id}/read", summary="Say that you have read it", responses=READING)
async def mark_read(reply_id: str, caller: Colleague, services: Given) -> Reply:
    """Take a reply off the list; whoever read it first stays recorded.

    Who: whoever may read its text.
    """
    reply = await _reply(services, reply_id, caller)
    by_person, closed = is_by_person(reply), reply.restricted
    may_mark_read(caller, is_by_person=by_person, is_restricted=closed)
    await services.desk.replies.read(reply_id, caller.id)
    return reply_view(await _reply(services, reply_id, caller), caller)


async def _reply(services: Services, reply_id: str, caller: Subject) -> ReplyRecord:
    scope = reply_scope_of(caller, london_date(services.now()))
    found = await services.desk.replies.one(reply_id, scope)
    if found is None:
        raise ReplyUnknownError
    return found
