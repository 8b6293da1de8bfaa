"""When staff may be disturbed: working days and hours on the London wall clock, in UTC instants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from domain.calendars import WorkingCalendar
from domain.london_time import london_date, london_instant
from domain.policy import Delivery

ONE_DAY: Final = timedelta(days=1)
MIDNIGHT: Final = time(0)


class Hours(NamedTuple):
    """The figures of a policy with the calendar that they are counted on."""

    delivery: Delivery
    calendar: WorkingCalendar

    def are_open(self, at: datetime) -> bool:
        """Return whether `at` lies in working hours."""
        return self.next_open(at) <= at

    def next_open(self, at: datetime) -> datetime:
        """Return `at` inside working hours, else the next opening."""
        on = london_date(at)
        if self.calendar.is_working_day(on):
            if at < london_instant(on, self.delivery.staff_opens):
                return london_instant(on, self.delivery.staff_opens)
            if at < london_instant(on, self.delivery.staff_closes):
                return at
            on += ONE_DAY
        return london_instant(self.calendar.next_working_day(on), self.delivery.staff_opens)

    def next_digest(self, at: datetime) -> datetime:
        """Return the next instant after `at` at which digests go out."""
        return self._next_working(at, self.delivery.digest_at)

    def next_look_ahead(self, at: datetime) -> datetime:
        """Return the next instant after `at` at which closed days are looked ahead to.

        It lies on the last working day before a weekend or a bank holiday (R64, R97).
        """
        on = self.calendar.next_working_day(london_date(at))
        while self._is_before_open_day(on) or self._looks_at(on) <= at:
            on = self.calendar.next_working_day(on + ONE_DAY)
        return self._looks_at(on)

    def _is_before_open_day(self, on: date) -> bool:
        return self.calendar.is_working_day(on + ONE_DAY)

    def _looks_at(self, on: date) -> datetime:
        return london_instant(on, self.delivery.look_ahead_at)

    def leaves_soon(self, at: datetime, leaves_on: date) -> bool:
        """Return whether somebody leaves before offices have been open for another day."""
        following = self.calendar.next_working_day(london_date(at) + ONE_DAY)
        return leaves_on <= following

    def _next_working(self, at: datetime, wall: time) -> datetime:
        on = self.calendar.next_working_day(london_date(at))
        if london_instant(on, wall) > at:
            return london_instant(on, wall)
        return london_instant(self.calendar.next_working_day(on + ONE_DAY), wall)
