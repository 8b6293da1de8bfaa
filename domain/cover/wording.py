"""Dates as staff read them, in the sentences of a cover report.

The names are written out because the platform's own follow the machine's language. Change this
file when the way a date is read out changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LEAST_RUN: Final = 3


def day_in_words(on: date) -> str:
    """Return a date as `Friday 1 May 2026`."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def days_in_words(days: Iterable[date]) -> str:
    """Return dates in order, three or more in a row as `first to last`; no dates as nothing."""
    parts: list[str] = []
    for run in _runs(sorted(set(days))):
        if len(run) >= LEAST_RUN:
            parts.append(f"{day_in_words(run[0])} to {day_in_words(run[-1])}")
        else:
            parts.extend(map(day_in_words, run))
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _runs(days: list[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for on in days:
        if runs and on - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(on)
        else:
            runs.append([on])
    return runs
