"""What to warn of before a release is started: a bad day, short notice, a day that will move."""

from __future__ import annotations

from datetime import date
from typing import Final

from api.pages.dates import weekday
from api.pages.release_days import awkward
from domain.calendars import CalendarGapError
from domain.codes import ReleaseType
from domain.release_day import AwkwardDay, release_day
from domain.rules import Rules
from domain.wording import counted

_BAD: Final = {
    AwkwardDay.FRIDAY: "is a Friday. Most services are closed until Monday",
    AwkwardDay.EVE_OF_BANK_HOLIDAY: "is the day before a bank holiday. Services close next day",
    AwkwardDay.WEEKEND: "is at a weekend. Most services are closed",
    AwkwardDay.BANK_HOLIDAY: "is a bank holiday. Most services are closed",
}


def warnings_of(
    on: date, release_type: ReleaseType, today: date, rules: Rules, *, as_given: bool
) -> tuple[str, ...]:
    """Return what somebody should know before they record a release date."""
    expected = on if as_given else _expected(on, release_type, today, rules)
    found = []
    why = awkward(on, rules.calendar)
    if why is not None:
        found.append(f"{weekday(on)} {_BAD[why]}.")
    if expected < on:
        source = rules.policy.day_of_release.cite.source
        found.append(
            f"The day-of-release rule brings it forward to {weekday(expected)} ({source})."
        )
    days = (expected - today).days
    if days < rules.policy.short_notice.under_days:
        when = "has passed" if days < 0 else f"is {counted(days, 'day')} away"
        found.append(f"The release {when}. Steps with little time left are due at short notice.")
    return tuple(found)


def _expected(on: date, release_type: ReleaseType, today: date, rules: Rules) -> date:
    try:
        moved = release_day(
            on,
            release_type,
            rules.calendar,
            today_on=today,
            rule=rules.policy.day_of_release.rule,
        )
    except CalendarGapError:
        return on
    return max(moved.released_on, min(today, on))
