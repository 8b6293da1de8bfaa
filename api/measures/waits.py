"""The Welsh table of waits as it may be shown, band by band, of Wales or of each authority."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from api.measures.answers import WaitRow
from api.measures.asking import Asking, summed
from api.measures.deciding import Found, Table, decided
from domain.measures.counts import Counts, WalesCounts
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.breakdown import Place
from domain.measures.disclosure.classes import decide_bands, hidden_bands
from domain.measures.disclosure.deciding import Decided
from domain.measures.disclosure.shown import Shown
from domain.measures.disclosure.years import year_end
from domain.measures.maturity import maturity
from domain.measures.periods import Period, PeriodKind, period_of
from domain.measures.waits import WaitBand

FAMILIES: Final = ("wait",)
_DEFINITION: Final = DEFINITIONS[MeasureId.WALES_WAIT]
_RATE_OF: Final = {WaitBand.DID_NOT_ATTEND: MeasureId.WALES_WAIT_WITH_DNA}
"""The rate that tells a band, where it is not the one of annual tables."""


def wait_rows(asking: Asking, table: Table, rates: Decided) -> Iterator[WaitRow]:
    """Yield the table of each period and group of the answer.

    Args:
        asking: What is asked.
        table: Which the answer is part of. A band hidden of Wales is hidden of every authority.
        rates: What is shown of the rates of the table; where they withhold, so do the bands.
    """
    whole = _shown_of_wales(asking, table.nation)
    for period in asking.asked.periods:
        groups = summed(table.found, period)
        hidden = _hidden(asking, groups, period, rates, whole)
        for group, counts in groups.items():
            if asking.shows(group):
                bands = {
                    band: None if (group, band) in hidden else counts[f"wait.{band}"]
                    for band in WaitBand
                }
                ripe = maturity(period, _DEFINITION, asking.policy, asking.today)
                yield WaitRow(*asking.called(group), period, ripe, bands)


def _hidden(
    asking: Asking, groups: Mapping[str, Counts], period: Period, rates: Decided, whole: Shown
) -> Collection[Place]:
    of_wales = frozenset(str(band) for band in WaitBand if not whole.allows(band, period))
    if asking.basis.cut is Cut.NATION:
        return {(WHOLE, band) for band in of_wales}
    need, with_dna = rates[MeasureId.WALES_WAIT], rates[MeasureId.WALES_WAIT_WITH_DNA]
    shown = frozenset(each for each in groups if need.allows(each, period))
    beside = {(area, band) for area in groups for band in of_wales}
    beside |= {
        (area, str(WaitBand.DID_NOT_ATTEND)) for area in groups if not with_dna.allows(area, period)
    }
    return hidden_bands(groups, shown, asking.policy.disclosure, frozenset(beside))


def _shown_of_wales(asking: Asking, months: Found) -> Shown:
    """Return which bands of all of Wales are shown, by quarter and year."""
    policy = asking.policy.disclosure
    rates = decided(
        asking.ids, Table(Cut.NATION, months, months, asking.blocks_of(Cut.NATION)), policy
    )
    quarters = sorted({period_of(PeriodKind.QUARTER, each.last_month) for each in months})
    counts = {each: summed(months, each).get(WHOLE, WalesCounts()) for each in quarters}
    periods = {*quarters, *(year_end(each, policy) for each in quarters)}
    beside = Shown(
        frozenset(
            (str(band), period)
            for band in WaitBand
            for period in periods
            if rates[_RATE_OF.get(band, MeasureId.WALES_WAIT)].allows(WHOLE, period)
        )
    )
    return decide_bands(counts, policy, [beside])
