"""Prescription cover: whole releases, from the gate to the first community prescriber."""

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
    Formulation,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Source,
    TakeHome,
)
from tests.domain.cover_builders import (
    ALWAYS_OPEN,
    SATURDAY_OPEN,
    WEDNESDAY,
    a_dose,
    a_form,
    after,
    asked,
    codes,
    daily,
    found,
)

P = CoverProblemCode
FRIDAY = date(2026, 5, 15)


def test_a_dose_at_the_gate_and_a_form_to_the_appointment_are_continuous() -> None:
    report = asked(a_dose(), daily(after(WEDNESDAY, 1), 6), until_on=after(WEDNESDAY, 6))

    assert report.is_continuous
    assert report.problems == ()
    assert [day.source for day in report.days] == [Source.RELEASED_DOSE, *[Source.FORM] * 6]


def test_the_day_of_the_appointment_must_itself_be_covered() -> None:
    report = asked(a_dose(), daily(after(WEDNESDAY, 1), 5), until_on=after(WEDNESDAY, 6))

    assert report.uncovered_on == (after(WEDNESDAY, 6),)
    assert codes(report) == [P.COVER_ENDS_BEFORE_APPOINTMENT]
    assert not report.is_continuous


def test_every_uncovered_day_in_the_middle_is_named() -> None:
    form = a_form((after(WEDNESDAY, 1), 1), (after(WEDNESDAY, 4), 3))

    report = asked(a_dose(), form, until_on=after(WEDNESDAY, 6))

    missing = (after(WEDNESDAY, 2), after(WEDNESDAY, 3))
    assert report.uncovered_on == missing
    assert found(report, P.DAYS_UNCOVERED).on == missing
    assert "Friday 15 May 2026 and Saturday 16 May 2026" in report.problems[0].sentence


def test_nothing_arranged_leaves_every_day_uncovered() -> None:
    report = asked(until_on=after(WEDNESDAY, 2))

    assert report.uncovered_on == (WEDNESDAY, after(WEDNESDAY, 1), after(WEDNESDAY, 2))
    assert codes(report) == [P.DAYS_UNCOVERED, P.GATE_SUPPLY_TOO_SHORT]


def test_without_an_appointment_a_week_is_shown_and_cover_is_not_continuous() -> None:
    report = asked(TakeHome(from_on=WEDNESDAY, days=7))

    assert len(report.days) == 7
    assert report.uncovered_on == ()
    assert codes(report) == [P.NO_APPOINTMENT]
    assert not report.is_continuous


def test_an_appointment_before_a_release_that_moved_later_is_no_appointment() -> None:
    report = asked(TakeHome(from_on=WEDNESDAY, days=7), until_on=after(WEDNESDAY, -1))

    assert codes(report) == [P.APPOINTMENT_BEFORE_RELEASE]
    assert found(report, P.APPOINTMENT_BEFORE_RELEASE).on == (after(WEDNESDAY, -1),)
    assert len(report.days) == 7


def test_without_an_appointment_cover_cannot_end_too_soon_for_it() -> None:
    report = asked(TakeHome(from_on=WEDNESDAY, days=5))

    assert found(report, P.DAYS_UNCOVERED).on == (after(WEDNESDAY, 5), after(WEDNESDAY, 6))
    assert P.COVER_ENDS_BEFORE_APPOINTMENT not in codes(report)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "covers Saturday 16 May 2026. "),
        (2, "covers Saturday 16 May 2026 and Sunday 17 May 2026. "),
        (3, "covers Saturday 16 May 2026 to Monday 18 May 2026. "),
    ],
)
def test_three_days_in_a_row_are_read_out_as_a_range(days: int, words: str) -> None:
    report = asked(
        TakeHome(from_on=WEDNESDAY, days=3),
        TakeHome(from_on=after(WEDNESDAY, 3 + days), days=4),
        until_on=after(WEDNESDAY, 6),
    )

    assert words in found(report, P.DAYS_UNCOVERED).sentence


class TestTheGate:
    def test_a_week_in_hand_needs_no_form(self) -> None:
        report = asked(TakeHome(from_on=WEDNESDAY, days=7), until_on=after(WEDNESDAY, 6))

        assert report.is_continuous
        assert codes(report) == []

    def test_less_than_a_week_and_no_form_is_pointed_out_but_does_not_block(self) -> None:
        report = asked(TakeHome(from_on=WEDNESDAY, days=6), until_on=after(WEDNESDAY, 5))

        assert found(report, P.GATE_SUPPLY_TOO_SHORT).rule == "R44"
        assert report.is_continuous

    def test_a_supply_for_an_earlier_release_date_runs_out_earlier(self) -> None:
        report = asked(
            TakeHome(from_on=after(WEDNESDAY, -3), days=7),
            until_on=after(WEDNESDAY, 5),
        )

        assert report.uncovered_on == (after(WEDNESDAY, 4), after(WEDNESDAY, 5))

    def test_two_supplies_for_one_day_are_noted_and_do_not_block(self) -> None:
        report = asked(a_dose(), TakeHome(from_on=WEDNESDAY, days=7), until_on=WEDNESDAY)

        assert found(report, P.SUPPLIES_OVERLAP).on == (WEDNESDAY,)
        assert report.days == (CoverDay(on=WEDNESDAY, source=Source.RELEASED_DOSE),)
        assert report.is_continuous

    def test_two_supplies_for_a_day_in_prison_are_nobodys_concern_here(self) -> None:
        report = asked(
            a_dose(after(WEDNESDAY, -1)),
            TakeHome(from_on=after(WEDNESDAY, -1), days=8),
            until_on=WEDNESDAY,
        )

        assert codes(report) == []


class TestAClosedDayAfterRelease:
    def test_a_friday_with_a_pharmacy_open_on_saturday_reaches_tuesday(self) -> None:
        form = a_form((date(2026, 5, 16), 2), (date(2026, 5, 18), 1), (date(2026, 5, 19), 1))

        report = asked(
            a_dose(FRIDAY),
            form,
            from_on=FRIDAY,
            until_on=date(2026, 5, 19),
            pharmacy=SATURDAY_OPEN,
        )

        assert report.is_continuous
        assert codes(report) == []

    def test_a_friday_must_be_covered_past_monday_though_the_appointment_is_on_friday(self) -> None:
        report = asked(
            TakeHome(from_on=FRIDAY, days=4),
            from_on=FRIDAY,
            until_on=FRIDAY,
        )

        assert report.uncovered_on == ()
        assert found(report, P.CLOSED_DAYS_NOT_COVERED).on == (date(2026, 5, 19),)
        assert found(report, P.CLOSED_DAYS_NOT_COVERED).rule == "R64"
        assert not report.is_continuous

    @pytest.mark.parametrize(
        ("from_on", "reached_on"),
        [
            (date(2026, 12, 24), date(2026, 12, 30)),
            (date(2026, 4, 2), date(2026, 4, 8)),
            (date(2026, 5, 1), date(2026, 5, 6)),
        ],
        ids=["Christmas", "Easter", "early May"],
    )
    def test_cover_reaches_a_day_past_the_first_working_day(
        self,
        from_on: date,
        reached_on: date,
    ) -> None:
        days = (reached_on - from_on).days + 1
        short = asked(TakeHome(from_on=from_on, days=days - 1), from_on=from_on, until_on=from_on)
        enough = asked(TakeHome(from_on=from_on, days=days), from_on=from_on, until_on=from_on)

        assert found(short, P.CLOSED_DAYS_NOT_COVERED).on == (reached_on,)
        assert P.CLOSED_DAYS_NOT_COVERED not in codes(enough)

    def test_without_an_appointment_the_days_shown_reach_past_a_long_closure(self) -> None:
        report = asked(
            from_on=date(2026, 12, 24),
            limits=CoverLimits(gate_supply_days=1),
        )

        assert report.days[-1].on == date(2026, 12, 30)

    def test_a_midweek_release_has_no_such_rule(self) -> None:
        report = asked(TakeHome(from_on=WEDNESDAY, days=7), until_on=WEDNESDAY)

        assert P.CLOSED_DAYS_NOT_COVERED not in codes(report)


class TestADepot:
    def test_a_weekly_one_covers_seven_days_and_its_booked_successor_the_eighth(self) -> None:
        depot = Depot(
            formulation=Formulation.WEEKLY,
            given_on=WEDNESDAY,
            next_booked_on=after(WEDNESDAY, 7),
        )

        report = asked(depot, until_on=after(WEDNESDAY, 7))

        assert report.is_continuous
        assert {day.source for day in report.days} == {Source.DEPOT}

    def test_without_a_booking_the_eighth_day_is_uncovered(self) -> None:
        depot = Depot(formulation=Formulation.WEEKLY, given_on=WEDNESDAY)

        report = asked(depot, until_on=after(WEDNESDAY, 7))

        assert report.uncovered_on == (after(WEDNESDAY, 7),)
        assert found(report, P.DEPOT_NEXT_NOT_BOOKED).on == (after(WEDNESDAY, 7),)
        assert found(report, P.DEPOT_NEXT_NOT_BOOKED).rule == "R59"

    def test_a_monthly_one_covers_four_weeks_however_short_the_month(self) -> None:
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
        self,
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

    def test_one_given_early_is_not_a_second_supply(self) -> None:
        depot = Depot(
            formulation=Formulation.WEEKLY,
            given_on=WEDNESDAY,
            next_booked_on=after(WEDNESDAY, 5),
        )

        report = asked(depot, until_on=after(WEDNESDAY, 11))

        assert report.is_continuous
        assert codes(report) == []

    def test_the_window_is_measured_from_the_due_day_the_prescriber_set(self) -> None:
        depot = Depot(
            formulation=Formulation.WEEKLY,
            given_on=WEDNESDAY,
            next_due_on=after(WEDNESDAY, 4),
            next_booked_on=after(WEDNESDAY, 7),
        )

        report = asked(depot, until_on=after(WEDNESDAY, 3))

        assert codes(report) == [P.DEPOT_OUTSIDE_WINDOW]


class TestTheReport:
    def test_a_list_of_bank_holidays_that_is_too_short_blocks_and_is_no_error(self) -> None:
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

    def test_with_too_short_a_list_and_no_appointment_a_week_is_shown(self) -> None:
        short = WorkingCalendar(
            holidays=frozenset(),
            covers_from=date(2026, 1, 1),
            covers_until=FRIDAY,
        )

        report = asked(a_dose(FRIDAY), from_on=FRIDAY, calendar=short)

        assert len(report.days) == 7

    def test_a_report_travels_and_arrives_equal(self) -> None:
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
    def test_no_field_can_hold_a_medicine_or_an_amount_of_it(self, model: type[BaseModel]) -> None:
        words = {word for name in model.model_fields for word in name.split("_")}
        forbidden = {"amount", "dose", "drug", "medicine", "mg", "ml", "quantity", "strength"}

        assert not words & forbidden

    def test_a_pharmacy_travels_in_order_and_arrives_equal(self) -> None:
        pharmacy = Pharmacy(
            pharmacy_id="P1",
            closed_on=frozenset(date(2026, 7, day) for day in range(1, 21)),
            closed_weekdays=frozenset({6, 5}),
        )

        dumped = pharmacy.model_dump(mode="json")

        assert dumped["closed_on"] == [f"2026-07-{day:02}" for day in range(1, 21)]
        assert dumped["closed_weekdays"] == [5, 6]
        assert Pharmacy.model_validate(dumped) == pharmacy

    def test_the_leap_day_is_a_day_like_any_other(self) -> None:
        from_on = date(2028, 2, 28)

        report = asked(
            daily(from_on, 3),
            from_on=from_on,
            until_on=date(2028, 3, 1),
            pharmacy=ALWAYS_OPEN,
        )

        assert [day.on for day in report.days][1] == date(2028, 2, 29)
        assert report.is_continuous
