"""What to look at before a prescription or an appointment is saved: the cover in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from api.pages.casework.form import Case, Made, Warned
from api.pages.dates import day
from domain.continuity import cover_report, covered_until, is_inside_cover
from domain.cover import CoverReport
from domain.facts import Prescription
from domain.london_time import london_date


def report_of(command: Made, case: Case) -> CoverReport | None:
    """Return the cover as it would be once the command is recorded."""
    parts: dict[str, Any] = {
        name: command[name] for name in ("supplies", "pharmacy", "prescriber_on")
    }
    prescription = Prescription.model_validate(parts)
    return cover_report(case.state.model_copy(update={"prescription": prescription}), case.rules)


def warn_of_supplies(command: Made, case: Case) -> Warned:
    """Return the cover day by day and every problem in words, to be looked at before saving."""
    report = report_of(command, case)
    if report is None:
        return Warned()
    sentences = tuple(dict.fromkeys(each.sentence for each in report.problems))
    blocks = any(each.is_blocking for each in report.problems)
    return Warned(sentences, report.days, blocks=blocks, always=True)


def warn_of_appointment(command: Made, case: Case) -> Warned:
    """Return what is wrong with the day of an appointment: outside the window or the cover."""
    at: datetime = command["at"]
    return Warned(tuple(_about(london_date(at), case)))


def _about(on: date, case: Case) -> list[str]:
    state, found = case.state, []
    days = case.rules.policy.engagement.window_to_day
    latest = state.leaves_on + timedelta(days=days)
    if on > latest:
        found.append(
            f"The appointment is more than {days} days after the release. Treatment has "
            f"to start by {day(latest)} to count as continued. Book an earlier one if you can."
        )
    if not is_inside_cover(state, on, case.rules):
        report = cover_report(state, case.rules)
        until = covered_until(report) if report else None
        ends = f"until {day(until)} only" if until else "not even on the day of release"
        found.append(
            f"Medicine is arranged {ends}. Bring the appointment forward, or ask for a "
            "longer supply."
        )
    return found
