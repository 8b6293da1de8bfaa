"""What somebody chose on the list of cases, as it stands in the address and as a filter.

An address never holds a name or a number: a search is sent as a form, and what it found is kept
in the session as ids. Another filter changes this file and its template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from api.pages.accounts import Account
from api.pages.caseload import CaseFilter, CaseOrder, DueIs, LedBy, Reader, Stage
from api.pages.due import SOON
from api.pages.release_days import awkward_days
from domain.calendars import WorkingCalendar
from domain.journey import Step
from domain.london_time import end_of_day, london_date

SIZE: Final = 50
LAST_PAGE: Final = 100_000
NOT_YET_SEEN: Final = timedelta(days=21)
"""How long after a release somebody whom treatment has not seen is looked for."""

Choice = TypeVar("Choice", bound=StrEnum)


class Tab(StrEnum):
    """The lists there are."""

    TEAM = "team"
    MINE = "mine"
    ALL = "all"
    RECENT = "recent"
    CLOSED = "closed"
    FOUND = "found"


class Look(StrEnum):
    """What a home page lists beside the team's own work."""

    UNSEEN = "unseen"
    REFERRALS = "referrals"


class Within(StrEnum):
    """How soon a release is, in days."""

    WEEK = "7"
    FORTNIGHT = "14"
    FOUR_WEEKS = "28"


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that is chosen; the defaults leave no trace in the address."""

    tab: Tab = Tab.TEAM
    due: DueIs | None = None
    within: Within | None = None
    friday: bool = False
    prison: str | None = None
    lead: LedBy | None = None
    look: Look | None = None
    sort: CaseOrder | None = None
    page: int = 1

    @property
    def order(self) -> CaseOrder:
        """What is sorted by until somebody chooses: urgency for a team's list and one's own."""
        default = CaseOrder.URGENCY if self.tab in (Tab.TEAM, Tab.MINE) else CaseOrder.LEAVES_ON
        return self.sort or default

    @property
    def href(self) -> str:
        """The address of this very list."""
        told = {
            "tab": self.tab if self.tab is not Tab.TEAM else None,
            "due": self.due,
            "within": self.within,
            "friday": "yes" if self.friday else None,
            "prison": self.prison,
            "lead": self.lead,
            "look": self.look,
            "sort": self.sort,
            "page": str(self.page) if self.page > 1 else None,
        }
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/cases?{query}" if query else "/cases"

    def but(self, **changes: object) -> Choices:
        """Return other choices, from their first page."""
        return replace(self, **{"page": 1} | changes)  # type: ignore[arg-type]  # of the same names


def read_choices(query: Mapping[str, str]) -> Choices:
    """Return what an address says; whatever it says wrongly is left out."""
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= 6 else 1  # noqa: PLR2004 - LAST_PAGE
    return Choices(
        tab=_among(Tab, query.get("tab")) or Tab.TEAM,
        due=_among(DueIs, query.get("due")),
        within=_among(Within, query.get("within")),
        friday=query.get("friday") == "yes",
        prison=query.get("prison") or None,
        lead=_among(LedBy, query.get("lead")),
        look=_among(Look, query.get("look")),
        sort=_among(CaseOrder, query.get("sort")),
        page=min(max(number, 1), LAST_PAGE),
    )


def filter_of(
    choices: Choices,
    account: Account,
    now: datetime,
    calendar: WorkingCalendar,
    ids: tuple[str, ...] = (),
) -> CaseFilter:
    """Return the filter that the choices stand for.

    Args:
        choices: What was chosen.
        account: Whose team the team's list is about.
        now: Judges what is late.
        calendar: Tells which days are Fridays and eves.
        ids: What was viewed last, or what a search found.
    """
    today = london_date(now)
    until = today + timedelta(days=int(choices.within)) if choices.within else None
    chosen = choices.tab in (Tab.RECENT, Tab.FOUND)
    stages = {Tab.CLOSED: Stage.CLOSED, Tab.RECENT: None, Tab.FOUND: None}
    wanted = CaseFilter(
        now=now,
        soon=end_of_day(today + timedelta(days=SOON)),
        stage=stages.get(choices.tab, Stage.OPEN),
        team=account.role if choices.tab is Tab.TEAM else None,
        due=choices.due,
        prison=choices.prison,
        leaves_from=today if until else None,
        leaves_to=until,
        leaves_among=awkward_days(today, calendar) if choices.friday else None,
        led_by=LedBy.ME if choices.tab is Tab.MINE else choices.lead,
        reader=Reader(account.subject.id, account.role),
        ids=ids if chosen else None,
        order=choices.order,
    )
    return _looked_at(wanted, choices.look, today)


def _looked_at(wanted: CaseFilter, look: Look | None, today: date) -> CaseFilter:
    match look:
        case Look.UNSEEN:
            since = max(today - NOT_YET_SEEN, wanted.leaves_from or date.min)
            return replace(
                wanted, stage=Stage.AFTER, open_step=Step.FIRST_CONTACT, leaves_from=since
            )
        case Look.REFERRALS:
            return replace(wanted, stage=Stage.BEFORE, open_step=Step.REFERRAL)
        case None:
            return wanted


def _among(codes: type[Choice], given: str | None) -> Choice | None:
    return next((each for each in codes if each.value == given), None)
