"""The list of cases as its page shows it: lines, tabs, sort links, filters that can be removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Final, NamedTuple

from api.pages.case_choices import SIZE, Choices, Look, Tab, Within
from api.pages.caseload import CaseOrder, CaseRow, DueIs, LedBy
from api.pages.dates import days_away
from api.pages.due import Tag, due_tag
from api.pages.people import RESTRICTED, UNNAMED
from api.pages.places import PlaceNames
from api.pages.release_days import badge_of
from api.pages.roles import ROLES
from api.records import ReleaseRow
from domain.calendars import WorkingCalendar
from domain.journey import DEFINITIONS
from domain.london_time import london_date
from domain.state import Closure, Phase

DUE: Final = {
    DueIs.OVERDUE: "Overdue",
    DueIs.SOON: "Due in 3 days or less",
    DueIs.ON_TRACK: "On track",
}
WITHIN: Final = {
    Within.WEEK: "Next 7 days",
    Within.FORTNIGHT: "Next 14 days",
    Within.FOUR_WEEKS: "Next 28 days",
}
LOOKS: Final = {
    Look.UNSEEN: "Released in the last 21 days and not yet seen",
    Look.REFERRALS: "Referral not yet accepted",
}
LEADS: Final = {LedBy.ME: "I lead", LedBy.NOBODY: "Nobody leads yet"}
TABS: Final = {
    Tab.TEAM: "For your team",
    Tab.MINE: "My cases",
    Tab.ALL: "All open",
    Tab.RECENT: "Recently viewed",
    Tab.CLOSED: "Closed",
}
CLOSURES: Final = {
    Closure.COMPLETED: "In treatment at twelve weeks",
    Closure.LEFT_TREATMENT: "Left treatment",
    Closure.NOT_ENGAGED: "Did not start treatment",
    Closure.NO_TREATMENT_NEED: "No treatment need",
    Closure.CANCELLED: "Release cancelled",
    Closure.RECALLED: "Recalled",
    Closure.DIED: "Died",
    Closure.MERGED: "Merged into another record",
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a list.

    Attributes:
        href: None of a record that is closed to the reader; then only what is due is told.
        leaves_on: None of such a record.
        lead: The named worker of the step's owner.
        badge: What is bad about the day of release.
        state: Of a case with nothing due: why.
    """

    href: str | None
    name: str
    number: str
    prison: str
    leaves_on: date | None
    away: str
    is_released: bool
    badge: str | None
    step: str | None
    owner: str
    lead: str | None
    due: Tag | None
    state: str


class Column(NamedTuple):
    """A column that sorts."""

    text: str
    href: str
    sort: str


class Listed(NamedTuple):
    """Which part of a list is shown."""

    first: int
    last: int
    total: int
    pages: int


def line_of(
    case: CaseRow, now: datetime, calendar: WorkingCalendar, places: PlaceNames
) -> CaseLine:
    """Return a case as one line."""
    row = case.release
    if row.restricted:
        return _restricted(case, now)
    definition = DEFINITIONS[case.step] if case.step else None
    leaves_on = row.released_on or row.expected_on
    return CaseLine(
        href=case_href(row),
        name=listed_name(row),
        number=row.prison_number or row.reference,
        prison=places.prison(row.prison),
        leaves_on=leaves_on,
        away=days_away(leaves_on, london_date(now)),
        is_released=row.released_on is not None,
        badge=badge_of(leaves_on, calendar) if row.released_on is None else None,
        step=definition.title if definition else None,
        owner=ROLES[definition.owner] if definition else "",
        lead=case.lead,
        due=due_tag(case.due_at, now) if case.due_at else None,
        state=_state(row),
    )


def _restricted(case: CaseRow, now: datetime) -> CaseLine:
    """Return a line that says that there is work and how urgent, so that somebody asks."""
    return CaseLine(
        href=None,
        name=RESTRICTED,
        number="",
        prison="",
        leaves_on=None,
        away="",
        is_released=False,
        badge=None,
        step=None,
        owner="",
        lead=None,
        due=due_tag(case.due_at, now) if case.due_at else None,
        state="",
    )


def case_href(row: ReleaseRow) -> str | None:
    """Return the address of a record, None when it is closed to the reader."""
    return None if row.restricted else f"/cases/{row.release_id}"


def listed_name(row: ReleaseRow) -> str:
    """Return a name as lists have it, surname first."""
    if row.restricted:
        return RESTRICTED
    return f"{row.surname}, {row.forename}" if row.surname else UNNAMED


def _state(row: ReleaseRow) -> str:
    if row.phase is Phase.CLOSED:
        return CLOSURES[row.closure] if row.closure else "Closed"
    return "Nothing is due"


def columns(choices: Choices) -> Mapping[str, Column]:
    """Return the columns that sort; a second click sorts the other way."""
    named = {
        "person": ("Person", CaseOrder.SURNAME, CaseOrder.SURNAME_LAST),
        "release": ("Release", CaseOrder.LEAVES_ON, CaseOrder.LEAVES_ON_LAST),
        "due": ("Due", CaseOrder.URGENCY, CaseOrder.URGENCY_LAST),
    }
    return {name: _column(choices, *each) for name, each in named.items()}


def _column(choices: Choices, text: str, first: CaseOrder, last: CaseOrder) -> Column:
    sort = {first: "ascending", last: "descending"}.get(choices.order, "none")
    wanted = last if choices.order is first else first
    return Column(text, choices.but(sort=wanted).href, sort)


def tabs(choices: Choices, *, has_found: bool) -> list[dict[str, object]]:
    """Return the tabs as the sub navigation wants them; a search adds one."""
    named = TABS | ({Tab.FOUND: "Search results"} if has_found else {})
    return [
        {"text": text, "href": Choices(tab=tab).href, "active": tab is choices.tab}
        for tab, text in named.items()
    ]


def selected(choices: Choices, places: PlaceNames) -> list[dict[str, object]]:
    """Return what is chosen, each with the address without it."""
    found: list[dict[str, object]] = []
    if choices.due:
        found.append(_category("Next step", DUE[choices.due], choices.but(due=None)))
    if choices.lead:
        found.append(_category("Lead in your team", LEADS[choices.lead], choices.but(lead=None)))
    if choices.look:
        found.append(_category("Only", LOOKS[choices.look], choices.but(look=None)))
    if choices.within:
        found.append(_category("Release", WITHIN[choices.within], choices.but(within=None)))
    if choices.friday:
        text = "Friday, weekend or holiday eve"
        found.append(_category("Day of release", text, choices.but(friday=False)))
    if choices.prison:
        found.append(_category("Prison", places.prison(choices.prison), choices.but(prison=None)))
    return found


def _category(heading: str, text: str, without: Choices) -> dict[str, object]:
    return {"heading": {"text": heading}, "items": [{"href": without.href, "text": text}]}


def listed(choices: Choices, shown: int, total: int) -> Listed:
    """Return which part of the list this page is."""
    first = (choices.page - 1) * SIZE + 1
    return Listed(first, first + shown - 1, total, ceil(total / SIZE))
