"""What may be published, as one object that every way out of the service obeys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from domain.measures.cuts import Cut
from domain.measures.periods import PeriodKind
from domain.policy.citing import Document

_EVERY_KIND: Final = frozenset(PeriodKind)
_NO_MONTHS: Final = frozenset({PeriodKind.QUARTER, PeriodKind.YEAR})

DEFAULT_GRAINS: Final[Mapping[Cut, frozenset[PeriodKind]]] = {
    Cut.NATION: _EVERY_KIND,
    **{cut: _NO_MONTHS for cut in Cut if cut is not Cut.NATION},
}
"""Months of England or of Wales; for everything smaller, quarters and years.

About 14 releases a month go to one authority, so its months would nearly always be hidden, and
what is hidden in a month could be worked out from quarters and years (rules, Suppression).
"""


class DisclosurePolicy(Document):
    """How small numbers are protected.

    Attributes:
        primary_max: A count from 1 to this is too small to show.
        suppress_zero: Whether a count of none is hidden as well. It is not promised that it cannot
            be worked out, as it is of small counts.
        secondary: Whether more is hidden so that nothing hidden can be worked out.
        rounding_base: Counts are shown to the nearest multiple of this; 1 shows them as they are.
        grains: Which kinds of period are published for each cut. A finer one is refused.
        year_ends_in: The month that ends the one year in twelve that a group too small for
            quarters is published for; 3 is March, the year of the published series.
        year_step_months: Years of groups end only with a month that is a multiple of this.
        breakdowns: The cuts that are published within one local authority, for that year only.
    """

    primary_max: Annotated[int, Field(ge=0, le=20)] = 4
    suppress_zero: bool = False
    secondary: bool = True
    rounding_base: Annotated[int, Field(ge=1, le=10)] = 1
    grains: Mapping[Cut, frozenset[PeriodKind]] = DEFAULT_GRAINS
    year_ends_in: Annotated[int, Field(ge=3, le=12, multiple_of=3)] = 3
    year_step_months: Annotated[int, Field(ge=3, le=12, multiple_of=3)] = 3
    breakdowns: frozenset[Cut] = frozenset(
        {Cut.SUBSTANCE_GROUP, Cut.SEX, Cut.AGE_BAND, Cut.ETHNICITY}
    )

    def is_small(self, count: int) -> bool:
        """Return whether a count may not be shown by itself."""
        return 0 < count <= self.primary_max or (count == 0 and self.suppress_zero)
