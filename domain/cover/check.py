"""The cover check itself: lay every supply on the days, then name what is missing (R54).

Change this file when the question "is every day covered" is asked in another way; what a kind of
supply covers is decided in that kind's own module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never

from domain.calendars import WorkingCalendar
from domain.codes import Nation
from domain.cover.depots import depot_portions, depot_problems
from domain.cover.forms import form_portions, form_problems
from domain.cover.gaps import (
    appointment_problems,
    closed_days_problems,
    gap_problems,
    gate_problems,
    overlap_problems,
)
from domain.cover.limits import DEFAULT_LIMITS, CoverLimits
from domain.cover.portions import Portion, in_a_row
from domain.cover.problems import CoverProblem
from domain.cover.question import CoverQuestion
from domain.cover.report import CoverDay, CoverReport, Source
from domain.cover.supplies import (
    Depot,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Supply,
    TakeHome,
)


def check_cover(
    supplies: Sequence[Supply],
    *,
    nation: Nation,
    from_on: date,
    until_on: date | None,
    pharmacy: Pharmacy | None,
    calendar: WorkingCalendar,
    limits: CoverLimits = DEFAULT_LIMITS,
) -> CoverReport:
    """Return whether medicine continues on every day from the release to the appointment.

    It records and compares dates; it knows no medicine and no amount. Every input gives a report:
    a bank-holiday list that is too short is a blocking problem in it, never an error.

    Args:
        supplies: Everything arranged, in any order.
        nation: Where the person is going; it decides which forms may be used.
        from_on: The day of release: the expected one before it, the actual one after.
        until_on: The appointment with the first community prescriber, which must itself be
            covered; None when there is none. One before the release is treated as none.
        pharmacy: Closed days of the pharmacy; forms collected elsewhere are reported as unchecked.
        calendar: Bank holidays of England and Wales.
        limits: The policy's figures.
    """
    usable_on = until_on if until_on is not None and until_on >= from_on else None
    question = CoverQuestion(nation, from_on, usable_on, pharmacy, calendar, limits)
    portions = [portion for each in supplies for portion in _portions(each, question)]
    days = _days(portions, from_on, question.last_checked_on())
    problems = (
        *appointment_problems(from_on, until_on),
        *gap_problems(days, usable_on),
        *closed_days_problems(portions, question),
        *gate_problems(supplies, question),
        *(found for each in supplies for found in _problems(each, question)),
        *overlap_problems(portions, from_on),
    )
    return CoverReport(days=days, problems=problems)


def _portions(supply: Supply, question: CoverQuestion) -> tuple[Portion, ...]:
    match supply:
        case ReleasedDose():
            return (in_a_row(Source.RELEASED_DOSE, supply.on, 1),)
        case TakeHome():
            return (in_a_row(Source.TAKE_HOME, supply.from_on, supply.days),)
        case PrescriptionForm():
            return form_portions(supply, question)
        case Depot():
            return depot_portions(supply, question)
        case _:
            assert_never(supply)


def _problems(supply: Supply, question: CoverQuestion) -> tuple[CoverProblem, ...]:
    match supply:
        case PrescriptionForm():
            return form_problems(supply, question)
        case Depot():
            return depot_problems(supply, question)
        case ReleasedDose() | TakeHome():
            return ()
        case _:
            assert_never(supply)


def _days(portions: Iterable[Portion], first_on: date, last_on: date) -> tuple[CoverDay, ...]:
    order = list(Source)
    best: dict[date, Source] = {}
    for portion in sorted(portions, key=lambda each: order.index(each.source)):
        for on in portion.days():
            best.setdefault(on, portion.source)
    checked = in_a_row(Source.NONE, first_on, (last_on - first_on).days + 1)
    return tuple(CoverDay(on=on, source=best.get(on, Source.NONE)) for on in checked.days())
