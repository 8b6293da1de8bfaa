"""The person that a page of a record is about, as its banner names them.

Everything is taken from the redacted state, so that a page shows nothing its reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import Request

from api.pages.accounts import Account
from api.ports import ReleaseUnknownError, Services
from api.records import Person, ReleaseDetail
from api.security import route_of
from domain.access import scope_of
from domain.london_time import london_date

UNNAMED: Final = "Name not yet known"
RESTRICTED: Final = "Restricted access"
"""Stands for the name in a list when the record is closed to whoever reads it."""


@dataclass(frozen=True)
class Banner:
    """Who a page is about.

    Attributes:
        leaves_on: The day of release once it has happened, the expected one until then.
    """

    release_id: str
    name: str
    prison_number: str | None
    born_on: date | None
    prison: str
    leaves_on: date
    is_released: bool


async def detail_for(
    request: Request, services: Services, account: Account, release_id: str
) -> ReleaseDetail:
    """Return a release that is the account's business, and note that they saw it.

    Every page about a person begins here, so that the trail holds every one of them, once.

    Raises:
        ReleaseUnknownError: There is none, or it is not theirs to see.
        RecordRestricted: It is closed to them.
        RecordUnavailableError: It cannot be read, or the viewing cannot be noted.
    """
    scope = scope_of(account.subject, london_date(services.now()))
    detail = await services.reads.release(release_id, scope)
    if detail is None:
        raise ReleaseUnknownError
    request.scope["read_only"] = not await services.can_record()
    await note_viewing(request, services, account, release_id)
    return detail


async def note_viewing(
    request: Request, services: Services, account: Account, release_id: str
) -> None:
    """Put into the trail that an account saw something about a release, once for a request.

    Raises:
        RecordUnavailableError: It cannot be noted; then it must not be shown.
    """
    seen: set[str] = request.scope.setdefault("seen", set())
    if release_id not in seen:
        await services.views.note(account.subject.id, release_id, route_of(request))
        seen.add(release_id)


def banner_of(detail: ReleaseDetail, services: Services) -> Banner:
    """Return who a release is about."""
    state, person = detail.state, detail.person
    return Banner(
        release_id=state.release_id,
        name=name_of(person),
        prison_number=person.prison_number if person else None,
        born_on=person.born_on if person else None,
        prison=services.place_names.prison(state.prison),
        leaves_on=state.leaves_on,
        is_released=state.released is not None,
    )


def name_of(person: Person | None) -> str:
    """Return a name as staff say it, forename first."""
    return f"{person.forename} {person.surname}" if person else UNNAMED
