"""What the dates of one past release must say about one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from domain.codes import TreatmentNeed
from domain.identifiers import FieldError
from infra.imports.checks import ADULT, OLDEST

_AFTER_EXIT: Final = {
    "treatment_started_on": ("treatment_start", "Treatment started"),
    "died_on": ("death_date", "The death is"),
    "returned_on": ("return_to_custody_date", "The return to custody is"),
}


def date_faults(values: Mapping[str, object], today: date) -> Iterator[FieldError]:
    """Yield what is wrong with the dates; one that could not be read is left out.

    Args:
        values: Attributes of a `PastRelease`, perhaps not all of them.
        today: The London date by which the future is judged.
    """
    dates = {name: value for name, value in values.items() if isinstance(value, date)}
    yield from _faults_of_custody(dates, today)
    yield from _faults_after_exit(dates, today)
    yield from _faults_of_age(dates)
    if values.get("retention_outcome") and not dates.get("treatment_started_on"):
        reason = "There is an outcome without a treatment start. Give the day treatment started"
        yield FieldError("treatment_start", reason)
    need = values.get("treatment_need")
    if dates.get("treatment_started_on") and need is TreatmentNeed.NOT_NEEDED:
        reason = "Treatment started, so there was a need. Give the group"
        yield FieldError("treatment_group", reason)


def _faults_of_custody(dates: Mapping[str, date], today: date) -> Iterator[FieldError]:
    reception_on, left_on = dates.get("reception_on"), dates.get("left_on")
    if left_on and left_on > today:
        yield FieldError("exit_date", "The exit date is in the future. Only past releases count")
    if reception_on and left_on and left_on < reception_on:
        yield FieldError("exit_date", "The exit date is before the reception date")
    referred_on = dates.get("referred_on")
    if reception_on and referred_on and referred_on < reception_on:
        yield FieldError("referral_date", "The referral is before the reception date")
    if referred_on and referred_on > today:
        yield FieldError("referral_date", "The referral date is in the future")


def _faults_after_exit(dates: Mapping[str, date], today: date) -> Iterator[FieldError]:
    """A start before the gate is no community treatment (R3: from day 0)."""
    left_on = dates.get("left_on")
    for name, (column, what) in _AFTER_EXIT.items():
        on = dates.get(name)
        if on and left_on and on < left_on:
            yield FieldError(column, f"{what} before the exit date")
        if on and on > today:
            yield FieldError(column, f"{what} in the future")


def _faults_of_age(dates: Mapping[str, date]) -> Iterator[FieldError]:
    born_on, left_on = dates.get("born_on"), dates.get("left_on")
    if born_on is None or left_on is None:
        return
    age = (
        left_on.year - born_on.year - ((left_on.month, left_on.day) < (born_on.month, born_on.day))
    )
    if age < ADULT:
        yield FieldError("date_of_birth", f"The person was under {ADULT} on release (R11)")
    if age > OLDEST:
        yield FieldError("date_of_birth", f"The person was over {OLDEST} on release")
