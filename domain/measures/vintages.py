"""A release as it was known on a day: facts recorded later are left out, however old they are.

Two ways give the same answer: reading the history up to the day, and keeping each change of the
measured facts with the instant it was recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import takewhile
from typing import NamedTuple

from domain.events import Event
from domain.evolve import replay
from domain.london_time import end_of_day
from domain.measures.release import MeasuredRelease
from domain.state import Release


class Version(NamedTuple):
    """The measured facts of a release from an instant on; None from when they no longer count."""

    recorded_at: datetime
    facts: MeasuredRelease | None


def known_on(versions: Iterable[Version], on: date) -> MeasuredRelease | None:
    """Return the facts that stood at the end of a London day, None when there were none yet."""
    until = end_of_day(on)
    known = sorted(
        (each for each in versions if each.recorded_at < until),
        key=lambda each: each.recorded_at,
    )
    return known[-1].facts if known else None


def events_known_on(events: Iterable[Event], on: date) -> tuple[Event, ...]:
    """Return the part of a history that was recorded by the end of a London day.

    An event's `at` is when it was recorded, so a fact recorded late belongs to the later vintage.
    """
    until = end_of_day(on)
    return tuple(takewhile(lambda each: each.at < until, events))


def state_known_on(events: Iterable[Event], on: date) -> Release | None:
    """Return the state a history had led to by the end of a London day, None before it began."""
    known = events_known_on(events, on)
    return replay(known) if known else None
