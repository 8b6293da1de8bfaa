"""What can be wrong with cover: each problem's code, rule and sentence for staff.

Change this file when staff need to be told of another kind of problem, or in better words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from domain.cover.wording import days_in_words


class CoverProblemCode(StrEnum):
    """Stable codes of what is wrong; clients may match on them, the wording may change."""

    NO_APPOINTMENT = "no_appointment"
    APPOINTMENT_BEFORE_RELEASE = "appointment_before_release"
    DAYS_UNCOVERED = "days_uncovered"
    COVER_ENDS_BEFORE_APPOINTMENT = "cover_ends_before_appointment"
    CLOSED_DAYS_NOT_COVERED = "closed_days_not_covered"
    GATE_SUPPLY_TOO_SHORT = "gate_supply_too_short"
    FORM_TOO_LONG = "form_too_long"
    FORM_NOT_FOR_NATION = "form_not_for_nation"
    FORM_NOT_FOR_SCHEDULE = "form_not_for_schedule"
    FORM_NOT_FOR_INSTALMENTS = "form_not_for_instalments"
    FORM_EXPIRED_BEFORE_COLLECTION = "form_expired_before_collection"
    COLLECTION_BEFORE_FORM_IS_VALID = "collection_before_form_is_valid"
    COLLECTION_BEFORE_RELEASE = "collection_before_release"
    COLLECTION_ON_CLOSED_DAY = "collection_on_closed_day"
    PHARMACY_NOT_CONFIRMED = "pharmacy_not_confirmed"
    PHARMACY_DAYS_UNKNOWN = "pharmacy_days_unknown"
    BANK_HOLIDAYS_UNKNOWN = "bank_holidays_unknown"
    DEPOT_NEXT_NOT_BOOKED = "depot_next_not_booked"
    DEPOT_OUTSIDE_WINDOW = "depot_outside_window"
    SUPPLIES_OVERLAP = "supplies_overlap"


class _Finding(NamedTuple):
    rule: str
    is_blocking: bool
    sentence: str


# Not blocking: a standard that a local arrangement may meet otherwise (R44, see R46), a figure
# that is only remembered (R60; days it leaves open are uncovered and block anyway), and a note.
_FINDINGS: Final[Mapping[CoverProblemCode, _Finding]] = {
    CoverProblemCode.NO_APPOINTMENT: _Finding(
        "R54",
        is_blocking=True,
        sentence="No appointment with the first community prescriber is recorded. "
        "Book one and record its date.",
    ),
    CoverProblemCode.APPOINTMENT_BEFORE_RELEASE: _Finding(
        "R54",
        is_blocking=True,
        sentence="The appointment with the first community prescriber, {days}, is before the "
        "release. Book one on or after the day of release.",
    ),
    CoverProblemCode.DAYS_UNCOVERED: _Finding(
        "R54",
        is_blocking=True,
        sentence="Nothing covers {days}. Arrange a supply for each of these days.",
    ),
    CoverProblemCode.COVER_ENDS_BEFORE_APPOINTMENT: _Finding(
        "R54",
        is_blocking=True,
        sentence="Cover ends before the appointment with the first community prescriber: nothing "
        "covers {days}. Bring the appointment forward or arrange a longer supply.",
    ),
    CoverProblemCode.CLOSED_DAYS_NOT_COVERED: _Finding(
        "R64",
        is_blocking=True,
        sentence="Nobody works on the day after release, so cover must reach past the first "
        "working day. Nothing covers {days}. Arrange a supply for each of these days.",
    ),
    CoverProblemCode.GATE_SUPPLY_TOO_SHORT: _Finding(
        "R44",
        is_blocking=False,
        sentence="There is no prescription form and the supply at the gate is for less than a "
        "week. Give a longer supply or a form, or check the local arrangement.",
    ),
    CoverProblemCode.FORM_TOO_LONG: _Finding(
        "R47",
        is_blocking=True,
        sentence="The instalment form lasts longer than such a form may, so it does not cover "
        "{days}. Use a second form for these days.",
    ),
    CoverProblemCode.FORM_NOT_FOR_NATION: _Finding(
        "R48",
        is_blocking=True,
        sentence="The form collected from {days} belongs to the other nation. Use the form of "
        "the nation the person is going to.",
    ),
    CoverProblemCode.FORM_NOT_FOR_SCHEDULE: _Finding(
        "R48",
        is_blocking=True,
        sentence="The instalment form collected from {days} may not be used for what its "
        "schedule says. Use a single form.",
    ),
    CoverProblemCode.FORM_NOT_FOR_INSTALMENTS: _Finding(
        "R52",
        is_blocking=True,
        sentence="The form to be collected on {days} is not one for instalments. Use an "
        "instalment form, or one form for each collection.",
    ),
    CoverProblemCode.FORM_EXPIRED_BEFORE_COLLECTION: _Finding(
        "R49",
        is_blocking=True,
        sentence="The form will have run out before its first collection, so the collections on "
        "{days} cover nothing. Ask for a form with a later date.",
    ),
    CoverProblemCode.COLLECTION_BEFORE_FORM_IS_VALID: _Finding(
        "R49",
        is_blocking=True,
        sentence="The form is not yet valid on {days}, so nothing can be collected then. Correct "
        "the date of the form or of the collection.",
    ),
    CoverProblemCode.COLLECTION_BEFORE_RELEASE: _Finding(
        "R54",
        is_blocking=True,
        sentence="A collection is planned before the release, on {days}, and covers nothing. "
        "Ask for a form that fits the day of release.",
    ),
    CoverProblemCode.COLLECTION_ON_CLOSED_DAY: _Finding(
        "R54",
        is_blocking=True,
        sentence="The pharmacy is closed on {days}, so a collection planned then covers nothing. "
        "Move the collection to an open day before it, or use another pharmacy.",
    ),
    CoverProblemCode.PHARMACY_NOT_CONFIRMED: _Finding(
        "R64",
        is_blocking=True,
        sentence="Nobody has confirmed that the pharmacy is open for the first collection, "
        "{days}. Ask the pharmacy and record the answer.",
    ),
    CoverProblemCode.PHARMACY_DAYS_UNKNOWN: _Finding(
        "R54",
        is_blocking=True,
        sentence="The closed days of the pharmacy are not recorded, so the collections on {days} "
        "could not be checked. Record them.",
    ),
    CoverProblemCode.BANK_HOLIDAYS_UNKNOWN: _Finding(
        "R102",
        is_blocking=True,
        sentence="The bank-holiday list does not reach {days}, so closed days could not be "
        "checked. Install a newer bank-holiday list.",
    ),
    CoverProblemCode.DEPOT_NEXT_NOT_BOOKED: _Finding(
        "R59",
        is_blocking=True,
        sentence="No clinician is booked to give the next injection, due {days}. Book one.",
    ),
    CoverProblemCode.DEPOT_OUTSIDE_WINDOW: _Finding(
        "R60",
        is_blocking=False,
        sentence="The next injection is booked for {days}, too far from the day it is due, and "
        "is not counted. Ask the prescriber.",
    ),
    CoverProblemCode.SUPPLIES_OVERLAP: _Finding(
        "R54",
        is_blocking=False,
        sentence="More than one supply is for {days}. Ask the prescriber whether that is meant.",
    ),
}


class CoverProblem(BaseModel):
    """Something to put right, or to look at when it does not block.

    Attributes:
        code: What is wrong.
        on: Every day it concerns, in order; empty when it concerns none in particular.
        rule: The catalogue number of the rule that is not met.
        is_blocking: Whether the release is without continuous cover until it is put right.
        sentence: What is wrong and what to do; it names no medicine, person or pharmacy.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: CoverProblemCode
    on: tuple[date, ...]
    rule: str
    is_blocking: bool
    sentence: str


def problem(code: CoverProblemCode, on: Iterable[date] = ()) -> CoverProblem:
    """Return a problem with its rule and sentence, for the days it concerns in any order."""
    days = tuple(sorted(set(on)))
    finding = _FINDINGS[code]
    return CoverProblem(
        code=code,
        on=days,
        rule=finding.rule,
        is_blocking=finding.is_blocking,
        sentence=finding.sentence.format(days=days_in_words(days)),
    )
