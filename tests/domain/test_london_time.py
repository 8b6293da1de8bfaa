"""London wall time: the two clock changes, midnight, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.london_time import (
    LONDON,
    LondonClock,
    NaiveInstantError,
    RepeatedWallTimeError,
    SkippedWallTimeError,
    UnsafeWallTimeError,
    WrongClockError,
    ZonedWallTimeError,
    add_days_at,
    end_of_day,
    london_date,
    london_instant,
    london_moment,
)

FORWARD_ON = date(2027, 3, 28)
BACK_ON = date(2026, 10, 25)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
SAFE_TIMES = st.times().filter(lambda at: at.hour != 1)


@pytest.mark.parametrize(
    ("on", "at", "expected_at"),
    [
        (date(2026, 1, 7), time(9), datetime(2026, 1, 7, 9, tzinfo=UTC)),
        (date(2026, 7, 1), time(9), datetime(2026, 7, 1, 8, tzinfo=UTC)),
        (date(2026, 7, 1), time(0), datetime(2026, 6, 30, 23, tzinfo=UTC)),
        (FORWARD_ON, time(0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (FORWARD_ON, time(2), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (BACK_ON, time(0, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (BACK_ON, time(2), datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (date(2028, 2, 29), time(12), datetime(2028, 2, 29, 12, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_one_instant(on: date, at: time, expected_at: datetime) -> None:
    instant = london_instant(on, at)

    assert instant == expected_at
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("on", [FORWARD_ON, BACK_ON, date(2026, 6, 10)])
@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59, 59)])
def test_the_hour_of_the_clock_change_is_refused_all_year(on: date, at: time) -> None:
    with pytest.raises(UnsafeWallTimeError, match="clocks change"):
        london_instant(on, at)


def test_a_wall_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ZonedWallTimeError):
        london_instant(BACK_ON, time(9, tzinfo=UTC))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        london_date(datetime(2026, 7, 1, 12))  # noqa: DTZ001 - that is the point


def test_just_before_midnight_in_utc_is_the_next_day_in_a_london_summer() -> None:
    assert london_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert london_date(datetime(2026, 1, 7, 23, 30, tzinfo=UTC)) == date(2026, 1, 7)


def test_an_instant_of_another_zone_has_its_london_date() -> None:
    tokyo = timezone(timedelta(hours=9))

    assert london_date(datetime(2026, 1, 8, 8, tzinfo=tokyo)) == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("on", "hours"),
    [(date(2026, 6, 10), 24), (FORWARD_ON, 23), (BACK_ON, 25)],
)
def test_a_day_ends_where_the_next_begins_however_long_it_was(on: date, hours: int) -> None:
    assert end_of_day(on) - london_instant(on, time()) == timedelta(hours=hours)


def test_fourteen_days_over_the_clock_change_keep_the_wall_time() -> None:
    start_at = london_instant(date(2026, 10, 20), time(9))

    answer = add_days_at(date(2026, 10, 20), 14, time(9))

    assert answer - start_at == timedelta(hours=337)
    assert answer.astimezone(LONDON).time() == time(9)


@given(on=DAYS, at=SAFE_TIMES)
def test_an_instant_reads_back_as_the_wall_time_it_came_from(on: date, at: time) -> None:
    back = london_instant(on, at).astimezone(LONDON)

    assert (back.date(), back.time()) == (on, at)


@given(on=DAYS)
def test_the_end_of_a_day_is_the_first_instant_that_is_not_in_it(on: date) -> None:
    ends_at = end_of_day(on)

    assert london_date(ends_at) == on + timedelta(days=1)
    assert london_date(ends_at - timedelta(microseconds=1)) == on


@given(on=DAYS, at=SAFE_TIMES, days=st.integers(-90, 90))
def test_adding_days_moves_the_date_and_nothing_else(on: date, at: time, days: int) -> None:
    assert add_days_at(on, days, at) == london_instant(on + timedelta(days=days), at)


@given(
    wall=st.datetimes(
        datetime(2024, 1, 1),  # noqa: DTZ001 - a wall time has no zone
        datetime(2031, 12, 31),  # noqa: DTZ001
    ),
)
def test_a_moment_reads_back_as_the_wall_time_it_was_given_as(wall: datetime) -> None:
    try:
        at = london_moment(wall)
    except (SkippedWallTimeError, RepeatedWallTimeError):
        assert wall.hour == 1
        assert wall.weekday() == 6
        return

    assert at.astimezone(LONDON).replace(tzinfo=None) == wall
    assert at.tzinfo is UTC


def test_the_hour_that_the_clocks_skip_is_refused_and_the_same_hour_of_other_days_is_not() -> None:
    skipped = datetime.combine(FORWARD_ON, time(1, 30))

    with pytest.raises(SkippedWallTimeError, match="does not happen"):
        london_moment(skipped)
    assert london_moment(skipped + timedelta(days=1)) == datetime(2027, 3, 29, 0, 30, tzinfo=UTC)


def test_the_hour_that_happens_twice_must_say_which_clock_it_was_read_from() -> None:
    twice = datetime.combine(BACK_ON, time(1, 30))

    with pytest.raises(RepeatedWallTimeError, match="add BST for the first, GMT for the second"):
        london_moment(twice)
    assert london_moment(twice, LondonClock.BST) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert london_moment(twice, LondonClock.GMT) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_clock_that_london_is_not_on_is_refused() -> None:
    noon = datetime(2026, 7, 1, 12)  # noqa: DTZ001

    assert london_moment(noon, LondonClock.BST) == datetime(2026, 7, 1, 11, tzinfo=UTC)
    with pytest.raises(WrongClockError, match="Leave BST or GMT out"):
        london_moment(noon, LondonClock.GMT)
    with pytest.raises(ZonedWallTimeError):
        london_moment(noon.replace(tzinfo=UTC))


@pytest.mark.parametrize(("on", "length"), [(FORWARD_ON, 11), (BACK_ON, 13)])
def test_a_night_shift_over_a_clock_change_is_an_hour_shorter_or_longer(
    on: date, length: int
) -> None:
    starts_at = london_moment(datetime.combine(on - timedelta(days=1), time(20)))
    ends_at = london_moment(datetime.combine(on, time(8)))

    assert ends_at - starts_at == timedelta(hours=length)
