"""The person that a page of a record is about, as its banner names them.

Everything is taken from the redacted state, so that a page shows nothing its reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.accounts import Account
from api.ports import ReleaseUnknownError, Services
from api.records import Person, ReleaseDetail
from domain.access import scope_of
from domain.london_time import london_date

UNNAMED: Final = "Name not yet known"


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


async def detail_for(services: Services, account: Account, release_id: str) -> ReleaseDetail:
    """Return a release that is the account's business.

    Raises:
        ReleaseUnknownError: There is none, or it is not theirs to see.
    """
    scope = scope_of(account.subject, london_date(services.now()))
    detail = await services.reads.release(release_id, scope)
    if detail is None:
        raise ReleaseUnknownError
    return detail


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
