"""A figure as it may leave the service: the same for pages, files and the API.

Who shows a rate takes a `Disclosed` and can show nothing else: the counts of a withheld figure are
not in it, and neither are its interval, its comparison or its trend.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from domain.errors import ThroughcareError
from domain.measures.cuts import Cut
from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.periods import Period, PeriodKind
from domain.measures.statistics.proportion import Proportion


class Withheld(StrEnum):
    """Why there is no figure. What is small itself and what protects it are not told apart."""

    NO_RELEASES = "no_releases"
    SMALL_NUMBERS = "small_numbers"

    @property
    def words(self) -> str:
        """What stands in the figure's place."""
        return _WORDS[self]

    @property
    def symbol(self) -> str:
        """What stands in a table's cell and in a file; `*` as NDTMS prints it."""
        return "*" if self is Withheld.SMALL_NUMBERS else "-"


_WORDS: Final = {
    Withheld.NO_RELEASES: "No releases",
    Withheld.SMALL_NUMBERS: "Withheld: small numbers, or needed to protect them",
}


class NotPublishedError(ThroughcareError):
    """A finer table was asked for than is published for anybody.

    Attributes:
        cut: As it was asked for.
        kind: As it was asked for.
    """

    def __init__(self, cut: Cut, kind: PeriodKind, policy: DisclosurePolicy) -> None:
        """Name what is published instead."""
        published = [each for each in PeriodKind if each in policy.grains[cut]]
        super().__init__(
            f"Figures by {cut.replace('_', ' ')} are not published for each {kind}, because small "
            f"numbers could be worked out. Ask for {' or '.join(published)}.",
        )
        self.cut = cut
        self.kind = kind


class Disclosed(NamedTuple):
    """A figure that may be shown, or why it may not; exactly one of the two is there."""

    figure: Proportion | None = None
    withheld: Withheld | None = None


def refuse_unpublished(cut: Cut, period: Period, policy: DisclosurePolicy) -> None:
    """Let pass only periods that are published for a cut.

    Raises:
        NotPublishedError: The kind of period is too fine, or the year ends with another month.
    """
    between = cut is not Cut.NATION and period.last_month.month % policy.year_step_months
    if period.kind not in policy.grains[cut] or (period.kind is PeriodKind.YEAR and between):
        raise NotPublishedError(cut, period.kind, policy)


def disclosed(cell: Cell, policy: DisclosurePolicy, *, shown: bool) -> Disclosed:
    """Return a cell as it may leave the service.

    Args:
        cell: Its first part is the numerator, its second the rest of the denominator.
        policy: With the base of rounding.
        shown: What `shown_groups`, `shown_totals` or `hidden_cells` decided.
    """
    if not shown:
        return Disclosed(withheld=Withheld.SMALL_NUMBERS)
    x, others = cell.parts
    if x + others == 0:
        return Disclosed(withheld=Withheld.NO_RELEASES)
    n = rounded(x + others, policy)
    if n == 0:
        return Disclosed(withheld=Withheld.SMALL_NUMBERS)
    return Disclosed(figure=Proportion.of(min(rounded(x, policy), n), n))


def rounded(count: int, policy: DisclosurePolicy) -> int:
    """Return a count to the nearest multiple of the base, halves up.

    The rate and its interval are then those of the rounded counts: from the exact ones they would
    give the counts away again.
    """
    base = policy.rounding_base
    return (2 * count + base) // (2 * base) * base
