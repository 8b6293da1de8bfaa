"""The funnel as it may be shown: all its stages together, or none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.measures.answers import FunnelRow
from api.measures.asking import Asking, summed
from api.measures.deciding import Table, decided_by
from domain.measures.counts import Counts
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.deciding import Decided
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.funnel import Stage, reached
from domain.measures.maturity import maturity

FAMILIES: Final = ("furthest", "lapse")


def funnel_rows(asking: Asking, table: Table, rates: Decided) -> Iterator[FunnelRow]:
    """Yield the funnel of each period and group of the answer.

    It is withheld wherever one of the `rates` that it would tell is.
    """
    policy = asking.policy.disclosure
    beside = [rates[each] for each in asking.told_by_the_funnel]
    shown = decided_by(_cell, table, policy, beside=beside)
    for period in asking.asked.periods:
        ripe = maturity(period, DEFINITIONS[MeasureId.FUNNEL], asking.policy, asking.today)
        for group, counts in summed(table.found, period).items():
            if not asking.shows(group):
                continue
            called = asking.called(group)
            if not shown.allows(group, period):
                yield FunnelRow(*called, period, ripe, None, None)
                continue
            stages = reached(counts.family("furthest"))
            yield FunnelRow(*called, period, ripe, stages, _lapses(counts, policy))


def _cell(counts: Counts) -> Cell:
    """How many got exactly so far: what subtracting one stage from the next tells."""
    exactly = counts.family("furthest")
    return Cell(tuple(exactly.get(stage, 0) for stage in Stage))


def _lapses(counts: Counts, policy: DisclosurePolicy) -> Mapping[Stage, Mapping[str, int]]:
    """Lapses do not add up to anything that is shown, so only small numbers are left out."""
    found: dict[Stage, dict[str, int]] = {}
    for name, number in counts.family("lapse").items():
        stage, _, step = name.partition(".")
        if not policy.is_small(number):
            found.setdefault(Stage(stage), {})[step] = number
    return found
