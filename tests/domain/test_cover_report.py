"""The report of a cover check: how it travels, and what it can never hold."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel

from domain.calendars import WorkingCalendar
from domain.cover import (
    Collection,
    CoverDay,
    CoverLimits,
    CoverProblem,
    CoverProblemCode,
    CoverReport,
    Depot,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    TakeHome,
)
from tests.domain.cover_builders import (
    ALWAYS_OPEN,
    WEDNESDAY,
    a_dose,
    a_form,
    after,
    asked,
    daily,
)

P = CoverProblemCode
FRIDAY = date(2026, 5, 15)


def test_a_list_of_bank_holidays_that_is_too_short_blocks_and_is_no_error() -> None:
    short = WorkingCalendar(
        holidays=frozenset(),
        covers_from=date(2026, 1, 1),
        covers_until=FRIDAY,
    )
    pharmacy = Pharmacy(pharmacy_id="P1")

    report = asked(
        a_form((FRIDAY, 2), (date(2026, 5, 17), 7)),
        from_on=FRIDAY,
        until_on=date(2026, 5, 19),
        pharmacy=pharmacy,
        calendar=short,
    )

    unknown = [each.on for each in report.problems if each.code is P.BANK_HOLIDAYS_UNKNOWN]
    assert unknown == [(date(2026, 5, 18),), (date(2026, 5, 17),)]
    assert report.uncovered_on == ()
    assert not report.is_continuous


def test_with_too_short_a_list_and_no_appointment_a_week_is_shown() -> None:
    short = WorkingCalendar(
        holidays=frozenset(),
        covers_from=date(2026, 1, 1),
        covers_until=FRIDAY,
    )

    report = asked(a_dose(FRIDAY), from_on=FRIDAY, calendar=short)

    assert len(report.days) == 7


def test_a_report_travels_and_arrives_equal() -> None:
    report = asked(a_dose(), daily(after(WEDNESDAY, 2), 3), until_on=after(WEDNESDAY, 6))

    assert CoverReport.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize(
    "model",
    [
        Collection,
        CoverDay,
        CoverLimits,
        CoverProblem,
        CoverReport,
        Depot,
        Pharmacy,
        PrescriptionForm,
        ReleasedDose,
        TakeHome,
    ],
    ids=lambda model: model.__name__,
)
def test_no_field_can_hold_a_medicine_or_an_amount_of_it(model: type[BaseModel]) -> None:
    words = {word for name in model.model_fields for word in name.split("_")}
    forbidden = {"amount", "dose", "drug", "medicine", "mg", "ml", "quantity", "strength"}

    assert not words & forbidden


def test_a_pharmacy_travels_in_order_and_arrives_equal() -> None:
    pharmacy = Pharmacy(
        pharmacy_id="P1",
        closed_on=frozenset(date(2026, 7, day) for day in range(1, 21)),
        closed_weekdays=frozenset({6, 5}),
    )

    dumped = pharmacy.model_dump(mode="json")

    assert dumped["closed_on"] == [f"2026-07-{day:02}" for day in range(1, 21)]
    assert dumped["closed_weekdays"] == [5, 6]
    assert Pharmacy.model_validate(dumped) == pharmacy


def test_the_leap_day_is_a_day_like_any_other() -> None:
    from_on = date(2028, 2, 28)

    report = asked(
        daily(from_on, 3),
        from_on=from_on,
        until_on=date(2028, 3, 1),
        pharmacy=ALWAYS_OPEN,
    )

    assert [day.on for day in report.days][1] == date(2028, 2, 29)
    assert report.is_continuous
