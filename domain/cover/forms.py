"""Prescription forms: which days they cover and what is wrong with them (R47 to R49, R52, R64).

A collection that the pharmacy must turn away covers nothing, neither its own day nor the rest of
its instalment: the wording that would let a pharmacy supply early or late (R65) is not recorded,
so the check does not rely on it. Cover resumes at the next planned collection. A form of the
wrong kind still shows the days it was meant for, because correcting the form repairs them all.

Change this file when a rule about prescription forms changes.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.codes import Nation
from domain.cover.portions import Portion
from domain.cover.problems import CoverProblem, CoverProblemCode, problem
from domain.cover.question import CoverQuestion
from domain.cover.report import Source
from domain.cover.supplies import Collection, FormType, PrescriptionForm, Schedule

INSTALMENT_FORMS: Final = frozenset({FormType.FP10MDA, FormType.WP10MDA})
FORMS_OF: Final = {
    Nation.ENGLAND: frozenset({FormType.FP10, FormType.FP10MDA}),
    Nation.WALES: frozenset({FormType.WP10, FormType.WP10MDA}),
}
# Schedules 3 and 4 are allowed in England for a few medicines only. Which medicine it is, is not
# recorded here, so the prescriber answers for that part of R48.
SCHEDULES_FOR: Final = {
    FormType.FP10MDA: frozenset({Schedule.TWO, Schedule.THREE, Schedule.FOUR}),
    FormType.WP10MDA: frozenset({Schedule.TWO, Schedule.THREE, Schedule.FOUR, Schedule.FIVE}),
}
EXPIRING: Final = frozenset({Schedule.TWO, Schedule.THREE, Schedule.FOUR})


# Why a planned collection cannot happen; None when it can.
StoppedBy = CoverProblemCode | None


def form_portions(form: PrescriptionForm, question: CoverQuestion) -> tuple[Portion, ...]:
    """Return what each collection that can happen covers, within the length of the form."""
    last_on = _last_day_allowed(form, question)
    return tuple(
        Portion(Source.FORM, collection.collect_on, min(_ends_on(collection), last_on))
        for collection, stopped_by in _collections(form, question)
        if stopped_by is None
    )


def form_problems(form: PrescriptionForm, question: CoverQuestion) -> tuple[CoverProblem, ...]:
    """Return everything to put right about one form."""
    return (
        *_kind_problems(form, question),
        *_length_problems(form, question),
        *_pharmacy_problems(form, question),
        *_collection_problems(form, question),
    )


def _collections(
    form: PrescriptionForm,
    question: CoverQuestion,
) -> list[tuple[Collection, StoppedBy]]:
    planned = [(each, _stopped_alone(each, form, question)) for each in form.collections]
    first_on = next((each.collect_on for each, stopped in planned if stopped is None), None)
    within = timedelta(days=question.limits.first_supply_within_days)
    # The first supply decides for the whole form: made in time, later instalments may follow
    # after the limit; missed, none of them can be made (R49).
    if form.schedule in EXPIRING and first_on and first_on - form.valid_from_on > within:
        expired = CoverProblemCode.FORM_EXPIRED_BEFORE_COLLECTION
        return [(each, stopped or expired) for each, stopped in planned]
    return planned


def _stopped_alone(
    collection: Collection,
    form: PrescriptionForm,
    question: CoverQuestion,
) -> StoppedBy:
    on = collection.collect_on
    if on < question.from_on:
        return CoverProblemCode.COLLECTION_BEFORE_RELEASE
    if on < form.valid_from_on:
        return CoverProblemCode.COLLECTION_BEFORE_FORM_IS_VALID
    if question.is_closed(form.pharmacy_id, on):
        return CoverProblemCode.COLLECTION_ON_CLOSED_DAY
    return None


def _kind_problems(form: PrescriptionForm, question: CoverQuestion) -> list[CoverProblem]:
    first_on = [form.collections[0].collect_on]
    found = []
    if form.form not in FORMS_OF[question.nation]:
        found.append(problem(CoverProblemCode.FORM_NOT_FOR_NATION, first_on))
    if form.form in INSTALMENT_FORMS and form.schedule not in SCHEDULES_FOR[form.form]:
        found.append(problem(CoverProblemCode.FORM_NOT_FOR_SCHEDULE, first_on))
    if form.form not in INSTALMENT_FORMS and len(form.collections) > 1:
        collected_on = [each.collect_on for each in form.collections]
        found.append(problem(CoverProblemCode.FORM_NOT_FOR_INSTALMENTS, collected_on))
    return found


def _length_problems(form: PrescriptionForm, question: CoverQuestion) -> list[CoverProblem]:
    last_on = _last_day_allowed(form, question)
    beyond = {
        on
        for each in form.collections
        for on in Portion(Source.FORM, each.collect_on, _ends_on(each)).days()
        if on > last_on
    }
    return [problem(CoverProblemCode.FORM_TOO_LONG, beyond)] if beyond else []


def _pharmacy_problems(form: PrescriptionForm, question: CoverQuestion) -> list[CoverProblem]:
    collected_on = [each.collect_on for each in form.collections]
    past = [on for on in collected_on if question.is_past_the_calendar(form.pharmacy_id, on)]
    found = []
    if not form.is_first_collection_confirmed:
        found.append(problem(CoverProblemCode.PHARMACY_NOT_CONFIRMED, collected_on[:1]))
    if not question.is_known(form.pharmacy_id):
        found.append(problem(CoverProblemCode.PHARMACY_DAYS_UNKNOWN, collected_on))
    if past:
        found.append(problem(CoverProblemCode.BANK_HOLIDAYS_UNKNOWN, past))
    return found


def _collection_problems(form: PrescriptionForm, question: CoverQuestion) -> list[CoverProblem]:
    stopped_on: dict[CoverProblemCode, list[date]] = {}
    for collection, stopped_by in _collections(form, question):
        if stopped_by is not None:
            stopped_on.setdefault(stopped_by, []).append(collection.collect_on)
    return [problem(code, days) for code, days in stopped_on.items()]


def _last_day_allowed(form: PrescriptionForm, question: CoverQuestion) -> date:
    if form.form not in INSTALMENT_FORMS:
        return max(map(_ends_on, form.collections))
    longest = timedelta(days=question.limits.instalment_form_days - 1)
    return form.collections[0].collect_on + longest


def _ends_on(collection: Collection) -> date:
    return collection.collect_on + timedelta(days=collection.covers_days - 1)
