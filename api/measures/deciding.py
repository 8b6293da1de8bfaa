"""What has to be read so that it can be decided which figures are shown, and the decision.

What is shown of a year depends on that year and the one before it, never on later ones
(`domain.measures.disclosure.years`), so that much is read besides what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from domain.measures.counts import Count, Counts
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.cells import COMPARED_WITH, Cell
from domain.measures.disclosure.deciding import Decided, decide_groups, decide_totals
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Decision, Shown, Within, shown_groups
from domain.measures.disclosure.totals import shown_totals
from domain.measures.disclosure.years import year_end
from domain.measures.periods import Period, PeriodKind, period_of, shift

Found = Mapping[Period, Mapping[str, Counts]]
BlockOf = Callable[[str], str]

_ALWAYS: Final = frozenset({Count.RELEASES, Count.COUNTED})


def parts_needed(
    cut: Cut, periods: Sequence[Period], policy: DisclosurePolicy
) -> tuple[Period, ...]:
    """Return the months of a nation, or the quarters of groups, that deciding needs."""
    first = min(each.first_on for each in periods)
    last = max(each.last_month for each in periods)
    begins = year_end(period_of(PeriodKind.QUARTER, first), policy).before().first_on
    kind = PeriodKind.MONTH if cut is Cut.NATION else PeriodKind.QUARTER
    found: list[Period] = []
    month = shift(begins, kind.months - 1)
    while month <= last:
        found.append(Period(kind, month))
        month = shift(month, kind.months)
    return tuple(found)


def names_needed(measures: Iterable[MeasureId]) -> frozenset[Count]:
    """Return the counts of fixed name that deciding and showing these measures needs."""
    wanted = set(measures)
    for _ in MeasureId:  # what stands beside what stands beside it, as far as it goes
        wanted |= {beside for each in wanted for beside in COMPARED_WITH.get(each, ())}
    definitions = [DEFINITIONS[each] for each in wanted]
    names = {each.numerator for each in definitions} | {each.denominator for each in definitions}
    return _ALWAYS | {each for each in names if each is not None}


class Table(NamedTuple):
    """The counts that an answer is read from, with what they add up to.

    Attributes:
        cut: What the groups of `found` are.
        found: Months of a nation, or quarters of its groups.
        nation: The months of the nation.
        block_of: Which smaller published total a group is part of.
    """

    cut: Cut
    found: Found
    nation: Found
    block_of: BlockOf

    @property
    def blocks(self) -> Found:
        """The same counts, summed by smaller published total."""
        summed: dict[Period, dict[str, Counts]] = {}
        for period, groups in self.found.items():
            into = summed.setdefault(period, {})
            for group, counts in groups.items():
                block = self.block_of(group)
                into[block] = into[block] + counts if block in into else counts
        return summed


def decided(measures: Iterable[MeasureId], table: Table, policy: DisclosurePolicy) -> Decided:
    """Return what is shown of proportions, and of those they stand beside."""
    wanted = tuple(measures)
    totals = decide_totals(_totals(table.nation), wanted, policy)
    if table.cut is Cut.NATION:
        return totals
    within = {each: [Within(shown, _whole)] for each, shown in totals.items()}
    if table.cut is Cut.DESTINATION:
        blocks = decide_groups(table.blocks, wanted, policy, within=within)
        for each, shown in blocks.items():
            within[each].append(Within(shown, table.block_of))
    return decide_groups(table.found, wanted, policy, table.block_of, within)


def decided_by(
    cell: Callable[[Counts], Cell],
    table: Table,
    policy: DisclosurePolicy,
    *,
    beside: Sequence[Shown] = (),
) -> Shown:
    """Return what is shown of a table that is no proportion, its cells made by `cell`.

    What the tables `beside` it withhold is withheld here, and so is what its totals withhold.
    """
    months = {period: cell(each) for period, each in _totals(table.nation).items()}
    if table.cut is Cut.NATION:
        return shown_totals(months, policy, beside)
    within: list[Decision] = [*beside, Within(shown_totals(months, policy), _whole)]
    if table.cut is Cut.DESTINATION:
        blocks = shown_groups(_cells(cell, table.blocks), policy, beside=within[len(beside) :])
        within.append(Within(blocks, table.block_of))
    return shown_groups(_cells(cell, table.found), policy, table.block_of, within)


def _cells(cell: Callable[[Counts], Cell], found: Found) -> dict[Period, dict[str, Cell]]:
    return {
        period: {group: cell(each) for group, each in groups.items()}
        for period, groups in found.items()
    }


def _whole(_group: str) -> str:
    return WHOLE


def _totals(found: Found) -> Mapping[Period, Counts]:
    """Every month of a nation, also one without releases."""
    some = next((each for groups in found.values() for each in groups.values()), None)
    if some is None:
        return {}
    return {period: groups.get(WHOLE, type(some)()) for period, groups in found.items()}
