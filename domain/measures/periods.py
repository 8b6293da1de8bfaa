"""Periods of release: whole calendar months, quarters, and years of twelve months."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from domain.errors import ThroughcareError

MONTHS_A_YEAR: Final = 12
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])")
_YEAR: Final = re.compile(r"year-to-(\d{4})-(\d{2})")


class PeriodError(ThroughcareError):
    """A period's code cannot be read."""

    def __init__(self) -> None:
        super().__init__("Give a period such as 2026-10, 2026-Q4 or year-to-2026-12.")


class PeriodKind(StrEnum):
    """How long a period is. Kinds are never mixed in one series (R20)."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many calendar months one holds."""
        return _LENGTHS[self]


_LENGTHS: Final = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: MONTHS_A_YEAR}


class Period(NamedTuple):
    """One period, by the first day of its last month. A year may end with any month."""

    kind: PeriodKind
    last_month: date

    @property
    def first_on(self) -> date:
        """The first day."""
        return shift(self.last_month, 1 - self.kind.months)

    @property
    def last_on(self) -> date:
        """The last day, included."""
        return shift(self.last_month, 1) - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months, in order."""
        return _months_of(self)

    @property
    def code(self) -> str:
        """The code in URLs and files: `2026-10`, `2026-Q4` or `year-to-2026-12`."""
        month = self.last_month
        if self.kind is PeriodKind.QUARTER:
            return f"{month.year:04}-Q{month.month // 3}"
        prefix = "year-to-" if self.kind is PeriodKind.YEAR else ""
        return f"{prefix}{month.year:04}-{month.month:02}"

    @property
    def words(self) -> str:
        """The period as people read it: `October to December 2026`."""
        last = f"{self.last_month:%B} {self.last_month.year}"
        if self.kind is PeriodKind.YEAR:
            return f"Year to {last}"
        return last if self.kind is PeriodKind.MONTH else f"{self.first_on:%B} to {last}"

    def contains(self, on: date) -> bool:
        """Return whether a day lies in the period."""
        return self.first_on <= on <= self.last_on

    def before(self, count: int = 1) -> Period:
        """Return the period of the same kind that ends `count` lengths earlier."""
        return Period(self.kind, shift(self.last_month, -count * self.kind.months))


def period_of(kind: PeriodKind, on: date) -> Period:
    """Return the period that holds a day; for a year, the one that ends with that day's month."""
    month = on.replace(day=1)
    if kind is PeriodKind.QUARTER:
        month = shift(month, -month.month % 3)
    return Period(kind, month)


def parse_period(code: str) -> Period:
    """Return the period of a code.

    Raises:
        PeriodError: It is not one of the three shapes, or names no month.
    """
    try:
        if found := _MONTH.fullmatch(code):
            return Period(PeriodKind.MONTH, date(int(found[1]), int(found[2]), 1))
        if found := _QUARTER.fullmatch(code):
            return Period(PeriodKind.QUARTER, date(int(found[1]), int(found[2]) * 3, 1))
        if found := _YEAR.fullmatch(code):
            return Period(PeriodKind.YEAR, date(int(found[1]), int(found[2]), 1))
    except ValueError:
        raise PeriodError from None
    raise PeriodError


def shift(month: date, months: int) -> date:
    """Return the first day of the month `months` later, or earlier when negative."""
    count = month.year * MONTHS_A_YEAR + month.month - 1 + months
    return date(count // MONTHS_A_YEAR, count % MONTHS_A_YEAR + 1, 1)


@lru_cache(maxsize=1_000)  # a table asks for the same few again for each of its groups
def _months_of(period: Period) -> tuple[date, ...]:
    first = period.first_on
    return tuple(shift(first, n) for n in range(period.kind.months))
