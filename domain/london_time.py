"""London wall time and UTC instants; the only module of the domain that knows a time zone.

Due times are rules about days and office hours where people are, so they are worked out on the
London wall clock and converted once, at the end. Counting elapsed hours instead would move a
nine o'clock deadline to ten when the clocks change. The hour 01:00 to 01:59 is refused on every
day of the year, not only on the two Sundays when it is missing or doubled: a figure that is
accepted today must not fail in October.

Change this file when the law on summer time or the way instants are stored changes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domain.errors import ThroughcareError

LONDON: Final = ZoneInfo("Europe/London")
CLOCK_CHANGE_HOUR: Final = 1


class LondonTimeError(ThroughcareError):
    """A time that cannot be placed on the London wall clock."""


class UnsafeWallTimeError(LondonTimeError):
    """The wall time lies in the hour that the clocks skip in March and repeat in October."""

    def __init__(self) -> None:
        super().__init__(
            "A time from 01:00 to 01:59 happens twice or not at all when the clocks change. "
            "Choose a time before 01:00 or from 02:00 on.",
        )


class ZonedWallTimeError(LondonTimeError):
    """The wall time carries a zone of its own, so it may not be London's."""

    def __init__(self) -> None:
        super().__init__("Give the London wall time without a time zone.")


class SkippedWallTimeError(LondonTimeError):
    """The clocks went forward over this wall time, so it never was."""

    def __init__(self) -> None:
        super().__init__(
            "The clocks go forward that night and this time does not happen. Give 02:00 or later, "
            "or a time before 01:00.",
        )


class WrongClockError(LondonTimeError):
    """The wall time was said to be read from a clock that London is not on then."""

    def __init__(self) -> None:
        super().__init__("London is on its other clock then. Leave BST or GMT out.")


class RepeatedWallTimeError(LondonTimeError):
    """The clocks went back over this wall time, so it happened twice."""

    def __init__(self) -> None:
        super().__init__(
            "The clocks go back that night and this time happens twice. Say which: add BST for "
            "the first, GMT for the second.",
        )


class NaiveInstantError(LondonTimeError):
    """The instant has no time zone, so nobody can tell which instant it is."""

    def __init__(self) -> None:
        super().__init__("Give the instant with its time zone, for example in UTC.")


def london_instant(on: date, at: time) -> datetime:
    """Return the UTC instant of a wall time on a London day.

    Args:
        on: The London date.
        at: The wall time, without a zone and outside 01:00 to 01:59.

    Raises:
        UnsafeWallTimeError: `at` may be missing or ambiguous on some day.
        ZonedWallTimeError: `at` has a zone.
    """
    if at.tzinfo is not None:
        raise ZonedWallTimeError
    if at.hour == CLOCK_CHANGE_HOUR:
        raise UnsafeWallTimeError
    return datetime.combine(on, at, tzinfo=LONDON).astimezone(UTC)


class LondonClock(StrEnum):
    """Which of London's two clocks a wall time was read from."""

    BST = "BST"
    GMT = "GMT"


def london_moment(wall: datetime, clock: LondonClock | None = None) -> datetime:
    """Return the UTC instant of one wall time on one known day, as a rota or a diary gives it.

    Unlike a due time, which holds on every day of a year, it may lie between 01:00 and 01:59: on
    all days but two that hour happens once, and on those two it is refused or told apart.

    Args:
        wall: A naive London wall time.
        clock: Which clock it was read from; needed only where the hour happens twice.

    Raises:
        ZonedWallTimeError: `wall` has a zone.
        SkippedWallTimeError: `wall` does not happen.
        WrongClockError: It happens, and not on `clock`.
        RepeatedWallTimeError: `wall` happens twice and `clock` does not say which is meant.
    """
    if wall.tzinfo is not None:
        raise ZonedWallTimeError
    readings = {wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)}
    happens = {
        shown.tzname(): at
        for at in readings
        if (shown := at.astimezone(LONDON)).replace(tzinfo=None) == wall
    }
    if not happens:
        raise SkippedWallTimeError
    if clock is None:
        if len(happens) > 1:
            raise RepeatedWallTimeError
        return next(iter(happens.values()))
    if clock not in happens:
        raise WrongClockError
    return happens[clock]


def london_date(at: datetime) -> date:
    """Return the date on a London wall calendar at an instant of any zone.

    Raises:
        NaiveInstantError: `at` has no zone.
    """
    if at.utcoffset() is None:
        raise NaiveInstantError
    return at.astimezone(LONDON).date()


def end_of_day(on: date) -> datetime:
    """Return the first UTC instant after a London day: something due "on" it lapses here."""
    return london_instant(on + timedelta(days=1), time.min)


def add_days_at(on: date, days: int, at: time) -> datetime:
    """Return the UTC instant of a London wall time, `days` calendar days after `on`.

    The wall time is kept across a clock change, so fourteen days may be 335, 336 or 337 hours.

    Raises:
        UnsafeWallTimeError: `at` may be missing or ambiguous on some day.
        ZonedWallTimeError: `at` has a zone.
    """
    return london_instant(on + timedelta(days=days), at)
