"""Working days: what holds for every start and every count."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.london_time import LONDON, london_date
from tests.domain.bank_holidays import CALENDAR

DAYS = st.dates(date(2025, 6, 1), date(2028, 6, 1))
COUNTS = st.integers(-60, 60)
INSTANTS = st.datetimes(
    datetime(2025, 6, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2028, 6, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
LENGTHS = st.timedeltas(timedelta(minutes=1), timedelta(hours=60))
NINE = time(9)
FIVE = time(17)


@given(start_on=DAYS, days=COUNTS.filter(bool))
def test_an_answer_is_a_working_day_on_the_right_side(start_on: date, days: int) -> None:
    answer = CALENDAR.add_working_days(start_on, days)

    assert CALENDAR.is_working_day(answer)
    assert (answer > start_on) == (days > 0)


@given(start_on=DAYS, days=COUNTS)
def test_the_days_between_undo_the_days_added(start_on: date, days: int) -> None:
    answer = CALENDAR.add_working_days(start_on, days)

    assert CALENDAR.working_days_between(start_on, answer) == days


@given(start_on=DAYS, days=st.integers(0, 60))
def test_adding_agrees_with_counting_every_day_in_a_list(start_on: date, days: int) -> None:
    after = (start_on + timedelta(days=n) for n in range(1, 200))
    worked = [d for d in after if d.weekday() < 5 and d not in CALENDAR.holidays]

    answer = CALENDAR.add_working_days(start_on, days)

    assert answer == (worked[days - 1] if days else start_on)


@given(start_on=DAYS, first=st.integers(1, 30), second=st.integers(1, 30))
def test_counting_in_two_steps_is_counting_once(start_on: date, first: int, second: int) -> None:
    stepwise = CALENDAR.add_working_days(CALENDAR.add_working_days(start_on, first), second)

    assert stepwise == CALENDAR.add_working_days(start_on, first + second)


@given(start_at=INSTANTS, length=LENGTHS)
def test_working_time_ends_while_an_office_is_open(start_at: datetime, length: timedelta) -> None:
    answer = CALENDAR.add_working_time(start_at, length, NINE, FIVE)

    assert CALENDAR.is_working_day(london_date(answer))
    assert NINE < answer.astimezone(LONDON).time() <= FIVE
    assert answer - start_at >= length


@given(start_at=INSTANTS, first=LENGTHS, second=LENGTHS)
def test_working_time_in_two_stretches_is_working_time_in_one(
    start_at: datetime,
    first: timedelta,
    second: timedelta,
) -> None:
    between = CALENDAR.add_working_time(start_at, first, NINE, FIVE)

    stepwise = CALENDAR.add_working_time(between, second, NINE, FIVE)

    assert stepwise == CALENDAR.add_working_time(start_at, first + second, NINE, FIVE)
