"""Periods, and when they can be judged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures.cuts import NOT_RECORDED, AgeBand, Cut, age_band, group_key
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.maturity import (
    Maturity,
    headline_period,
    mature_through,
    maturity,
    periods_between,
)
from domain.measures.periods import Period, PeriodError, PeriodKind, parse_period, period_of
from domain.measures.policy import DEFAULT_MEASURES
from tests.domain.measures.measured import a_release

NEED = DEFINITIONS[MeasureId.CONTINUITY_NEED]
RETENTION = DEFINITIONS[MeasureId.RETENTION_ALL]
DAYS = st.dates(date(2001, 1, 1), date(2090, 1, 1))
KINDS = st.sampled_from(PeriodKind)


@given(kind=KINDS, on=DAYS)
def test_a_period_holds_its_day_and_reads_back_from_its_code(kind: PeriodKind, on: date) -> None:
    period = period_of(kind, on)

    assert period.contains(on)
    assert parse_period(period.code) == period
    assert len(period.months) == kind.months
    assert period.months[0] == period.first_on


@given(kind=KINDS, on=DAYS, count=st.integers(1, 20))
def test_earlier_periods_touch_and_never_overlap(kind: PeriodKind, on: date, count: int) -> None:
    later = period_of(kind, on).before(count - 1)

    assert later.before().last_on + timedelta(days=1) == later.first_on


@given(kind=KINDS, first=DAYS, length=st.integers(0, 900))
def test_periods_between_two_days_lie_between_them(
    kind: PeriodKind, first: date, length: int
) -> None:
    last = first + timedelta(days=length)

    for each in periods_between(kind, first, last):
        assert first <= each.first_on <= each.last_on <= last


def test_periods_are_named_for_people() -> None:
    assert parse_period("2026-10").words == "October 2026"
    assert parse_period("2026-Q4").words == "October to December 2026"
    assert parse_period("year-to-2026-12").words == "Year to December 2026"


@pytest.mark.parametrize("code", ["", "2026", "2026-13", "2026-Q5", "year-to-2026-00", "0000-01"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(PeriodError, match="2026-Q4"):
        parse_period(code)


def test_a_period_is_mature_after_the_window_and_the_reporting_lag() -> None:
    """October's last release can start until 21 November and be recorded 30 days later."""
    october = parse_period("2026-10")
    last_on = date(2026, 12, 21)

    assert maturity(october, NEED, DEFAULT_MEASURES, last_on) is Maturity.MATURE
    before = last_on - timedelta(days=1)
    assert maturity(october, NEED, DEFAULT_MEASURES, before) is Maturity.PROVISIONAL
    future = maturity(october, NEED, DEFAULT_MEASURES, date(2026, 9, 30))
    assert future is Maturity.FUTURE


def test_retention_ripens_twelve_weeks_later() -> None:
    on = date(2026, 12, 21)
    apart = mature_through(NEED, DEFAULT_MEASURES, on) - mature_through(
        RETENTION, DEFAULT_MEASURES, on
    )

    assert apart == timedelta(days=84)


@given(on=DAYS)
def test_the_headline_is_the_latest_mature_year(on: date) -> None:
    year = headline_period(NEED, DEFAULT_MEASURES, on)
    following = period_of(PeriodKind.YEAR, year.last_on + timedelta(days=1))

    assert maturity(year, NEED, DEFAULT_MEASURES, on) is Maturity.MATURE
    assert maturity(following, NEED, DEFAULT_MEASURES, on) is not Maturity.MATURE


def test_the_headline_of_a_group_ends_with_a_quarter() -> None:
    policy = DEFAULT_MEASURES
    year = headline_period(NEED, policy, date(2026, 12, 21), policy.disclosure)

    assert headline_period(NEED, policy, date(2026, 12, 21)).code == "year-to-2026-10"
    assert year == Period(PeriodKind.YEAR, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (18, AgeBand.FROM_18_TO_24),
        (24, AgeBand.FROM_18_TO_24),
        (25, AgeBand.FROM_25_TO_34),
        (54, AgeBand.FROM_45_TO_54),
        (55, AgeBand.FROM_55),
        (99, AgeBand.FROM_55),
    ],
)
def test_ages_fall_into_bands(age: int, band: AgeBand) -> None:
    assert age_band(age) is band


def test_what_is_not_recorded_is_a_group_of_its_own() -> None:
    unknown = a_release(group=None, sex=None, age=None, ethnicity=None, probation_region=None)
    known = {Cut.NATION, Cut.PRISON, Cut.DESTINATION}

    for cut in set(Cut) - known:
        assert group_key(unknown, cut) == NOT_RECORDED
        assert group_key(a_release(), cut) != NOT_RECORDED
