"""Invented arrangements for medicine after the gate: collection days only, no medicine, no dose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.calendars import WorkingCalendar
from domain.codes import Nation
from domain.cover import (
    Collection,
    Depot,
    FormType,
    Formulation,
    Pharmacy,
    PrescriptionForm,
    ReleasedDose,
    Schedule,
    Supply,
    TakeHome,
)

ONE_DAY: Final = timedelta(days=1)
A_FORTNIGHT: Final = timedelta(days=14)
_FOUR_WEEKS: Final = timedelta(days=28)
_SUNDAY: Final = 6
_FORMS: Final = {Nation.ENGLAND: FormType.FP10MDA, Nation.WALES: FormType.WP10MDA}


def pharmacy(name: str) -> Pharmacy:
    """Return a pharmacy that is closed on Sundays and bank holidays."""
    return Pharmacy(pharmacy_id=name, closed_weekdays=frozenset({_SUNDAY}))


@dataclass(frozen=True, slots=True)
class Gate:
    """What an arrangement depends on.

    Attributes:
        release_on: The day the person leaves.
        signed_on: The day the prescriber signs.
        nation: Decides which form is used.
        chemist: Where instalments are collected, on its open days only.
        calendar: The bank holidays.
    """

    release_on: date
    signed_on: date
    nation: Nation
    chemist: Pharmacy
    calendar: WorkingCalendar

    def collected(self, *, every_days: int) -> tuple[Supply, ...]:
        """Return a fortnight without an uncovered day: a dose at the gate, then instalments.

        Args:
            every_days: How many days a collection is usually for.
        """
        first_on = self._open(self.release_on + ONE_DAY)
        closed_days = (first_on - self.release_on).days - 1
        visits = [first_on]
        end_on = first_on + A_FORTNIGHT
        while (on := self._open(visits[-1] + timedelta(days=every_days))) < end_on:
            visits.append(on)
        supplies: list[Supply] = [ReleasedDose(on=self.release_on)]
        if closed_days:
            supplies.append(TakeHome(from_on=self.release_on + ONE_DAY, days=closed_days))
        return (*supplies, self._form(visits, end_on))

    def collected_a_day_late(self) -> tuple[Supply, ...]:
        """Return an arrangement with nothing for the first day after the release."""
        first_on = self._open(self.release_on + 2 * ONE_DAY)
        form = self._form([first_on], first_on + A_FORTNIGHT)
        return (ReleasedDose(on=self.release_on), form)

    def injected(self) -> tuple[Supply, ...]:
        """Return a monthly injection, with the next one booked for the day it is due."""
        given_on = self.signed_on
        monthly = Formulation.MONTHLY
        next_on = given_on + _FOUR_WEEKS
        return (Depot(formulation=monthly, given_on=given_on, next_booked_on=next_on),)

    def _form(self, visits: list[date], end_on: date) -> PrescriptionForm:
        until = [*visits[1:], end_on]
        return PrescriptionForm(
            form=_FORMS[self.nation],
            schedule=Schedule.TWO,
            signed_on=self.signed_on,
            appropriate_on=self.release_on,
            collections=tuple(
                Collection(collect_on=on, covers_days=(next_on - on).days)
                for on, next_on in zip(visits, until, strict=True)
            ),
            pharmacy_id=self.chemist.pharmacy_id,
            is_first_collection_confirmed=True,
        )

    def _open(self, on: date) -> date:
        """Return `on`, or the first day after it on which the pharmacy is open."""
        closed = self.chemist.closed_weekdays
        while on.weekday() in closed or self.calendar.is_bank_holiday(on):
            on += ONE_DAY
        return on
