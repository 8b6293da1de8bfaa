"""The median of a distribution that is kept as counts by day, so that areas can be added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class MedianDays(NamedTuple):
    """The middle of a distribution of days.

    Attributes:
        days: Halves are possible; None when the middle lies beyond the last day kept by itself.
        of: How many were counted.
        last_day: The last day kept by itself.
    """

    days: float | None
    of: int
    last_day: int

    @property
    def words(self) -> str:
        """The median as people read it: `4 days`, `4.5 days`, `more than 84 days`."""
        if self.days is None:
            return f"more than {self.last_day} days"
        return f"{self.days:g} day" if self.days == 1 else f"{self.days:g} days"


def median_days(by_day: Mapping[str, int], last_day: int) -> MedianDays | None:
    """Return the median of counts by day, None when there are none.

    Args:
        by_day: As `Counts.family("days")` gives it; everything beyond `last_day` has one name.
        last_day: The last day that is counted by itself.
    """
    of = sum(by_day.values())
    if of == 0:
        return None
    in_order = sorted(
        (int(day) if day.isdigit() else last_day + 1, count) for day, count in by_day.items()
    )
    low, high = _nth(in_order, (of - 1) // 2), _nth(in_order, of // 2)
    beyond = high > last_day
    return MedianDays(None if beyond else (low + high) / 2, of, last_day)


def _nth(in_order: list[tuple[int, int]], index: int) -> int:
    passed = 0
    for day, count in in_order:
        passed += count
        if index < passed:
            return day
    raise IndexError(index)
