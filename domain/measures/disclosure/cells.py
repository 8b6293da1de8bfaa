"""One cell of a published table, as every small count that it would give away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from domain.measures.counts import Counts
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.policy import DisclosurePolicy

COMPARED_WITH: Final[Mapping[MeasureId, tuple[MeasureId, ...]]] = {
    MeasureId.CONTINUITY_REFERRED: (MeasureId.CONTINUITY_NEED,),
    MeasureId.CONTINUITY_NEED_STAYED: (MeasureId.CONTINUITY_NEED,),
    MeasureId.CONTINUITY_REFERRED_STAYED: (
        MeasureId.CONTINUITY_REFERRED,
        MeasureId.CONTINUITY_NEED_STAYED,
    ),
    MeasureId.RETENTION_ALL: (MeasureId.CONTINUITY_NEED,),
    MeasureId.RETENTION_STARTED: (MeasureId.CONTINUITY_NEED,),
    MeasureId.WALES_WAIT_WITH_DNA: (MeasureId.WALES_WAIT,),
}
"""Measures that stand beside one another, so that subtracting them gives a number of people.

The need-based rate less the one without deaths and returns is how many died or went back.
"""


class Cell(NamedTuple):
    """What a figure tells, split into counts of people.

    Attributes:
        parts: Those in the numerator and those who are not; a rate with its denominator tells
            both, so both must be large enough (rules, Suppression: complements).
        gaps: What subtracting the figure from the measures beside it tells; none is harmless.
    """

    parts: tuple[int, ...]
    gaps: tuple[int, ...] = ()

    @property
    def values(self) -> tuple[int, ...]:
        """Every count that the cell tells."""
        return self.parts + self.gaps

    @property
    def size(self) -> int:
        """How many people the figure is about."""
        return sum(self.parts)

    def is_unsafe(self, policy: DisclosurePolicy) -> bool:
        """Return whether the cell may not be shown, whatever stands around it."""
        most, least = policy.primary_max, 0 if policy.suppress_zero else 1
        return any(least <= each <= most for each in self.parts) or any(
            0 < each <= most for each in self.gaps
        )


def cell_of(measure: MeasureId, counts: Counts) -> Cell:
    """Return the cell of a proportion.

    Raises:
        KeyError: The measure is no proportion.
    """
    x, others = _parts(measure, counts)
    gaps: list[int] = []
    for beside in COMPARED_WITH.get(measure, ()):
        beside_x, beside_others = _parts(beside, counts)
        gaps += [abs(beside_x - x), abs(beside_others - others)]
    return Cell((x, others), tuple(gaps))


def summed(cells: Iterable[Cell]) -> Cell:
    """Return the cell of several periods or groups together; there must be at least one."""
    found = list(cells)
    parts = tuple(sum(each) for each in zip(*(one.parts for one in found), strict=True))
    gaps = tuple(sum(each) for each in zip(*(one.gaps for one in found), strict=True))
    return Cell(parts, gaps)


def _parts(measure: MeasureId, counts: Counts) -> tuple[int, int]:
    definition = DEFINITIONS[measure]
    if definition.numerator is None or definition.denominator is None:
        raise KeyError(measure)
    x, n = counts[definition.numerator], counts[definition.denominator]
    return x, n - x
