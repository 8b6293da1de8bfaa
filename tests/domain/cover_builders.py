"""Supplies and questions for tests of cover: everything in order, unless a test says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

from domain.calendars import WorkingCalendar
from domain.codes import Nation
from domain.cover import (
    DEFAULT_LIMITS,
    Collection,
    CoverLimits,
    CoverProblem,
    CoverProblemCode,
    CoverReport,
    FormType,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Schedule,
    Supply,
    check_cover,
)
from tests.domain.bank_holidays import CALENDAR

WEDNESDAY = date(2026, 5, 13)
SATURDAY_OPEN = Pharmacy(pharmacy_id="P1", closed_weekdays=frozenset({6}))
ALWAYS_OPEN = Pharmacy(pharmacy_id="P1", closes_on_bank_holidays=False)


def after(on: date, days: int) -> date:
    return on + timedelta(days=days)


def a_form(
    *collections: tuple[date, int],
    form: FormType = FormType.FP10MDA,
    schedule: Schedule = Schedule.TWO,
    signed_on: date | None = None,
    appropriate_on: date | None = None,
    pharmacy_id: str = "P1",
    confirmed: bool = True,
) -> PrescriptionForm:
    return PrescriptionForm(
        form=form,
        schedule=schedule,
        signed_on=signed_on or after(collections[0][0], -2),
        appropriate_on=appropriate_on,
        collections=tuple(Collection(collect_on=on, covers_days=days) for on, days in collections),
        pharmacy_id=pharmacy_id,
        is_first_collection_confirmed=confirmed,
    )


def daily(first_on: date, days: int) -> PrescriptionForm:
    return a_form(*((after(first_on, n), 1) for n in range(days)))


def a_dose(on: date = WEDNESDAY) -> ReleasedDose:
    return ReleasedDose(on=on)


def asked(
    *supplies: Supply,
    from_on: date = WEDNESDAY,
    until_on: date | None = None,
    nation: Nation = Nation.ENGLAND,
    pharmacy: Pharmacy | None = ALWAYS_OPEN,
    calendar: WorkingCalendar = CALENDAR,
    limits: CoverLimits = DEFAULT_LIMITS,
) -> CoverReport:
    return check_cover(
        supplies,
        nation=nation,
        from_on=from_on,
        until_on=until_on,
        pharmacy=pharmacy,
        calendar=calendar,
        limits=limits,
    )


def codes(report: CoverReport) -> list[CoverProblemCode]:
    return [each.code for each in report.problems]


def found(report: CoverReport, code: CoverProblemCode) -> CoverProblem:
    return next(each for each in report.problems if each.code is code)
