"""The whole history of a release, newest first; nothing in it can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.message_records import DecisionRecord, MessageRecord
from api.pages.answers import Link, page
from api.pages.happenings import actors_of
from api.pages.paging import pagination
from api.pages.record.history import TYPES, History, read_history
from api.pages.record.messages import messages_of, moment_of, told_message
from api.pages.record.opening import CASES, open_record, sections
from api.pages.record.professionals import seen_by, told_professionals
from api.pages.record.reaching import choices_about, told_choices
from api.pages.record.story import Told, told
from api.pages.security import Caseworker
from api.ports import ReleaseUnknownError, Services
from api.professional_ports import ProfessionalEntry
from api.records import RecordedEvent
from api.security import Given
from domain.access import scope_of
from domain.codes import Role
from domain.london_time import london_date

Entry = RecordedEvent | MessageRecord | Told

router = APIRouter(include_in_schema=False, prefix="/cases/{release_id}/history")

SIZE: Final = 25
MOST: Final = 5_000
"""More events than any release has; a history is read whole, to be filtered and counted."""


@router.get("")
async def history(
    release_id: str, account: Caseworker, request: Request, services: Given
) -> Response:
    """Show one page of what happened."""
    opened = await open_record(request, services, account, release_id)
    scope = scope_of(account.subject, london_date(services.now()))
    events = await services.reads.events(release_id, scope, 0, MOST)
    if events is None:
        raise ReleaseUnknownError
    wanted = read_history(release_id, request.query_params)
    messages = await messages_of(services, account, release_id) if wanted.shows_messages else ()
    entries = seen_by(await services.professionals.of(release_id), account.role)
    said = await choices_about(services, release_id)
    doers = await actors_of(services, _doers(events, entries, said))
    kept = _in_order(
        [each for each in reversed(events) if wanted.shows(each.event)],
        messages,
        await _contacts(services, entries, wanted),
        told_choices([each for each in said if wanted.shows_contact_by(each.why)], doers),
    )
    pages = ceil(len(kept) / SIZE)
    first = (wanted.page - 1) * SIZE
    person = opened.heading.person
    return page(
        request,
        "record_history.html",
        title=f"History: {person.name}",
        crumbs=[
            CASES,
            Link(person.name, f"/cases/{release_id}"),
            Link("History", f"/cases/{release_id}/history"),
        ],
        heading=opened.heading,
        sections=sections(release_id, "History"),
        events=await _told(services, kept[first : first + SIZE], account.role, events),
        people=doers,
        wanted=wanted,
        types=TYPES,
        total=len(kept),
        first=first + 1,
        pagination=pagination(wanted.page, pages, wanted.at),
    )


def _doers(
    events: Iterable[RecordedEvent],
    entries: Iterable[ProfessionalEntry],
    said: Iterable[DecisionRecord],
) -> set[str]:
    """Return whoever did anything that a history tells."""
    return {
        *(each.event.actor for each in events if each.event.actor),
        *(each.by for each in entries),
        *(each.why for each in said if each.why),
    }


async def _contacts(
    services: Services, entries: Sequence[ProfessionalEntry], wanted: History
) -> list[Told]:
    """Return who was named to be rung, as far as that is wanted."""
    names = await services.accounts.names({each.by for each in entries})
    told_all = told_professionals(entries, names)
    return [words for entry, words in told_all if wanted.shows_contact_by(entry.by)]


def _in_order(*parts: Sequence[Entry]) -> list[Entry]:
    """Return all together, the newest first; of one instant, in the order given."""
    return sorted((each for part in parts for each in part), key=_moment, reverse=True)


def _moment(entry: Entry) -> datetime:
    match entry:
        case MessageRecord():
            return moment_of(entry)
        case RecordedEvent():
            return entry.event.at
        case Told():
            return entry.at


async def _told(
    services: Services, entries: Sequence[Entry], role: Role, history: Sequence[RecordedEvent]
) -> list[Told]:
    """Return entries in words, in the order given; `history` is every event of the release."""
    wanted = [each for each in entries if isinstance(each, RecordedEvent)]
    events = iter(await told(services, wanted, role, history))

    def in_words(entry: Entry) -> Told:
        match entry:
            case MessageRecord():
                return told_message(entry, services.place_names)
            case RecordedEvent():
                return next(events)
            case Told():
                return entry

    return [in_words(each) for each in entries]
