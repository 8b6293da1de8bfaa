from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.pages.casework.collecting import visits

FIRST = date(2026, 12, 2)
DAYS = st.integers(0, 55)
WEEKDAYS = st.sets(st.integers(0, 6))


@given(DAYS, WEEKDAYS, st.integers(0, 6))
def test_every_day_is_covered_by_exactly_one_visit(
    days: int, weekdays: set[int], later: int
) -> None:
    first = FIRST + timedelta(days=later)
    last = first + timedelta(days=days)

    found = visits(first, last, weekdays)

    covered = [
        each.collect_on + timedelta(days=number)
        for each in found
        for number in range(each.covers_days)
    ]
    assert covered == [first + timedelta(days=number) for number in range(days + 1)]
    assert all(each.collect_on.weekday() in weekdays for each in found[1:])


def test_daily_but_sunday_means_two_days_on_saturday() -> None:
    found = visits(date(2026, 12, 4), date(2026, 12, 7), {0, 1, 2, 3, 4, 5})

    assert [each.covers_days for each in found] == [1, 2, 1]


def test_without_weekdays_everything_is_collected_at_once() -> None:
    assert [each.covers_days for each in visits(FIRST, FIRST + timedelta(days=6), set())] == [7]
