"""Days and times in UK words: the only place of the pages that turns UTC into London time.

The words follow the GOV.UK style guide: `9:30am`, `midday`, `21 November 2026`.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from domain.london_time import LONDON, london_date

NOON: Final = 12


def day(on: date) -> str:
    """Return a day such as `21 November 2026`."""
    return f"{on.day} {on:%B %Y}"


def weekday(on: date) -> str:
    """Return a day with its name, such as `Saturday 21 November 2026`."""
    return f"{on:%A} {day(on)}"


def short_day(on: date) -> str:
    """Return a day for tables, such as `21 Nov 2026`."""
    return f"{on.day} {on:%b %Y}"


def strip_day(on: date) -> str:
    """Return a day for a strip of days, such as `Fri 4 Dec`."""
    return f"{on:%a} {on.day} {on:%b}"


def clock(at: time) -> str:
    """Return a wall time such as `9:30am`, `5pm`, `midday` or `midnight`."""
    if (at.hour, at.minute) == (NOON, 0):
        return "midday"
    if (at.hour, at.minute) == (0, 0):
        return "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % NOON or NOON}{minutes}{'am' if at.hour < NOON else 'pm'}"


def instant(at: datetime) -> str:
    """Return an instant of any zone as London has it: `21 November 2026 at 9:30am`."""
    local = at.astimezone(LONDON)
    return f"{day(local.date())} at {clock(local.time())}"


def short_instant(at: datetime) -> str:
    """Return an instant for tables: `21 Nov 2026, 9:30am`."""
    local = at.astimezone(LONDON)
    return f"{short_day(local.date())}, {clock(local.time())}"


def day_of(at: datetime) -> str:
    """Return the London day of an instant: `21 November 2026`."""
    return day(london_date(at))


def days_away(on: date, today: date) -> str:
    """Return how far a day is: `today`, `tomorrow`, `in 5 days`, `yesterday`, `5 days ago`."""
    count = (on - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if count in near:
        return near[count]
    return f"in {count} days" if count > 0 else f"{-count} days ago"


FILTERS: Final = {
    "day": day,
    "weekday": weekday,
    "short_day": short_day,
    "strip_day": strip_day,
    "clock": clock,
    "instant": instant,
    "short_instant": short_instant,
    "day_of": day_of,
}
"""What templates may call, by name."""
