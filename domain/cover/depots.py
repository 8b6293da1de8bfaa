"""Long-acting injections: what they cover and when the next one must be given (R59, R60).

An injection covers exactly its interval. The days by which the next one may be late (R60) give
no cover, because that figure is only remembered and not read; they decide no more than whether a
booking is near enough to count as planned cover, in the way a planned collection does.

Change this file when a rule about injections changes.
"""

from __future__ import annotations

from datetime import date, timedelta

from domain.cover.portions import Portion, in_a_row
from domain.cover.problems import CoverProblem, CoverProblemCode, problem
from domain.cover.question import CoverQuestion
from domain.cover.report import Source
from domain.cover.supplies import Depot


def depot_portions(depot: Depot, question: CoverQuestion) -> tuple[Portion, ...]:
    """Return the days of the injection and of the next one, when that is booked in its window."""
    days = question.limits.interval_days(depot.formulation)
    given = in_a_row(Source.DEPOT, depot.given_on, days)
    booked_on = depot.next_booked_on
    if booked_on is None or _is_outside_window(depot, booked_on, question):
        return (given,)
    booked = in_a_row(Source.DEPOT, booked_on, days)
    # One given early replaces the rest of the last one; it is no second supply for those days.
    first_on = max(booked_on, given.last_on + timedelta(days=1))
    return (given, booked._replace(first_on=first_on))


def depot_problems(depot: Depot, question: CoverQuestion) -> tuple[CoverProblem, ...]:
    """Return what is wrong with the booking of the next injection."""
    booked_on = depot.next_booked_on
    if booked_on is None:
        due_on = _due_on(depot, question)
        return (problem(CoverProblemCode.DEPOT_NEXT_NOT_BOOKED, [due_on]),)
    if _is_outside_window(depot, booked_on, question):
        return (problem(CoverProblemCode.DEPOT_OUTSIDE_WINDOW, [booked_on]),)
    return ()


def _is_outside_window(depot: Depot, booked_on: date, question: CoverQuestion) -> bool:
    away = abs(booked_on - _due_on(depot, question))
    return away > timedelta(days=question.limits.window_days(depot.formulation))


def _due_on(depot: Depot, question: CoverQuestion) -> date:
    interval = timedelta(days=question.limits.interval_days(depot.formulation))
    return depot.next_due_on or depot.given_on + interval
