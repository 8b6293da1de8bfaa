"""The Welsh waiting time: working days from referral to the start of treatment (R22, R23)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.calendars import WorkingCalendar
from domain.measures.policy import MeasuresPolicy
from domain.measures.release import MeasuredRelease

DAYS_PER_WORKING_DAY: Final = 3
"""More calendar days than this for each working day are certainly more working days."""


class WaitBand(StrEnum):
    """The rows of the published table, then those that have no wait.

    The table's second row is called 4 to 12 weeks and its third 3 to 6 months; nothing is lost
    between them because the second ends where the third begins.
    """

    WITHIN_STANDARD = "within_20_working_days"
    TO_THREE_MONTHS = "4_to_12_weeks"
    TO_SIX_MONTHS = "3_to_6_months"
    TO_NINE_MONTHS = "6_to_9_months"
    TO_TWELVE_MONTHS = "9_to_12_months"
    TO_EIGHTEEN_MONTHS = "12_to_18_months"
    TO_TWO_YEARS = "18_to_24_months"
    OVER_TWO_YEARS = "over_24_months"
    INVALID = "invalid"
    NOT_STARTED = "not_started"
    DID_NOT_ATTEND = "did_not_attend_before_assessment"
    NOT_REFERRED = "not_referred"


VALID: Final = tuple(WaitBand)[:8]
"""The bands that have a wait; `INVALID` is shown and left out of the sub-total (R23)."""

_UP_TO_MONTHS: Final = (
    (3, WaitBand.TO_THREE_MONTHS),
    (6, WaitBand.TO_SIX_MONTHS),
    (9, WaitBand.TO_NINE_MONTHS),
    (12, WaitBand.TO_TWELVE_MONTHS),
    (18, WaitBand.TO_EIGHTEEN_MONTHS),
    (24, WaitBand.TO_TWO_YEARS),
)


def wait_band(
    release: MeasuredRelease, policy: MeasuresPolicy, calendar: WorkingCalendar
) -> WaitBand:
    """Return the band of a release.

    Raises:
        CalendarGapError: A short wait runs over days that the bank-holiday list does not cover.
    """
    if release.referred_on is None:
        return WaitBand.NOT_REFERRED
    if release.started_on is None:
        return _without_start(release)
    if release.started_on < release.referred_on:
        return WaitBand.INVALID
    if is_within(release.referred_on, release.started_on, policy.wales_working_days, calendar):
        return WaitBand.WITHIN_STANDARD
    return _long_wait(release.referred_on, release.started_on)


def is_within(from_on: date, to_on: date, working_days: int, calendar: WorkingCalendar) -> bool:
    """Return whether `to_on` comes at most so many working days after `from_on`."""
    elapsed = (to_on - from_on).days
    if elapsed <= working_days:
        return True
    if elapsed > working_days * DAYS_PER_WORKING_DAY:
        return False
    return calendar.working_days_between(from_on, to_on) <= working_days


def months_after(on: date, months: int) -> date:
    """Return the same day of a later month, or its last day when it is shorter."""
    count = on.year * 12 + on.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _without_start(release: MeasuredRelease) -> WaitBand:
    gave_up = release.missed and not release.seen
    return WaitBand.DID_NOT_ATTEND if gave_up else WaitBand.NOT_STARTED


def _long_wait(referred_on: date, started_on: date) -> WaitBand:
    before = started_on - timedelta(days=1)
    for months, band in _UP_TO_MONTHS:
        if before < months_after(referred_on, months):
            return band
    return WaitBand.OVER_TWO_YEARS
