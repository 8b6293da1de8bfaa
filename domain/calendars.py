"""Working days and working time in England and Wales (R102).

A working day is Monday to Friday and not a bank holiday. Bank holidays are announced a few years
ahead and can be added at short notice, so they are data with the dates the list covers, and an
answer that would need a day outside it is refused rather than guessed: a deadline on an unknown
bank holiday is a deadline nobody works towards. A weekend is known for ever and needs no list.

The calendar travels inside a durable process and is asked many times in each of its steps, so it
is one small value that is looked up and never rebuilt. Change this file when what counts as a
working day changes; a new bank holiday changes data only.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, field_serializer, model_validator

from domain.errors import ThroughcareError
from domain.london_time import london_date, london_instant

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


class CalendarGapError(ThroughcareError):
    """The answer depends on a day that the installed bank-holiday list does not cover.

    Attributes:
        on: The first day that had to be known and was not.
    """

    def __init__(self, on: date, covers_from: date, covers_until: date) -> None:
        """Name the day, what the list covers and what to install."""
        super().__init__(
            f"The bank-holiday list covers {covers_from.isoformat()} to {covers_until.isoformat()}"
            f" and {on.isoformat()} is outside it. Install a newer bank-holiday list.",
        )
        self.on = on


class WorkingTimeError(ThroughcareError):
    """The working hours or the length of time cannot be counted."""


class WorkingCalendar(BaseModel):
    """Which days are worked, for the days from `covers_from` to `covers_until` inclusive.

    Attributes:
        holidays: Bank holidays of England and Wales, substitute days included.
        covers_from: First day for which the list is complete.
        covers_until: Last day for which the list is complete.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    holidays: frozenset[date]
    covers_from: date
    covers_until: date

    @model_validator(mode="after")
    def _holidays_lie_inside_the_cover(self) -> Self:
        if self.covers_from > self.covers_until:
            msg = "covers_from must not be after covers_until"
            raise ValueError(msg)
        if any(not self.covers_from <= each <= self.covers_until for each in self.holidays):
            msg = "holidays must lie between covers_from and covers_until"
            raise ValueError(msg)
        return self

    # A set of dates iterates in another order in every process; sorted, equal calendars are
    # equal bytes in a history and in a hash.
    @field_serializer("holidays")
    def _in_order(self, holidays: frozenset[date]) -> list[date]:
        return sorted(holidays)

    def narrowed_to(self, first_on: date, last_on: date) -> WorkingCalendar:
        """Return the part of this calendar between two dates, to travel with one release.

        Raises:
            CalendarGapError: The list covers no day between the two dates.
        """
        covers_from = max(first_on, self.covers_from)
        covers_until = min(last_on, self.covers_until)
        if covers_from > covers_until:
            raise CalendarGapError(first_on, self.covers_from, self.covers_until)
        return WorkingCalendar(
            holidays=frozenset(d for d in self.holidays if covers_from <= d <= covers_until),
            covers_from=covers_from,
            covers_until=covers_until,
        )

    def covers(self, on: date) -> bool:
        """Return whether the list is complete for `on`."""
        return self.covers_from <= on <= self.covers_until

    def is_bank_holiday(self, on: date) -> bool:
        """Return whether `on` is a bank holiday, on whatever day of the week.

        Raises:
            CalendarGapError: The list does not cover `on`.
        """
        if not self.covers(on):
            raise CalendarGapError(on, self.covers_from, self.covers_until)
        return on in self.holidays

    def is_working_day(self, on: date) -> bool:
        """Return whether offices work on `on`.

        Raises:
            CalendarGapError: `on` is a weekday that the list does not cover.
        """
        return on.weekday() < SATURDAY and not self.is_bank_holiday(on)

    def next_working_day(self, on: date) -> date:
        """Return `on` when it is a working day, else the first one after it.

        Raises:
            CalendarGapError: The answer needs a weekday that the list does not cover.
        """
        while not self.is_working_day(on):
            on += ONE_DAY
        return on

    def previous_working_day(self, on: date) -> date:
        """Return `on` when it is a working day, else the last one before it.

        Raises:
            CalendarGapError: The answer needs a weekday that the list does not cover.
        """
        while not self.is_working_day(on):
            on -= ONE_DAY
        return on

    def add_working_days(self, start_on: date, days: int) -> date:
        """Return the working day `days` working days after `start_on`, or before it when negative.

        Args:
            start_on: Never counted itself, in either direction (R102).
            days: Zero returns `start_on` unchanged, even when nobody works on it.

        Raises:
            CalendarGapError: The answer needs a weekday that the list does not cover.
        """
        step = ONE_DAY if days > 0 else -ONE_DAY
        on, left = start_on, abs(days)
        while left:
            on += step
            if self.is_working_day(on):
                left -= 1
        return on

    def working_days_between(self, start_on: date, end_on: date) -> int:
        """Return how many working days `add_working_days` would need from one date to the other.

        Returns:
            The working days after `start_on` up to and including `end_on`; negative, counting
            `end_on` and not `start_on`, when `end_on` comes first.

        Raises:
            CalendarGapError: The answer needs a weekday that the list does not cover.
        """
        step = ONE_DAY if end_on >= start_on else -ONE_DAY
        on, count = start_on, 0
        while on != end_on:
            on += step
            count += self.is_working_day(on)
        return count if step > timedelta() else -count

    def add_working_time(
        self,
        start_at: datetime,
        duration: timedelta,
        opens: time,
        closes: time,
    ) -> datetime:
        """Return the earliest UTC instant by which offices have been open for `duration`.

        Time runs only on working days between `opens` and `closes` on the London wall clock. An
        answer may be the very moment of closing; it is not carried to the next morning.

        Args:
            start_at: An aware instant; it may lie outside office hours.
            duration: More than zero.
            opens: London wall time without a zone, before `closes` on the same day.
            closes: London wall time without a zone.

        Raises:
            WorkingTimeError: `duration` is not more than zero, or `opens` not before `closes`.
            CalendarGapError: The answer needs a weekday that the list does not cover.
            LondonTimeError: `start_at` is naive, or `opens` or `closes` is not a safe wall time.
        """
        _refuse_uncountable(duration, opens, closes)
        on = london_date(start_at)
        at, left = start_at.astimezone(UTC), duration
        while True:
            on = self.next_working_day(on)
            at = max(at, london_instant(on, opens))
            open_for = london_instant(on, closes) - at
            if left <= open_for:
                return at + left
            left -= max(open_for, timedelta())
            on += ONE_DAY


def _refuse_uncountable(duration: timedelta, opens: time, closes: time) -> None:
    if duration <= timedelta():
        msg = "A length of working time must be more than zero."
        raise WorkingTimeError(msg)
    if opens >= closes:
        msg = "The opening time must be earlier than the closing time on the same day."
        raise WorkingTimeError(msg)
