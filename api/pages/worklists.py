"""What waits for each role: the lists of its home page, and what changed while they were away.

A role that shall see something else first changes the table at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from api.filters import PageOf
from api.pages.accounts import Account
from api.pages.case_choices import Choices, Look, Tab, filter_of
from api.pages.case_list import CaseLine, case_href, line_of, listed_name
from api.pages.caseload import CaseOrder, CasePage, Change, DueIs, Meeting
from api.pages.happenings import in_words
from api.pages.record.story import lines_of as facts_of
from api.ports import Services
from domain.access import Scope
from domain.access_detail import redacted_event
from domain.codes import Role
from domain.events import Event, EventKind
from domain.london_time import end_of_day

SHOWN: Final = 8
LONGEST_AWAY: Final = timedelta(days=14)
WEEK: Final = 7

WORTH_KNOWING: Final = (
    EventKind.RELEASE_DATE_MOVED,
    EventKind.TRANSFERRED,
    EventKind.DESTINATION_CHANGED,
    EventKind.REFERRAL_REJECTED,
    EventKind.APPOINTMENT_BOOKED,
    EventKind.APPOINTMENT_CANCELLED,
    EventKind.APPOINTMENT_MISSED,
    EventKind.HOSPITAL_ADMITTED,
    EventKind.RECALLED,
    EventKind.DIED,
    EventKind.NEAR_MISS_RECORDED,
)
"""What changes the plans of everybody else."""

_TOLD_IN_FULL: Final = frozenset({EventKind.RELEASE_DATE_MOVED, EventKind.TRANSFERRED})
"""Of these the old value and the new one say it all."""


class Worklist(NamedTuple):
    """One list of a home page: the beginning of what its address shows.

    Attributes:
        title: Says whom it lists.
        empty: What stands there when it lists nobody.
        more: The link to all of it.
        choices: What it lists, as the list of cases does.
    """

    title: str
    empty: str
    more: str
    choices: Choices


class Shown(NamedTuple):
    """A worklist with its first lines, and how many lines its address lists."""

    worklist: Worklist
    lines: list[CaseLine]
    total: int


async def shown_of(services: Services, worklist: Worklist, account: Account, scope: Scope) -> Shown:
    """Return the beginning of a list: what is late, then the rest, each the most urgent first.

    A case may be urgent for what another team owes it; that comes after what is late of one's own.
    """
    now, calendar = services.now(), services.rules.in_force().calendar

    async def listed(choices: Choices) -> CasePage:
        wanted = filter_of(choices, account, now, calendar)
        return await services.caseload.cases(wanted, scope, PageOf(size=SHOWN))

    late = await listed(worklist.choices.but(due=DueIs.OVERDUE))
    every = await listed(worklist.choices)
    rows = {each.release.release_id: each for each in (*late.rows, *every.rows)}
    first = list(rows.values())[:SHOWN]
    lines = [line_of(each, now, calendar, services.place_names) for each in first]
    return Shown(worklist, lines, every.total)


async def news_for(services: Services, account: Account, scope: Scope) -> list[dict[str, object]]:
    """Return what others changed since the account was here last, newest first."""
    now = services.now()
    since = max(account.last_signed_in_at or now, now - LONGEST_AWAY)
    found = await services.caseload.changes(WORTH_KNOWING, since, account.subject.id, scope, SHOWN)
    return [_told(services, each, account.role) for each in found]


def _told(services: Services, change: Change, role: Role) -> dict[str, object]:
    event = redacted_event(change.event, role)
    return {
        "href": case_href(change.release),
        "name": listed_name(change.release),
        "what": "something changed" if change.release.restricted else in_words(event.kind),
        "values": () if change.release.restricted else _values(services, event),
        "at": event.at,
    }


def _values(services: Services, event: Event) -> Sequence[str]:
    if event.kind not in _TOLD_IN_FULL:
        return ()
    return [value for _, value in facts_of(event, services.place_names)]


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


_NEXT: Final = Worklist(
    "Do next", "Nothing waits for your team.", "All that waits for your team", Choices()
)
_UNSEEN: Final = Worklist(
    "Released in the last 21 days and not yet seen by treatment",
    "Everybody who was released lately has been seen.",
    "Everybody not yet seen",
    Choices(Tab.ALL, look=Look.UNSEEN, sort=CaseOrder.URGENCY),
)
_REFERRALS: Final = Worklist(
    "Referrals to answer",
    "No referral waits for an answer.",
    "All referrals to answer",
    Choices(Tab.ALL, look=Look.REFERRALS, sort=CaseOrder.URGENCY),
)

WORKLISTS: Final[dict[Role, Sequence[Worklist]]] = {
    Role.RESETTLEMENT: (_NEXT,),
    Role.HEALTHCARE: (_NEXT,),
    Role.PROBATION: (_UNSEEN, _NEXT),
    Role.PROVIDER: (_REFERRALS, _NEXT),
}

COMMUNITY: Final = frozenset({Role.PROBATION, Role.PROVIDER})
"""Who wants to know the appointments of the week."""
