"""Messages: what was sent and would be sent, and one of them with its words and its trail."""

from __future__ import annotations

from math import ceil
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.message_ports import MessageUnknownError
from api.message_records import MessagePage
from api.pages.accounts import Account
from api.pages.answers import Link, page
from api.pages.messages.choices import Wanted, read_wanted
from api.pages.messages.listing import line_of
from api.pages.messages.story import Decided, decided, view_of
from api.pages.messages.words import FAULT_CLASSES, SENT_BY, STANDS, TO, severity_in_words
from api.pages.paging import pagination, part_of, read_page
from api.pages.people import note_viewing
from api.pages.security import OutboxReader
from api.ports import Services
from api.security import Given
from domain.access_messages import message_scope_of
from domain.access_table import CASEWORK_ROLES
from domain.london_time import london_date
from domain.policy import Severity

router = APIRouter(include_in_schema=False, prefix="/messages")

PER_PAGE: Final = 50


@router.get("")
async def list_messages(account: OutboxReader, request: Request, services: Given) -> Response:
    """Show a page of the messages that were asked for, the newest first."""
    wanted = read_wanted(request.query_params)
    part = read_page(request.query_params, PER_PAGE)
    scope = message_scope_of(account.subject, london_date(services.now()))
    found = await services.desk.messages.page(wanted.filter, scope, part)
    return page(
        request,
        "messages.html",
        title="Messages",
        wanted=wanted,
        typed=_typed(wanted),
        statuses=STANDS,
        channels=SENT_BY,
        to=TO,
        severities={each: severity_in_words(each) for each in Severity},
        faults=FAULT_CLASSES,
        lines=[line_of(each, services.place_names) for each in found.rows],
        beside=await _beside(request, services, account, wanted, found),
        opens_records=account.role in CASEWORK_ROLES,
        part=part_of(part, len(found.rows), found.total),
        pagination=pagination(part.number, ceil(found.total / part.size), wanted.href),
    )


async def _beside(
    request: Request, services: Services, account: Account, wanted: Wanted, found: MessagePage
) -> list[Decided]:
    """Return what was decided about a release and about no message; seeing it is a viewing."""
    release_id = found.rows[0].release_id if wanted.release and found.rows else None
    if release_id is None:
        return []
    await note_viewing(request, services, account, release_id)
    decisions = await services.desk.messages.trail(release_id, [])
    return (await decided(services, decisions))[::-1]


def _typed(wanted: Wanted) -> dict[str, str]:
    """Return the days that are chosen as the inputs of dates have them."""
    return {
        f"{name}-{part}": str(getattr(on, part))
        for name, on in (("first", wanted.first), ("last", wanted.last))
        if on is not None
        for part in ("day", "month", "year")
    }


@router.get("/{message_id}")
async def show_message(
    message_id: str, account: OutboxReader, request: Request, services: Given
) -> Response:
    """Show one message; of a release, that is a viewing of its person."""
    scope = message_scope_of(account.subject, london_date(services.now()))
    story = await services.desk.messages.one(message_id, scope)
    if story is None:
        raise MessageUnknownError
    if story.message.release_id is not None:
        await note_viewing(request, services, account, story.message.release_id)
    line = line_of(story.message, services.place_names)
    return page(
        request,
        "message.html",
        title=line.title,
        back=Link("Messages", "/messages"),
        line=line,
        message=story.message,
        view=await view_of(services, account, story),
        opens_records=account.role in CASEWORK_ROLES,
    )
