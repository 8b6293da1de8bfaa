"""Days of release on which nobody works the next day, as badges and lists name them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.calendars import CalendarGapError, WorkingCalendar
from domain.release_day import FRIDAY, AwkwardDay, awkward_day

LOOKING_AHEAD: Final = 366
"""Days."""

_BADGES: Final = {
    AwkwardDay.FRIDAY: "FRIDAY RELEASE",
    AwkwardDay.EVE_OF_BANK_HOLIDAY: "BANK HOLIDAY EVE",
    AwkwardDay.WEEKEND: "WEEKEND RELEASE",
    AwkwardDay.BANK_HOLIDAY: "BANK HOLIDAY RELEASE",
}


def awkward(on: date, calendar: WorkingCalendar) -> AwkwardDay | None:
    """Return why a day is a bad one to be released on.

    Beyond the published bank holidays only the day of the week is known.
    """
    try:
        return awkward_day(on, calendar)
    except CalendarGapError:
        if on.weekday() == FRIDAY:
            return AwkwardDay.FRIDAY
        return AwkwardDay.WEEKEND if on.weekday() > FRIDAY else None


def badge_of(on: date, calendar: WorkingCalendar) -> str | None:
    """Return the badge of a day of release, None for one like any other."""
    why = awkward(on, calendar)
    return _BADGES[why] if why else None


def awkward_days(first: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Return the coming Fridays, weekends, bank holidays and their eves, from `first` on."""
    days = (first + timedelta(days=each) for each in range(LOOKING_AHEAD))
    return tuple(each for each in days if awkward(each, calendar))
