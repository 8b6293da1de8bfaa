"""What stands beside a rate, as it may be shown: medians, bands, counts of what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.measures.counts import Counts
from domain.measures.disclosure.breakdown import Place, hidden_cells
from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.publishing import Withheld
from domain.measures.disclosure.secondary import with_partners
from domain.measures.disclosure.shown import Decision, Shown, shown_groups
from domain.measures.periods import Period
from domain.measures.statistics.medians import median_days
from domain.measures.waits import VALID, WaitBand


class DisclosedMedian(NamedTuple):
    """A median that may be shown, or why it may not.

    How many it is of is not in it: less those who started in the window, it counts the late ones.
    """

    words: str | None = None
    days: float | None = None
    withheld: Withheld | None = None


def disclosed_median(
    counts: Counts, last_day: int, policy: DisclosurePolicy, *, shown: bool
) -> DisclosedMedian:
    """Return the median days from release to the start.

    Args:
        counts: Of one group and period.
        last_day: The last day that is counted by itself (`MeasuresPolicy.days_to_start_at_most`).
        policy: What is small.
        shown: Whether the need-based rate of the same group and period is shown.
    """
    found = median_days(counts.family("days"), last_day)
    if not shown or (found is not None and found.of <= policy.primary_max):
        return DisclosedMedian(withheld=Withheld.SMALL_NUMBERS)
    if found is None:
        return DisclosedMedian(withheld=Withheld.NO_RELEASES)
    return DisclosedMedian(found.words, found.days)


def decide_bands(
    quarters: Mapping[Period, Counts], policy: DisclosurePolicy, rates: Sequence[Decision] = ()
) -> Shown:
    """Return which rows of the Welsh waiting-time table are shown, by band in a group's place.

    Those within the standard, and the longer waits together, are told by the rate itself; so the
    longer waits are protected among themselves, and so are those that have no wait.

    Args:
        quarters: Counts of consecutive quarters; see `decide_groups`.
        policy: What is small.
        rates: What is shown of the rates beside it, by band: where they withhold, so do the bands.
    """
    cells = {
        quarter: {str(band): Cell((counts[f"wait.{band}"],)) for band in WaitBand}
        for quarter, counts in quarters.items()
    }
    return shown_groups(cells, policy, _part_of_the_table, rates)


def hidden_bands(
    areas: Mapping[str, Counts],
    areas_shown: frozenset[str],
    policy: DisclosurePolicy,
    beside: frozenset[Place],
) -> frozenset[Place]:
    """Return the rows of the Welsh table to hide of each local authority, for the policy's year.

    Args:
        areas: Counts of every authority for that year.
        areas_shown: Those whose rate of that year is shown; of the others nothing is.
        policy: What is small.
        beside: Authorities with bands that are withheld because of a figure beside them.
    """
    hidden = beside | {(area, WaitBand.WITHIN_STANDARD) for area in set(areas) - areas_shown}
    for part in ("longer", "without"):
        bands = [str(each) for each in WaitBand if _part_of_the_table(each) == part]
        rows = {
            area: {band: Cell((counts[f"wait.{band}"],)) for band in bands}
            for area, counts in sorted(areas.items())
        }
        given = frozenset(place for place in hidden if place[1] in bands)
        hidden |= hidden_cells(rows, areas_shown, policy, beside=given) if rows else given
    return hidden


def told_counts(counts: Mapping[str, int], policy: DisclosurePolicy) -> Mapping[str, int | None]:
    """Return counts that may add up to a published number, with the small ones withheld as None."""
    cells = {name: Cell((count,)) for name, count in counts.items()}
    hidden = {name for name, cell in cells.items() if cell.is_unsafe(policy)}
    if policy.secondary:
        hidden = set(with_partners(cells, hidden, policy))
    return {name: None if name in hidden else count for name, count in counts.items()}


def _part_of_the_table(band: str) -> str:
    if band == WaitBand.WITHIN_STANDARD:
        return "within"
    return "longer" if band in VALID else "without"
