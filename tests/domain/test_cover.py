"""Prescription cover: whole releases, from the gate to the first community prescriber."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cover import (
    CoverDay,
    CoverLimits,
    CoverProblemCode,
    Source,
    TakeHome,
)
from tests.domain.cover_builders import (
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
