"""Long-acting injections: their interval, and the window of the next one."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cover import (
    CoverLimits,
    CoverProblemCode,
    Depot,
    Formulation,
    Source,
)
from tests.domain.cover_builders import (
    WEDNESDAY,
    after,
    asked,
    codes,
    found,
)

P = CoverProblemCode


def test_a_weekly_one_covers_seven_days_and_its_booked_successor_the_eighth() -> None:
    depot = Depot(
        formulation=Formulation.WEEKLY,
        given_on=WEDNESDAY,
        next_booked_on=after(WEDNESDAY, 7),
    )

    report = asked(depot, until_on=after(WEDNESDAY, 7))

    assert report.is_continuous
    assert {day.source for day in report.days} == {Source.DEPOT}


def test_without_a_booking_the_eighth_day_is_uncovered() -> None:
    depot = Depot(formulation=Formulation.WEEKLY, given_on=WEDNESDAY)

    report = asked(depot, until_on=after(WEDNESDAY, 7))

    assert report.uncovered_on == (after(WEDNESDAY, 7),)
    assert found(report, P.DEPOT_NEXT_NOT_BOOKED).on == (after(WEDNESDAY, 7),)
    assert found(report, P.DEPOT_NEXT_NOT_BOOKED).rule == "R59"


def test_a_monthly_one_covers_four_weeks_however_short_the_month() -> None:
    given_on = date(2027, 2, 10)
    depot = Depot(formulation=Formulation.MONTHLY, given_on=given_on)

    report = asked(depot, from_on=given_on, until_on=date(2027, 3, 10))

    assert report.uncovered_on == (date(2027, 3, 10),)


@pytest.mark.parametrize(
    ("formulation", "late_days", "counts"),
    [
        (Formulation.WEEKLY, 2, True),
        (Formulation.WEEKLY, 3, False),
        (Formulation.MONTHLY, 7, True),
        (Formulation.MONTHLY, 8, False),
    ],
)
def test_a_booking_counts_only_inside_its_window(
    formulation: Formulation,
    late_days: int,
    counts: bool,
) -> None:
    due_on = after(WEDNESDAY, CoverLimits().interval_days(formulation))
    booked_on = after(due_on, late_days)
    depot = Depot(formulation=formulation, given_on=WEDNESDAY, next_booked_on=booked_on)

    report = asked(depot, until_on=booked_on)

    assert (P.DEPOT_OUTSIDE_WINDOW not in codes(report)) is counts
    assert report.days[-1].covered is counts
    assert due_on in report.uncovered_on


def test_one_given_early_is_not_a_second_supply() -> None:
    depot = Depot(
        formulation=Formulation.WEEKLY,
        given_on=WEDNESDAY,
        next_booked_on=after(WEDNESDAY, 5),
    )

    report = asked(depot, until_on=after(WEDNESDAY, 11))

    assert report.is_continuous
    assert codes(report) == []


def test_the_window_is_measured_from_the_due_day_the_prescriber_set() -> None:
    depot = Depot(
        formulation=Formulation.WEEKLY,
        given_on=WEDNESDAY,
        next_due_on=after(WEDNESDAY, 4),
        next_booked_on=after(WEDNESDAY, 7),
    )

    report = asked(depot, until_on=after(WEDNESDAY, 3))

    assert codes(report) == [P.DEPOT_OUTSIDE_WINDOW]
