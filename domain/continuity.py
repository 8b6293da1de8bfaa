"""Whether medicine continues after the gate, asked of one release (R54, R56).

The check itself is `domain.cover`; this says what it is asked for a release, and from which facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.cover import CoverReport, PrescriptionForm, check_cover
from domain.facts import AppointmentStatus
from domain.journey import Step
from domain.london_time import london_date
from domain.rules import Rules
from domain.state import Release, StepStatus

LONGEST_SUPPLY: Final = timedelta(days=183)
"""No supply may be planned further ahead than this."""


def cover_report(state: Release, rules: Rules) -> CoverReport | None:
    """Return the day-by-day cover from release to the first community prescriber.

    None while no prescription is recorded.
    """
    if state.prescription is None:
        return None
    return _cover_until(state, prescriber_on(state), rules)


def prescriber_on(state: Release) -> date | None:
    """Return the day of the first community prescriber.

    An appointment that stands counts before the day written with the prescription, so that cover
    is judged anew when it moves; a missed one counts only until the next is booked.
    """
    stated = state.prescription.prescriber_on if state.prescription else None
    missed = AppointmentStatus.MISSED
    seen = [each for each in state.standing_appointments if each.with_prescriber]
    booked = [london_date(each.at) for each in seen if each.status is not missed]
    passed = [london_date(each.at) for each in seen if each.status is missed]
    return next((on for on in (*booked, stated, *passed) if on is not None), None)


def covered_until(report: CoverReport) -> date | None:
    """Return the last day of unbroken cover, None when the first day is uncovered already."""
    last = None
    for day in report.days:
        if not day.covered:
            break
        last = day.on
    return last


def supplied_until(state: Release, rules: Rules) -> date | None:
    """Return the last day that what is arranged covers without a gap, the appointment left aside.

    A check of cover ends at the prescriber; what a person is told ends where their medicine does.
    None without a prescription, and when the first day is uncovered already.
    """
    if state.prescription is None:
        return None
    return covered_until(_cover_until(state, state.leaves_on + LONGEST_SUPPLY, rules))


def is_covered(state: Release, rules: Rules) -> bool:
    """Return whether medicine continues without an uncovered day."""
    report = cover_report(state, rules)
    return report is not None and report.is_continuous


def is_last_dose_confirmed(state: Release) -> bool:
    """Return whether the prescriber knows the last dose, and a pharmacy that supplies (R56)."""
    if state.prescription is None or state.last_dose is None:
        return False
    collected = any(isinstance(each, PrescriptionForm) for each in state.prescription.supplies)
    return state.last_dose.with_prescriber and (state.last_dose.with_pharmacy or not collected)


def is_inside_cover(state: Release, on: date, rules: Rules) -> bool:
    """Return whether supplies reach an appointment; with none to arrange yet, it need not be."""
    without = (StepStatus.NOT_NEEDED, StepStatus.DECLINED)
    if state.prescription is None or state.steps[Step.PRESCRIPTION].status in without:
        return True
    return not _cover_until(state, on, rules).uncovered_on


def _cover_until(state: Release, until_on: date | None, rules: Rules) -> CoverReport:
    prescription = state.prescription
    assert prescription is not None  # noqa: S101 - both callers have looked
    return check_cover(
        prescription.supplies,
        nation=state.nation,
        from_on=state.leaves_on,
        until_on=until_on,
        pharmacy=prescription.pharmacy,
        calendar=rules.calendar,
        limits=rules.policy.cover.limits,
    )
