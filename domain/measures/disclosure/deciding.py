"""What is shown of every proportion, decided once for pages, files and the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from domain.measures.counts import Counts
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.cells import COMPARED_WITH, cell_of
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import ONE_TOTAL, Decision, Shown, shown_groups
from domain.measures.disclosure.totals import shown_totals
from domain.measures.periods import Period

Decided = Mapping[MeasureId, Shown]
"""What is shown, by measure."""

IN_ORDER: Final = tuple(
    sorted(MeasureId, key=lambda each: (len(COMPARED_WITH.get(each, ())), each))
)
"""Every measure after those that it stands beside."""


def decide_totals(
    months: Mapping[Period, Counts], measures: Iterable[MeasureId], policy: DisclosurePolicy
) -> Decided:
    """Return what is shown of a nation.

    Args:
        months: Counts of consecutive months from the first of a quarter, as far back as figures
            are published.
        measures: Proportions. Those that they stand beside are decided as well.
        policy: What is small.
    """
    decided: dict[MeasureId, Shown] = {}
    for measure in _with_those_beside(measures):
        beside = [decided[each] for each in COMPARED_WITH.get(measure, ())]
        cells = {month: cell_of(measure, counts) for month, counts in months.items()}
        decided[measure] = shown_totals(cells, policy, beside)
    return decided


def decide_groups(
    quarters: Mapping[Period, Mapping[str, Counts]],
    measures: Iterable[MeasureId],
    policy: DisclosurePolicy,
    block_of: Callable[[str], str] = lambda _: ONE_TOTAL,
    within: Mapping[MeasureId, Sequence[Decision]] | None = None,
) -> Decided:
    """Return what is shown of the groups of one cut.

    Args:
        quarters: Counts of consecutive quarters, as far back as figures are published. A year
            before the first figure that is asked for is needed to decide.
        measures: Proportions. Those that they stand beside are decided as well.
        policy: What is small.
        block_of: For authorities their region, so that a region's figure gives none away.
        within: What is shown of each measure of the totals that the groups add up to.
    """
    decided: dict[MeasureId, Shown] = {}
    for measure in _with_those_beside(measures):
        beside: list[Decision] = [decided[each] for each in COMPARED_WITH.get(measure, ())]
        beside += (within or {}).get(measure, ())
        cells = {
            quarter: {group: cell_of(measure, counts) for group, counts in groups.items()}
            for quarter, groups in quarters.items()
        }
        decided[measure] = shown_groups(cells, policy, block_of, beside)
    return decided


def _with_those_beside(measures: Iterable[MeasureId]) -> tuple[MeasureId, ...]:
    wanted = set(measures)
    for each in reversed(IN_ORDER):
        if each in wanted:
            wanted |= set(COMPARED_WITH.get(each, ()))
    return tuple(each for each in IN_ORDER if each in wanted)
