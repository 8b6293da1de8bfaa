"""What has to be read so that it can be decided which figures are shown, and the decision.

What is shown of a year depends on that year and the one before it, never on later ones
(`domain.measures.disclosure.years`), so that much is read besides what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from domain.measures.counts import Count, Counts
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.cells import COMPARED_WITH, Cell
from domain.measures.disclosure.deciding import Decided, decide_groups, decide_totals
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Shown, shown_groups
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


def decided(
    measures: Iterable[MeasureId],
    found: Found,
    cut: Cut,
    policy: DisclosurePolicy,
    block_of: BlockOf,
) -> Decided:
    """Return what is shown of proportions, and of those they stand beside."""
    if cut is Cut.NATION:
        return decide_totals(_totals(found), measures, policy)
    return decide_groups(found, measures, policy, block_of)


def decided_by(
    cell: Callable[[Counts], Cell],
    found: Found,
    cut: Cut,
    policy: DisclosurePolicy,
    block_of: BlockOf,
    *,
    beside: Sequence[Shown] = (),
) -> Shown:
    """Return what is shown of a table that is no proportion, its cells made by `cell`.

    What the tables `beside` it withhold is withheld here.
    """
    if cut is Cut.NATION:
        totals = {period: cell(each) for period, each in _totals(found).items()}
        return shown_totals(totals, policy, beside)
    cells = {
        period: {group: cell(each) for group, each in groups.items()}
        for period, groups in found.items()
    }
    return shown_groups(cells, policy, block_of, beside)


def _totals(found: Found) -> Mapping[Period, Counts]:
    """Every month of a nation, also one without releases."""
    some = next((each for groups in found.values() for each in groups.values()), None)
    if some is None:
        return {}
    return {period: groups.get(WHOLE, type(some)()) for period, groups in found.items()}
