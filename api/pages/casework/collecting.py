"""The visits to a pharmacy that a pattern of weekdays means.

Prescriptions are written as "daily, not Sunday": the form asks for the pattern, and the cover check
wants each visit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Visit(NamedTuple):
    """One collection and for how many days in a row it is."""

    collect_on: date
    covers_days: int


def visits(first_on: date, last_on: date, weekdays: Collection[int]) -> tuple[Visit, ...]:
    """Return the visits that cover every day from the first to the last, each day once.

    Args:
        first_on: The first collection, whatever weekday it is.
        last_on: The last day that the last collection covers; not before the first.
        weekdays: Of the later collections, Monday 0; none for a single collection.
    """
    starts = list(_starts(first_on, last_on, weekdays))
    ends = [*starts[1:], last_on + timedelta(days=1)]
    return tuple(Visit(on, (end - on).days) for on, end in zip(starts, ends, strict=True))


def _starts(first_on: date, last_on: date, weekdays: Collection[int]) -> Iterator[date]:
    yield first_on
    on = first_on + timedelta(days=1)
    while on <= last_on:
        if on.weekday() in weekdays:
            yield on
        on += timedelta(days=1)
