"""Working days: named cases and the edges of the published list."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pydantic import ValidationError

from domain.calendars import CalendarGapError, WorkingCalendar, WorkingTimeError
from domain.london_time import NaiveInstantError, UnsafeWallTimeError
from tests.domain.bank_holidays import CALENDAR

NINE = time(9)
FIVE = time(17)


def utc(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        (date(2026, 5, 1), True),
        (date(2026, 5, 2), False),
        (date(2026, 5, 3), False),
        (date(2026, 5, 4), False),
        (date(2026, 12, 28), False),
        (date(2027, 12, 27), False),
        (date(2028, 2, 29), True),
    ],
)
def test_weekends_and_bank_holidays_are_not_worked(on: date, worked: bool) -> None:
    assert CALENDAR.is_working_day(on) is worked


@pytest.mark.parametrize(
    ("start_on", "days", "expected_on"),
    [
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 12, 30), -5, date(2026, 12, 21)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 5, 3), 0, date(2026, 5, 3)),
    ],
)
def test_working_days_are_counted_from_the_day_after_or_before_the_start(
    start_on: date,
    days: int,
    expected_on: date,
) -> None:
    assert CALENDAR.add_working_days(start_on, days) == expected_on


def test_the_working_day_on_or_after_christmas_is_the_twenty_ninth_in_2026() -> None:
    assert CALENDAR.next_working_day(date(2026, 12, 25)) == date(2026, 12, 29)
    assert CALENDAR.previous_working_day(date(2026, 12, 28)) == date(2026, 12, 24)


def test_a_working_day_is_its_own_next_and_previous_working_day() -> None:
    on = date(2026, 5, 13)

    assert CALENDAR.next_working_day(on) == CALENDAR.previous_working_day(on) == on


@pytest.mark.parametrize(
    ("start_on", "end_on", "expected"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), 0),
        (date(2026, 4, 1), date(2026, 4, 7), 2),
        (date(2026, 4, 7), date(2026, 4, 1), -2),
        (date(2026, 4, 3), date(2026, 4, 6), 0),
    ],
)
def test_days_between_count_the_end_and_not_the_start(
    start_on: date,
    end_on: date,
    expected: int,
) -> None:
    assert CALENDAR.working_days_between(start_on, end_on) == expected


@pytest.mark.parametrize(
    ("start_on", "days"),
    [(date(2028, 12, 29), 1), (date(2025, 1, 2), -1)],
)
def test_an_answer_beyond_the_published_list_is_refused_not_guessed(
    start_on: date,
    days: int,
) -> None:
    with pytest.raises(CalendarGapError, match="Install a newer bank-holiday list"):
        CALENDAR.add_working_days(start_on, days)


def test_the_refusal_names_the_first_day_that_is_not_known() -> None:
    with pytest.raises(CalendarGapError) as refusal:
        CALENDAR.next_working_day(date(2028, 12, 30))

    assert refusal.value.on == date(2029, 1, 1)


def test_a_weekend_needs_no_list() -> None:
    assert CALENDAR.is_working_day(date(2033, 1, 1)) is False


def test_a_list_with_a_holiday_outside_its_own_cover_is_refused() -> None:
    with pytest.raises(ValidationError, match="holidays must lie between"):
        WorkingCalendar(
            holidays=frozenset({date(2027, 1, 1)}),
            covers_from=date(2026, 1, 1),
            covers_until=date(2026, 12, 31),
        )


def test_a_list_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="covers_from must not be after"):
        WorkingCalendar(
            holidays=frozenset(),
            covers_from=date(2027, 1, 1),
            covers_until=date(2026, 12, 31),
        )


def test_a_calendar_travels_in_date_order_and_arrives_equal() -> None:
    dumped = CALENDAR.model_dump(mode="json")

    assert WorkingCalendar.model_validate(dumped) == CALENDAR
    assert dumped["holidays"] == sorted(dumped["holidays"])
    assert len(dumped["holidays"]) == 32


def test_a_narrowed_calendar_answers_the_same_within_and_refuses_without() -> None:
    narrow = CALENDAR.narrowed_to(date(2026, 4, 1), date(2026, 5, 31))

    assert len(narrow.holidays) == 4
    assert narrow.add_working_days(date(2026, 4, 1), 20) == CALENDAR.add_working_days(
        date(2026, 4, 1),
        20,
    )
    with pytest.raises(CalendarGapError):
        narrow.is_working_day(date(2026, 6, 1))


def test_a_calendar_cannot_be_narrowed_to_days_it_does_not_cover() -> None:
    with pytest.raises(CalendarGapError):
        CALENDAR.narrowed_to(date(2030, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start_at", "hours", "expected_at"),
    [
        # Winter: wall time is UTC. Within a day; over a night; over a weekend.
        (utc("2026-01-07", 10), 2, utc("2026-01-07", 12)),
        (utc("2026-01-07", 16), 2, utc("2026-01-08", 10)),
        (utc("2026-01-09", 16), 2, utc("2026-01-12", 10)),
        # Outside office hours the count begins when they open.
        (utc("2026-01-07", 6), 1, utc("2026-01-07", 10)),
        (utc("2026-01-07", 20), 1, utc("2026-01-08", 10)),
        (utc("2026-01-10", 12), 1, utc("2026-01-12", 10)),
        # A whole office day ends at closing, not at the next opening.
        (utc("2026-01-07", 9), 8, utc("2026-01-07", 17)),
        # Summer: nine in London is eight in UTC.
        (utc("2026-07-01", 8), 8, utc("2026-07-01", 16)),
        # The clocks go forward on Sunday 29 March and back on Sunday 25 October.
        (utc("2026-03-27", 16), 2, utc("2026-03-30", 9)),
        (utc("2026-10-23", 15), 2, utc("2026-10-26", 10)),
        # From Christmas Eve to Tuesday the 29th.
        (utc("2026-12-24", 16), 2, utc("2026-12-29", 10)),
    ],
)
def test_working_time_runs_only_while_offices_are_open_in_london(
    start_at: datetime,
    hours: int,
    expected_at: datetime,
) -> None:
    answer = CALENDAR.add_working_time(start_at, timedelta(hours=hours), NINE, FIVE)

    assert answer == expected_at
    assert answer.tzinfo is UTC


def test_no_length_of_working_time_is_refused() -> None:
    with pytest.raises(WorkingTimeError, match="more than zero"):
        CALENDAR.add_working_time(utc("2026-01-07", 10), timedelta(), NINE, FIVE)


def test_offices_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(WorkingTimeError, match="earlier than the closing"):
        CALENDAR.add_working_time(utc("2026-01-07", 10), timedelta(hours=1), FIVE, NINE)


def test_offices_cannot_open_in_the_hour_the_clocks_change() -> None:
    with pytest.raises(UnsafeWallTimeError):
        CALENDAR.add_working_time(utc("2026-01-07", 10), timedelta(hours=1), time(1, 30), NINE)


def test_working_time_from_a_naive_instant_is_refused() -> None:
    naive = utc("2026-01-07", 10).replace(tzinfo=None)

    with pytest.raises(NaiveInstantError):
        CALENDAR.add_working_time(naive, timedelta(hours=1), NINE, FIVE)
