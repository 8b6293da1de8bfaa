"""What may be published, as one object that every way out of the service obeys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from domain.measures.cuts import Cut
from domain.measures.periods import PeriodKind
from domain.policy.citing import Document

ALL_KINDS: Final = frozenset(PeriodKind)
YEARS_ONLY: Final = frozenset({PeriodKind.YEAR})

DEFAULT_GRAINS: Final[Mapping[Cut, frozenset[PeriodKind]]] = {
    Cut.NATION: ALL_KINDS,
    **{cut: YEARS_ONLY for cut in Cut if cut is not Cut.NATION},
}
"""Months and quarters of England or of Wales; for everything smaller, years of twelve months.

About 14 releases a month go to one authority, so its months would nearly always be hidden, and
what is hidden in a month could be worked out from quarters and years (rules, Suppression).
"""


class DisclosurePolicy(Document):
    """How small numbers are protected.

    Attributes:
        primary_max: A count from 1 to this is too small to show.
        suppress_zero: Whether a count of none is hidden as well.
        secondary: Whether more is hidden so that nothing hidden can be worked out.
        rounding_base: Counts are shown to the nearest multiple of this; 1 shows them as they are.
        grains: Which kinds of period are published for each cut. A finer one is refused.
        year_step_months: Years of twelve months are published only when they end with a month
            that is a multiple of this, except for a whole nation.
        breakdowns: The cuts that are published within one local authority.
    """

    primary_max: Annotated[int, Field(ge=0, le=20)] = 4
    suppress_zero: bool = False
    secondary: bool = True
    rounding_base: Annotated[int, Field(ge=1, le=10)] = 1
    grains: Mapping[Cut, frozenset[PeriodKind]] = DEFAULT_GRAINS
    year_step_months: Annotated[int, Field(ge=1, le=12)] = 3
    breakdowns: frozenset[Cut] = frozenset(
        {Cut.SUBSTANCE_GROUP, Cut.SEX, Cut.AGE_BAND, Cut.ETHNICITY}
    )

    def is_small(self, count: int) -> bool:
        """Return whether a count may not be shown by itself."""
        return 0 < count <= self.primary_max or (count == 0 and self.suppress_zero)
