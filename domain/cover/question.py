"""What is asked: from which day to which, and everything a day must be checked against.

Change this file when a check needs to know another fact about the release.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.calendars import CalendarGapError, WorkingCalendar
from domain.codes import Nation
from domain.cover.limits import CoverLimits
from domain.cover.supplies import Pharmacy
from domain.release_day import is_friday_or_eve

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CoverQuestion:
    """One release and the first community prescriber appointment it must reach.

    Attributes:
        from_on: The day of release, expected or actual.
        until_on: The appointment, or None when there is none that can be used.
    """

    nation: Nation
    from_on: date
    until_on: date | None
    pharmacy: Pharmacy | None
    calendar: WorkingCalendar
    limits: CoverLimits

    def is_known(self, pharmacy_id: str) -> bool:
        """Return whether this pharmacy's closed days are recorded."""
        return self.pharmacy is not None and self.pharmacy.pharmacy_id == pharmacy_id

    def is_closed(self, pharmacy_id: str, on: date) -> bool:
        """Return whether a pharmacy is known to be closed; a day nobody can tell counts as open.

        Whoever asks reports the unknown as a blocking problem of its own, so it is never lost.
        """
        if self.pharmacy is None or not self.is_known(pharmacy_id):
            return False
        return (
            on in self.pharmacy.closed_on
            or on.weekday() in self.pharmacy.closed_weekdays
            or (
                self.pharmacy.closes_on_bank_holidays
                and self.calendar.covers(on)
                and self.calendar.is_bank_holiday(on)
            )
        )

    def is_past_the_calendar(self, pharmacy_id: str, on: date) -> bool:
        """Return whether only a newer bank-holiday list can tell if a pharmacy is closed."""
        return (
            self.pharmacy is not None
            and self.is_known(pharmacy_id)
            and self.pharmacy.closes_on_bank_holidays
            and not self.calendar.covers(on)
        )

    def past_closed_days_on(self) -> date | None:
        """Return how far cover must reach when nobody works the day after release (R64).

        Returns:
            The first working day after the release and the margin, or None when somebody works
            on the very next day.

        Raises:
            CalendarGapError: The calendar does not cover the days after the release.
        """
        if not is_friday_or_eve(self.from_on, self.calendar):
            return None
        working_on = self.calendar.next_working_day(self.from_on + ONE_DAY)
        return working_on + timedelta(days=self.limits.closed_days_margin)

    def last_checked_on(self) -> date:
        """Return the last day to check: the appointment, or a least stretch while there is none.

        Without an appointment no end is right, so the check shows the first days, over which the
        gate supply and the closed days are judged, and says that the appointment is missing.
        """
        if self.until_on is not None:
            return self.until_on
        least_on = self.from_on + timedelta(days=self.limits.gate_supply_days - 1)
        try:
            return max(least_on, self.past_closed_days_on() or least_on)
        except CalendarGapError:
            return least_on
