"""What waits for each role, as lists of the home page: which releases, and in what order.

A role that shall see something else first changes the table at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from api.filters import PageOf, ReleaseFilter, ReleaseOrder
from api.pages.due import Tag, due_tag
from api.pages.people import UNNAMED
from api.pages.roles import ROLES
from api.ports import Services
from api.records import ReleaseRow
from domain.access import Scope
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import DEFINITIONS, Step
from domain.state import Phase

SHOWN: Final = 8
LOOKED_AT: Final = 100
"""Of the soonest due, so many are looked through for those that are this role's to do."""

NEAR: Final = timedelta(days=14)
NOT_YET_SEEN: Final = timedelta(days=21)


@dataclass(frozen=True)
class Line:
    """One release of a list."""

    href: str
    name: str
    number: str
    reference: str
    leaves_on: date
    is_released: bool
    step: str | None
    owner: str
    due: Tag | None


class Worklist(NamedTuple):
    """One list of a home page.

    Attributes:
        step: Only releases on which this step is open; None takes what is the role's to do next.
        is_recent: Only people released within `NOT_YET_SEEN`.
    """

    title: str
    empty: str
    phase: Phase
    step: Step | None = None
    is_recent: bool = False


async def lines_of(
    services: Services, worklist: Worklist, role: Role, scope: Scope, today: date
) -> list[Line]:
    """Return the lines of a list, the soonest due first."""
    wanted = ReleaseFilter(
        phase=worklist.phase,
        step=worklist.step,
        leaves_from=today - NOT_YET_SEEN if worklist.is_recent else None,
        order=ReleaseOrder.NEXT_DUE_AT,
    )
    found = await services.reads.releases(wanted, scope, PageOf(size=LOOKED_AT))
    rows = found.rows if worklist.step else [each for each in found.rows if _is_theirs(each, role)]
    return [line_of(each, services.now()) for each in rows[:SHOWN]]


def line_of(row: ReleaseRow, now: datetime) -> Line:
    """Return a release as one line."""
    step = DEFINITIONS[row.next_due_step] if row.next_due_step else None
    return Line(
        href=f"/cases/{row.release_id}",
        name=f"{row.surname}, {row.forename}" if row.surname else UNNAMED,
        number=row.prison_number or "",
        reference=row.reference,
        leaves_on=row.released_on or row.expected_on,
        is_released=row.released_on is not None,
        step=step.title if step else None,
        owner=ROLES[step.owner] if step else "",
        due=due_tag(row.next_due_at, now) if row.next_due_at else None,
    )


def _is_theirs(row: ReleaseRow, role: Role) -> bool:
    step = row.next_due_step
    return step is not None and role in team_of(step, released=row.released_on is not None)


_NEXT_INSIDE: Final = Worklist("Do next", "Nothing waits for your team.", Phase.CUSTODY)
_NEXT_OUTSIDE: Final = Worklist(
    "Do next in the community", "Nothing waits for your team.", Phase.COMMUNITY
)

WORKLISTS: Final[dict[Role, Sequence[Worklist]]] = {
    Role.RESETTLEMENT: (_NEXT_INSIDE,),
    Role.HEALTHCARE: (_NEXT_INSIDE,),
    Role.PROBATION: (
        Worklist(
            "Released in the last 21 days and not yet seen by treatment",
            "Everybody who was released lately has been seen.",
            Phase.COMMUNITY,
            Step.FIRST_CONTACT,
            is_recent=True,
        ),
        _NEXT_INSIDE._replace(title="Do next before release"),
    ),
    Role.PROVIDER: (
        Worklist(
            "Referrals to answer", "No referral waits for an answer.", Phase.CUSTODY, Step.REFERRAL
        ),
        _NEXT_OUTSIDE,
    ),
}
