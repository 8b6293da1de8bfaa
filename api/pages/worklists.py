"""What waits for each role: the lists of its home page, and what changed while they were away.

A role that shall see something else first changes the table at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from api.filters import PageOf
from api.pages.accounts import Account
from api.pages.case_list import CaseLine, case_href, line_of, listed_name
from api.pages.caseload import CaseFilter, CaseOrder, Meeting, Stage
from api.pages.due import SOON
from api.pages.happenings import in_words
from api.ports import Services
from domain.access import Scope
from domain.codes import Role
from domain.events import EventKind
from domain.journey import Step
from domain.london_time import end_of_day, london_date

SHOWN: Final = 8
NOT_YET_SEEN: Final = timedelta(days=21)
LONGEST_AWAY: Final = timedelta(days=14)
WEEK: Final = 7

WORTH_KNOWING: Final = (
    EventKind.RELEASE_DATE_MOVED,
    EventKind.TRANSFERRED,
    EventKind.DESTINATION_CHANGED,
    EventKind.REFERRAL_REJECTED,
    EventKind.APPOINTMENT_CANCELLED,
    EventKind.HOSPITAL_ADMITTED,
    EventKind.RECALLED,
    EventKind.DIED,
    EventKind.NEAR_MISS_RECORDED,
)
"""What changes the plans of everybody else."""


class Worklist(NamedTuple):
    """One list of a home page.

    Attributes:
        step: Only releases on which this step is open; None takes what is the role's to do.
        is_recent: Only people released within `NOT_YET_SEEN`.
    """

    title: str
    empty: str
    stage: Stage
    step: Step | None = None
    is_recent: bool = False


async def lines_of(
    services: Services, worklist: Worklist, role: Role, scope: Scope
) -> list[CaseLine]:
    """Return the lines of a list, the most urgent first."""
    now, calendar = services.now(), services.rules.in_force().calendar
    found = await services.caseload.cases(
        _filter(services, worklist, role), scope, PageOf(size=SHOWN)
    )
    return [line_of(each, now, calendar, services.place_names) for each in found.rows]


def _filter(services: Services, worklist: Worklist, role: Role) -> CaseFilter:
    now = services.now()
    today = london_date(now)
    return CaseFilter(
        now=now,
        soon=end_of_day(today + timedelta(days=SOON)),
        stage=worklist.stage,
        team=None if worklist.step else role,
        open_step=worklist.step,
        leaves_from=today - NOT_YET_SEEN if worklist.is_recent else None,
        order=CaseOrder.URGENCY,
    )


async def news_for(services: Services, account: Account, scope: Scope) -> list[dict[str, object]]:
    """Return what others changed since the account was here last, newest first."""
    now = services.now()
    since = max(account.last_signed_in_at or now, now - LONGEST_AWAY)
    found = await services.caseload.changes(WORTH_KNOWING, since, account.subject.id, scope, SHOWN)
    return [
        {
            "href": case_href(each.release),
            "name": listed_name(each.release),
            "what": "something changed" if each.release.restricted else in_words(each.kind),
            "at": each.at,
        }
        for each in found
    ]


async def meetings_of(services: Services, scope: Scope, today: date) -> list[dict[str, object]]:
    """Return the appointments of the next seven days, the earliest first."""
    first, last = end_of_day(today - timedelta(days=1)), end_of_day(today + timedelta(days=WEEK))
    found = await services.caseload.meetings(first, last, scope, SHOWN)
    return [
        {
            "href": case_href(each.release),
            "name": listed_name(each.release),
            "at": each.at,
            "service": _seen_by(each, services),
        }
        for each in found
    ]


def _seen_by(meeting: Meeting, services: Services) -> str:
    return "" if meeting.release.restricted else services.place_names.service(meeting.service)


_NEXT: Final = Worklist("Do next", "Nothing waits for your team.", Stage.OPEN)

WORKLISTS: Final[dict[Role, Sequence[Worklist]]] = {
    Role.RESETTLEMENT: (_NEXT,),
    Role.HEALTHCARE: (_NEXT,),
    Role.PROBATION: (
        Worklist(
            "Released in the last 21 days and not yet seen by treatment",
            "Everybody who was released lately has been seen.",
            Stage.AFTER,
            Step.FIRST_CONTACT,
            is_recent=True,
        ),
        _NEXT,
    ),
    Role.PROVIDER: (
        Worklist(
            "Referrals to answer", "No referral waits for an answer.", Stage.BEFORE, Step.REFERRAL
        ),
        _NEXT,
    ),
}

COMMUNITY: Final = frozenset({Role.PROBATION, Role.PROVIDER})
"""Who wants to know the appointments of the week."""
