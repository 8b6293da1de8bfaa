"""The day of release: the official vectors (R101), who is excluded, and what is flagged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import CalendarGapError, WorkingCalendar
from domain.codes import ReleaseType
from domain.release_day import (
    DEFAULT_RULE,
    AwkwardDay,
    ReleaseDayRule,
    is_friday_or_eve,
    release_day,
)
from tests.domain.bank_holidays import CALENDAR

CRD = ReleaseType.CONDITIONAL
DAYS = st.dates(date(2025, 2, 1), date(2028, 12, 1))


@pytest.mark.parametrize(
    ("scheduled_on", "released_on", "why"),
    [
        (date(2026, 5, 1), date(2026, 4, 30), AwkwardDay.FRIDAY),
        (date(2026, 5, 4), date(2026, 4, 30), AwkwardDay.BANK_HOLIDAY),
        (date(2026, 4, 3), date(2026, 4, 1), AwkwardDay.BANK_HOLIDAY),
        (date(2026, 4, 6), date(2026, 4, 1), AwkwardDay.BANK_HOLIDAY),
        (date(2026, 12, 24), date(2026, 12, 23), AwkwardDay.EVE_OF_BANK_HOLIDAY),
        (date(2026, 5, 13), date(2026, 5, 13), None),
        # Not among the official vectors: a weekend, a substitute day, a Friday eve.
        (date(2026, 5, 16), date(2026, 5, 14), AwkwardDay.WEEKEND),
        (date(2027, 12, 28), date(2027, 12, 23), AwkwardDay.BANK_HOLIDAY),
        (date(2027, 12, 24), date(2027, 12, 23), AwkwardDay.FRIDAY),
    ],
)
def test_a_release_moves_back_to_a_day_with_a_working_day_after_it(
    scheduled_on: date,
    released_on: date,
    why: AwkwardDay | None,
) -> None:
    answer = release_day(scheduled_on, CRD, CALENDAR)

    assert (answer.released_on, answer.awkward) == (released_on, why)
    assert answer.days_moved == (scheduled_on - released_on).days


@pytest.mark.parametrize(
    "release_type",
    sorted(set(ReleaseType) - DEFAULT_RULE.eligible_types),
)
def test_an_excluded_type_stays_on_its_friday_and_says_so(release_type: ReleaseType) -> None:
    answer = release_day(date(2026, 5, 1), release_type, CALENDAR)

    assert answer.released_on == answer.scheduled_on
    assert not answer.is_eligible
    assert answer.awkward is AwkwardDay.FRIDAY


def test_the_six_official_types_are_the_eligible_ones() -> None:
    printed = {each.abbreviation for each in DEFAULT_RULE.eligible_types}

    assert printed == {"CRD", "ARD", "PRRD", "ETD", "MTD", "LTD"}


@pytest.mark.parametrize(("days_served", "moves"), [(27, False), (28, True), (None, True)])
def test_nobody_who_served_under_28_days_is_moved(days_served: int | None, moves: bool) -> None:
    answer = release_day(date(2026, 5, 1), CRD, CALENDAR, days_served=days_served)

    assert bool(answer.days_moved) is moves


@pytest.mark.parametrize(
    ("today_on", "moves"), [(date(2026, 5, 1), True), (date(2026, 5, 2), False)]
)
def test_a_day_in_the_past_is_not_moved(today_on: date, moves: bool) -> None:
    answer = release_day(date(2026, 5, 1), CRD, CALENDAR, today_on=today_on)

    assert bool(answer.days_moved) is moves


def test_one_working_day_is_presumed_and_the_second_is_flagged() -> None:
    friday = release_day(date(2026, 5, 1), CRD, CALENDAR)
    good_friday = release_day(date(2026, 4, 3), CRD, CALENDAR)

    assert (friday.working_days_moved, friday.beyond_presumption) == (1, False)
    assert (good_friday.working_days_moved, good_friday.beyond_presumption) == (2, True)
    assert not good_friday.beyond_cap


def test_a_move_over_more_working_days_than_the_act_allows_is_flagged() -> None:
    # Bank holidays on a Tuesday and a Thursday leave no day of that week with an open day after.
    broken_week = WorkingCalendar(
        holidays=frozenset({date(2026, 6, 9), date(2026, 6, 11)}),
        covers_from=date(2026, 1, 1),
        covers_until=date(2026, 12, 31),
    )

    answer = release_day(date(2026, 6, 12), CRD, broken_week)

    assert answer.released_on == date(2026, 6, 4)
    assert answer.working_days_moved == 4
    assert answer.beyond_cap


def test_the_figures_of_the_rule_are_the_policys_to_change() -> None:
    rule = ReleaseDayRule(
        eligible_types=frozenset({ReleaseType.HOME_DETENTION_CURFEW}),
        presumed_working_days=0,
    )

    answer = release_day(date(2026, 5, 1), ReleaseType.HOME_DETENTION_CURFEW, CALENDAR, rule=rule)

    assert answer.released_on == date(2026, 4, 30)
    assert answer.beyond_presumption


def test_the_rule_travels_and_arrives_equal() -> None:
    assert ReleaseDayRule.model_validate_json(DEFAULT_RULE.model_dump_json()) == DEFAULT_RULE


@pytest.mark.parametrize(
    ("on", "warned"),
    [
        (date(2026, 5, 1), True),
        (date(2026, 12, 24), True),
        (date(2026, 4, 2), True),
        (date(2026, 4, 30), False),
        (date(2026, 5, 4), False),
    ],
)
def test_fridays_and_eves_are_warned_of(on: date, warned: bool) -> None:
    assert is_friday_or_eve(on, CALENDAR) is warned


def test_a_day_beyond_the_bank_holiday_list_is_refused() -> None:
    with pytest.raises(CalendarGapError):
        release_day(date(2029, 1, 2), CRD, CALENDAR)


@given(scheduled_on=DAYS, release_type=st.sampled_from(ReleaseType))
def test_a_release_never_moves_later_and_never_onto_an_awkward_day(
    scheduled_on: date,
    release_type: ReleaseType,
) -> None:
    answer = release_day(scheduled_on, release_type, CALENDAR)

    assert answer.released_on <= scheduled_on
    assert answer.beyond_cap <= answer.beyond_presumption
    if answer.is_eligible:
        assert CALENDAR.is_working_day(answer.released_on)
        assert CALENDAR.is_working_day(answer.released_on + timedelta(days=1))


@given(scheduled_on=DAYS)
def test_a_release_moves_exactly_when_its_day_is_awkward(scheduled_on: date) -> None:
    answer = release_day(scheduled_on, CRD, CALENDAR)

    assert (answer.days_moved > 0) == (answer.awkward is not None)


@given(scheduled_on=DAYS)
def test_moving_a_moved_release_moves_it_no_further(scheduled_on: date) -> None:
    once = release_day(scheduled_on, CRD, CALENDAR)

    again = release_day(once.released_on, CRD, CALENDAR)

    assert again.days_moved == 0
