"""Days and times in words: absolute always, since a text may arrive hours after it was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from domain.london_time import LONDON, london_date

# Not strftime, which would follow the locale of the machine.
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NOON: Final = 12


def day_in_words(on: date) -> str:
    """Return a date such as `Wed 23 September`."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def time_in_words(at: time) -> str:
    """Return a time such as `10:30am`, `5pm`, `noon` or `midnight`."""
    if (at.hour, at.minute) in {(0, 0), (_NOON, 0)}:
        return "noon" if at.hour else "midnight"
    half = "am" if at.hour < _NOON else "pm"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % _NOON or _NOON}{minutes}{half}"


def at_fields(at: datetime) -> dict[str, str]:
    """Return the fields `on` and `at` for something that happens at an instant."""
    return {"on": london_date(at).isoformat(), "at": _wall_time(at)}


def by_fields(at: datetime) -> dict[str, str]:
    """Return the fields `on` and `by` for something due at an instant.

    What is due when a London day begins is due by midnight on the day before, as people say it.
    """
    last = london_date(at.astimezone(UTC) - timedelta(microseconds=1))
    return {"on": last.isoformat(), "by": _wall_time(at)}


def _wall_time(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M}"
