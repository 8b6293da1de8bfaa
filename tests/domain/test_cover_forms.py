"""Prescription forms: each rule of a form, kept and broken."""

from __future__ import annotations

from datetime import date

import pytest

from domain.codes import Nation
from domain.cover import CoverProblemCode, FormType, Pharmacy, Schedule
from tests.domain.cover_builders import (
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


@pytest.mark.parametrize(("days", "too_long"), [(14, False), (15, True)])
def test_an_instalment_form_lasts_fourteen_days(days: int, too_long: bool) -> None:
    report = asked(daily(WEDNESDAY, days), until_on=after(WEDNESDAY, 13))

    assert (P.FORM_TOO_LONG in codes(report)) is too_long
    assert report.is_continuous is not too_long


def test_the_fifteenth_day_of_a_form_is_not_covered() -> None:
    report = asked(daily(WEDNESDAY, 15), until_on=after(WEDNESDAY, 14))

    assert report.uncovered_on == (after(WEDNESDAY, 14),)
    assert found(report, P.FORM_TOO_LONG).on == (after(WEDNESDAY, 14),)
    assert found(report, P.FORM_TOO_LONG).rule == "R47"


def test_the_last_instalment_is_cut_where_the_form_ends() -> None:
    form = a_form((WEDNESDAY, 7), (after(WEDNESDAY, 7), 10))

    report = asked(form, until_on=after(WEDNESDAY, 16))

    assert report.uncovered_on == tuple(after(WEDNESDAY, n) for n in (14, 15, 16))


def test_a_single_form_may_last_longer_than_fourteen_days() -> None:
    report = asked(a_form((WEDNESDAY, 28), form=FormType.FP10), until_on=after(WEDNESDAY, 27))

    assert report.is_continuous


@pytest.mark.parametrize("schedule", [Schedule.TWO, Schedule.THREE, Schedule.FOUR])
@pytest.mark.parametrize(("days_after", "in_time"), [(28, True), (29, False)])
def test_a_controlled_drug_form_is_first_supplied_within_28_days(
    schedule: Schedule,
    days_after: int,
    in_time: bool,
) -> None:
    form = a_form((WEDNESDAY, 7), schedule=schedule, signed_on=after(WEDNESDAY, -days_after))

    report = asked(form, until_on=after(WEDNESDAY, 6))

    assert report.is_continuous is in_time
    assert (P.FORM_EXPIRED_BEFORE_COLLECTION in codes(report)) is not in_time


def test_other_forms_do_not_run_out_in_28_days() -> None:
    form = a_form(
        (WEDNESDAY, 7),
        form=FormType.FP10,
        schedule=Schedule.OTHER,
        signed_on=after(WEDNESDAY, -29),
    )

    assert asked(form, until_on=after(WEDNESDAY, 6)).is_continuous


def test_the_appropriate_date_counts_when_it_is_later_than_the_signature() -> None:
    form = a_form(
        (WEDNESDAY, 7),
        signed_on=after(WEDNESDAY, -40),
        appropriate_on=after(WEDNESDAY, -1),
    )

    assert asked(form, until_on=after(WEDNESDAY, 6)).is_continuous


def test_an_appropriate_date_before_the_signature_changes_nothing() -> None:
    form = a_form((WEDNESDAY, 7), signed_on=WEDNESDAY, appropriate_on=after(WEDNESDAY, -60))

    assert asked(form, until_on=after(WEDNESDAY, 6)).is_continuous


def test_later_instalments_may_follow_after_the_28_days() -> None:
    form = a_form((WEDNESDAY, 7), (after(WEDNESDAY, 7), 7), signed_on=after(WEDNESDAY, -28))

    assert asked(form, until_on=after(WEDNESDAY, 13)).is_continuous


def test_a_missed_first_day_can_make_the_whole_form_run_out() -> None:
    form = a_form((WEDNESDAY, 7), (after(WEDNESDAY, 7), 7), signed_on=after(WEDNESDAY, -28))
    closed = Pharmacy(pharmacy_id="P1", closed_on=frozenset({WEDNESDAY}))

    report = asked(form, until_on=after(WEDNESDAY, 13), pharmacy=closed)

    assert found(report, P.COLLECTION_ON_CLOSED_DAY).on == (WEDNESDAY,)
    assert found(report, P.FORM_EXPIRED_BEFORE_COLLECTION).on == (after(WEDNESDAY, 7),)
    assert len(report.uncovered_on) == 14


def test_a_collection_before_the_form_is_valid_covers_nothing() -> None:
    form = a_form((WEDNESDAY, 1), (after(WEDNESDAY, 1), 6), appropriate_on=after(WEDNESDAY, 1))

    report = asked(form, until_on=after(WEDNESDAY, 6))

    assert report.uncovered_on == (WEDNESDAY,)
    assert found(report, P.COLLECTION_BEFORE_FORM_IS_VALID).on == (WEDNESDAY,)


def test_a_collection_before_a_release_that_moved_later_covers_nothing() -> None:
    form = a_form((after(WEDNESDAY, -1), 7), (after(WEDNESDAY, 6), 7))

    report = asked(form, until_on=after(WEDNESDAY, 6))

    assert report.uncovered_on == tuple(after(WEDNESDAY, n) for n in range(6))
    assert found(report, P.COLLECTION_BEFORE_RELEASE).on == (after(WEDNESDAY, -1),)


@pytest.mark.parametrize(
    "pharmacy",
    [
        Pharmacy(pharmacy_id="P1", closed_weekdays=frozenset({5})),
        Pharmacy(pharmacy_id="P1", closed_on=frozenset({date(2026, 5, 16)})),
    ],
    ids=["every Saturday", "this Saturday"],
)
def test_a_collection_on_a_closed_day_covers_nothing_until_the_next_one(pharmacy: Pharmacy) -> None:
    saturday = date(2026, 5, 16)
    form = a_form((WEDNESDAY, 3), (saturday, 2), (date(2026, 5, 18), 2))

    report = asked(form, until_on=date(2026, 5, 19), pharmacy=pharmacy)

    assert report.uncovered_on == (saturday, date(2026, 5, 17))
    assert found(report, P.COLLECTION_ON_CLOSED_DAY).on == (saturday,)


@pytest.mark.parametrize(("closes", "covered"), [(True, False), (False, True)])
def test_bank_holidays_close_a_pharmacy_unless_it_said_it_opens(
    closes: bool,
    covered: bool,
) -> None:
    bank_holiday = date(2026, 5, 25)
    pharmacy = Pharmacy(pharmacy_id="P1", closes_on_bank_holidays=closes)

    report = asked(daily(WEDNESDAY, 14), until_on=after(WEDNESDAY, 13), pharmacy=pharmacy)

    assert (bank_holiday not in report.uncovered_on) is covered


def test_collecting_ahead_of_a_closed_day_keeps_cover_whole() -> None:
    christmas_eve = date(2026, 12, 24)
    form = a_form((christmas_eve, 5), (date(2026, 12, 29), 3))

    report = asked(
        form,
        from_on=christmas_eve,
        until_on=date(2026, 12, 30),
        pharmacy=Pharmacy(pharmacy_id="P1", closed_weekdays=frozenset({6})),
    )

    assert report.is_continuous
    assert codes(report) == []


@pytest.mark.parametrize(
    ("nation", "form", "fits"),
    [
        (Nation.ENGLAND, FormType.FP10MDA, True),
        (Nation.ENGLAND, FormType.FP10, True),
        (Nation.ENGLAND, FormType.WP10MDA, False),
        (Nation.ENGLAND, FormType.WP10, False),
        (Nation.WALES, FormType.WP10MDA, True),
        (Nation.WALES, FormType.WP10, True),
        (Nation.WALES, FormType.FP10MDA, False),
        (Nation.WALES, FormType.FP10, False),
    ],
)
def test_each_nation_has_its_own_forms(nation: Nation, form: FormType, fits: bool) -> None:
    report = asked(a_form((WEDNESDAY, 7), form=form), until_on=WEDNESDAY, nation=nation)

    assert report.is_continuous is fits
    assert (P.FORM_NOT_FOR_NATION in codes(report)) is not fits


@pytest.mark.parametrize(
    ("nation", "form", "schedule", "fits"),
    [
        (Nation.ENGLAND, FormType.FP10MDA, Schedule.FOUR, True),
        (Nation.ENGLAND, FormType.FP10MDA, Schedule.FIVE, False),
        (Nation.ENGLAND, FormType.FP10MDA, Schedule.OTHER, False),
        (Nation.ENGLAND, FormType.FP10, Schedule.OTHER, True),
        (Nation.WALES, FormType.WP10MDA, Schedule.FIVE, True),
        (Nation.WALES, FormType.WP10MDA, Schedule.OTHER, False),
    ],
)
def test_instalment_forms_are_for_some_schedules_only(
    nation: Nation,
    form: FormType,
    schedule: Schedule,
    fits: bool,
) -> None:
    supply = a_form((WEDNESDAY, 7), form=form, schedule=schedule)

    report = asked(supply, until_on=WEDNESDAY, nation=nation)

    assert (P.FORM_NOT_FOR_SCHEDULE in codes(report)) is not fits


def test_a_single_form_cannot_be_collected_twice() -> None:
    form = a_form((WEDNESDAY, 1), (after(WEDNESDAY, 1), 6), form=FormType.FP10)

    report = asked(form, until_on=after(WEDNESDAY, 6))

    assert found(report, P.FORM_NOT_FOR_INSTALMENTS).rule == "R52"
    assert not report.is_continuous


def test_a_first_collection_nobody_confirmed_blocks() -> None:
    report = asked(a_form((WEDNESDAY, 7), confirmed=False), until_on=after(WEDNESDAY, 6))

    assert codes(report) == [P.PHARMACY_NOT_CONFIRMED]
    assert not report.is_continuous


@pytest.mark.parametrize("pharmacy", [None, Pharmacy(pharmacy_id="P2")], ids=["none", "another"])
def test_a_pharmacy_whose_closed_days_nobody_recorded_blocks(pharmacy: Pharmacy | None) -> None:
    report = asked(a_form((WEDNESDAY, 7)), until_on=WEDNESDAY, pharmacy=pharmacy)

    assert codes(report) == [P.PHARMACY_DAYS_UNKNOWN]
    assert report.uncovered_on == ()
    assert not report.is_continuous


def test_overlapping_instalments_are_noted_and_do_not_block() -> None:
    form = a_form((WEDNESDAY, 3), (after(WEDNESDAY, 2), 5))

    report = asked(form, until_on=after(WEDNESDAY, 6))

    assert codes(report) == [P.SUPPLIES_OVERLAP]
    assert found(report, P.SUPPLIES_OVERLAP).on == (after(WEDNESDAY, 2),)
    assert report.is_continuous


def test_no_sentence_names_the_pharmacy() -> None:
    report = asked(
        a_dose(),
        a_form((after(WEDNESDAY, 1), 1), confirmed=False, pharmacy_id="SECRET-PLACE"),
        until_on=after(WEDNESDAY, 6),
    )

    assert report.problems
    assert all("SECRET" not in each.sentence for each in report.problems)
