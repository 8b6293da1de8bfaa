"""What a plot is: whom it fits, how near the release is, and what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from domain.codes import ReleaseType, TreatmentNeed
from domain.facts import TreatmentPicture
from infra.demo.diary import Diary, Tell

DECIDED_IN_COURT: Final = frozenset({ReleaseType.COURT, ReleaseType.REMAND_END})
"""Nobody knows of these releases before the day, so no work can have begun."""

Fits = Callable[[TreatmentPicture], bool]


def anybody(_found: TreatmentPicture) -> bool:
    """Return true: the plot fits everybody."""
    return True


def in_need(found: TreatmentPicture) -> bool:
    """Return whether the screening finds a treatment need."""
    return found.need is TreatmentNeed.NEEDED


def on_medicine(found: TreatmentPicture) -> bool:
    """Return whether the person is on opioid substitution treatment."""
    return found.opiate_treatment


def off_medicine(found: TreatmentPicture) -> bool:
    """Return whether there is a need, and no medicine that has to go on."""
    return in_need(found) and not found.opiate_treatment


def without_need(found: TreatmentPicture) -> bool:
    """Return whether the screening finds no treatment need."""
    return not in_need(found)


def nothing(_diary: Diary) -> None:
    """Write nothing."""


class Prospect(NamedTuple):
    """What casting knows of a person.

    Attributes:
        days_left: To the release; negative after it.
        held_days: Since the reception.
    """

    found: TreatmentPicture
    release_type: ReleaseType
    days_left: int
    held_days: int


@dataclass(frozen=True, slots=True)
class Plot:
    """One way a journey goes.

    Attributes:
        name: For tests, and for whoever reads the tables.
        tell: Writes it into a diary.
        least: The fewest days to the release, negative after it.
        most: The most days to the release.
        fits: What the screening must find.
        lead_days: How long before the release the work on it began; zero: it begins now, or on
            the day of a release that has happened.
        held_days: How long the person must have been in custody, so that overdue work has lapsed.
        in_court: Only for releases that a court decides on the day; other plots never are.
        weight: How often it is told beside the others that fit.
    """

    name: str
    tell: Tell
    least: int
    most: int
    fits: Fits = in_need
    lead_days: int = 84
    held_days: int = 0
    in_court: bool = False
    weight: float = 1

    def takes(self, who: Prospect) -> bool:
        """Return whether the journey of `who` can go this way."""
        return (
            self.least <= who.days_left <= self.most
            and self.held_days <= who.held_days
            and self.in_court == (who.release_type in DECIDED_IN_COURT)
            and self.fits(who.found)
        )
