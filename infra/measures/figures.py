"""By which figures and lists releases are counted: the same for every release of a service."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from domain.calendars import WorkingCalendar
from domain.measures.counting import counts
from domain.measures.counts import EnglandCounts, WalesCounts
from domain.measures.policy import DEFAULT_MEASURES, MeasuresPolicy
from domain.measures.release import MeasuredRelease
from domain.rules import THE_FUTURE, THE_PAST
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData


@dataclass(frozen=True)
class Figures:
    """The policy of the measures and the public lists that counting needs."""

    policy: MeasuresPolicy
    reference: ReferenceData

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The bank holidays, for the Welsh wait; beyond the list only weekends are left out.

        A wait outside the years of the list is thus a day or two off at most, and a release is
        never kept from being recorded by it.
        """
        return self.reference.bank_holidays.model_copy(
            update={"covers_from": THE_PAST, "covers_until": THE_FUTURE}
        )

    def counts(self, release: MeasuredRelease) -> EnglandCounts | WalesCounts:
        """Return what one release counts as."""
        return counts(release, self.policy, self.calendar)

    def region_of_unit(self, code: str) -> str | None:
        """Return the probation region of a unit, None when the unit is not on the list."""
        unit = self.reference.probation_units.get(code)
        return unit.probation_region if unit else None


@cache
def shipped_figures() -> Figures:
    """Return the figures and lists that the product ships, read once."""
    return Figures(DEFAULT_MEASURES, load_reference_data())
