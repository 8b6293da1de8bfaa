"""What the laid-out days leave open: gaps, a weak end, closed days, a short supply (R44, R54, R64).

Change this file when a rule about the days themselves changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendars import CalendarGapError
from domain.cover.portions import Portion
from domain.cover.problems import CoverProblem, CoverProblemCode, problem
from domain.cover.question import CoverQuestion
from domain.cover.report import CoverDay, Source
from domain.cover.supplies import Depot, PrescriptionForm, Supply, TakeHome


def appointment_problems(from_on: date, until_on: date | None) -> list[CoverProblem]:
    """Return what is wrong with the appointment itself."""
    if until_on is None:
        return [problem(CoverProblemCode.NO_APPOINTMENT)]
    if until_on < from_on:
        return [problem(CoverProblemCode.APPOINTMENT_BEFORE_RELEASE, [until_on])]
    return []


def gap_problems(days: Sequence[CoverDay], until_on: date | None) -> list[CoverProblem]:
    """Return the uncovered days, those after the last covered one apart from the rest (R54)."""
    uncovered = [day.on for day in days if not day.covered]
    ended_on = max((day.on for day in days if day.covered), default=None)
    # Without an appointment there is nothing the cover could end too soon for.
    tail = [on for on in uncovered if until_on and ended_on and on > ended_on]
    gap = [on for on in uncovered if on not in tail]
    found = []
    if gap:
        found.append(problem(CoverProblemCode.DAYS_UNCOVERED, gap))
    if tail:
        found.append(problem(CoverProblemCode.COVER_ENDS_BEFORE_APPOINTMENT, tail))
    return found


def closed_days_problems(
    portions: Sequence[Portion],
    question: CoverQuestion,
) -> list[CoverProblem]:
    """Return the uncovered days up to the first working day and its margin (R64).

    These can lie after the appointment: an appointment on the day of a Friday release is easily
    missed, and then nobody can repair the gap before services open again.
    """
    try:
        until_on = question.past_closed_days_on()
    except CalendarGapError as gap:
        return [problem(CoverProblemCode.BANK_HOLIDAYS_UNKNOWN, [gap.on])]
    if until_on is None:
        return []
    covered = {on for portion in portions for on in portion.days()}
    wanted = Portion(Source.NONE, question.from_on, until_on)
    missing = [on for on in wanted.days() if on not in covered]
    return [problem(CoverProblemCode.CLOSED_DAYS_NOT_COVERED, missing)] if missing else []


def gate_problems(supplies: Sequence[Supply], question: CoverQuestion) -> list[CoverProblem]:
    """Return whether the gate supply is short where neither form nor injection follows it (R44)."""
    if any(isinstance(each, PrescriptionForm | Depot) for each in supplies):
        return []
    given_days = sum(each.days for each in supplies if isinstance(each, TakeHome))
    is_short = given_days < question.limits.gate_supply_days
    return [problem(CoverProblemCode.GATE_SUPPLY_TOO_SHORT)] if is_short else []


def overlap_problems(portions: Iterable[Portion], from_on: date) -> list[CoverProblem]:
    """Return the days from the release on that more than one supply is for."""
    times = Counter(on for portion in portions for on in portion.days() if on >= from_on)
    twice = [on for on, count in times.items() if count > 1]
    return [problem(CoverProblemCode.SUPPLIES_OVERLAP, twice)] if twice else []
