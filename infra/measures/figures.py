"""By which figures and lists releases are counted: the same for every release of a service."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Final

from domain.calendars import WorkingCalendar
from domain.codes import Nation
from domain.measures.counting import counts
from domain.measures.counts import EnglandCounts, WalesCounts
from domain.measures.policy import DEFAULT_MEASURES, MeasuresPolicy
from domain.measures.release import MeasuredRelease
from domain.rules import THE_FUTURE, THE_PAST
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData

_REMEMBERED: Final = 50_000


@dataclass(frozen=True)
class Figures:
    """The policy of the measures and the public lists that counting needs."""

    policy: MeasuresPolicy
    reference: ReferenceData
    _remembered: dict[tuple[object, ...], EnglandCounts | WalesCounts] = field(
        default_factory=dict, repr=False, compare=False
    )

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
        if release.nation is Nation.WALES:
            return counts(release, self.policy, self.calendar)
        return self._counts_alike(release)

    def _counts_alike(self, release: MeasuredRelease) -> EnglandCounts | WalesCounts:
        """Return what a release in England counts as, remembered for all that are like it.

        No English measure knows bank holidays, so only the days between its dates matter.
        """
        likeness = self._likeness(release)
        known = self._remembered.get(likeness)
        if known is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = counts(release, self.policy, self.calendar)
            self._remembered[likeness] = known
        return known

    def _likeness(self, release: MeasuredRelease) -> tuple[object, ...]:
        """Return everything that decides what a release in England counts as."""
        on = release.released_on
        facts = (
            (value - on).days if isinstance(value, date) else value
            for name, value in release.__dict__.items()
            if name not in _PLACES
        )
        return (release.age is not None and release.age < self.policy.adult_age, *facts)

    def region_of_unit(self, code: str) -> str | None:
        """Return the probation region of a unit, None when the unit is not on the list."""
        unit = self.reference.probation_units.get(code)
        return unit.probation_region if unit else None


_PLACES: Final = frozenset(
    {
        *("release_id", "destination", "prison", "probation_region"),
        *("group", "sex", "age", "ethnicity", "released_on"),
    }
)
"""What decides where a release is counted, not as what; of the age, whether it is an adult's."""


@cache
def shipped_figures() -> Figures:
    """Return the figures and lists that the product ships, read once."""
    return Figures(DEFAULT_MEASURES, load_reference_data())
