"""Answer a question: read counts, decide what may be shown, and show nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Final

from api.measure_records import CountsWanted
from api.measures import acknowledgements, funnels, waits
from api.measures.acknowledgements import acknowledgement_rows
from api.measures.answers import AcknowledgementRow, Answer, FunnelRow, MedianRow, Row
from api.measures.asking import Asking, summed
from api.measures.breakdowns import breakdown_rows
from api.measures.deciding import Found, Table, decided, names_needed, parts_needed
from api.measures.funnels import funnel_rows
from api.measures.leaving_out import excluded
from api.measures.questions import Question, Topic, basis_of
from api.measures.waits import wait_rows
from api.ports import Measures
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.classes import disclosed_median
from domain.measures.disclosure.deciding import Decided
from domain.measures.periods import Period
from domain.measures.policy import MeasuresPolicy

_FAMILIES: Final = {
    Topic.FUNNEL: funnels.FAMILIES,
    Topic.WAITS: waits.FAMILIES,
    Topic.ACKNOWLEDGEMENT: acknowledgements.FAMILIES,
}
_WIDE: Final = (Cut.DESTINATION, Cut.PRISON)


async def answer(
    asked: Question, measures: Measures, policy: MeasuresPolicy, today: date
) -> Answer:
    """Return the answer to a question; the one worked out before while nothing has changed.

    Raises:
        TooFineError: Nothing this fine is published.
        NotPublishedError: It is, but not for these periods.
        NoSuchMeasureError: The nation has no such measure.
        RecordUnavailableError: The database does not answer.
    """
    basis = basis_of(asked, policy.disclosure)
    asking = Asking(asked, basis, measures, policy, asked.known_on or today)
    # Read first: what changes while the answer is worked out makes it out of date at once.
    stamp = await measures.stamp()
    held = measures.remembered.get((asked, today), stamp)
    if isinstance(held, Answer) and held.policy is policy:
        return held
    found = await _worked_out(asking)
    measures.remembered.put((asked, today), stamp, found)
    return found


async def _worked_out(asking: Asking) -> Answer:
    asked, basis, policy = asking.asked, asking.basis, asking.policy
    table = await _table(asking, basis.cut)
    measures_told = (*asking.ids, *asking.told_by_the_funnel)
    shown = decided(measures_told, table, policy.disclosure)
    if basis.within is not None:
        rows = await _broken_down(asking, basis.within, shown)
    else:
        rows = list(_rows(asking, table.found, shown))
    return Answer(
        asked=asked,
        policy=policy,
        rows=tuple(rows),
        funnel=_funnel(asking, table, shown),
        medians=tuple([each async for each in _medians(asking, shown)]),
        excluded=await excluded(asking),
        waits=tuple(wait_rows(asking, table, shown)) if asked.topic is Topic.WAITS else (),
        acknowledged=_acknowledged(asking, table),
    )


def _funnel(asking: Asking, table: Table, shown: Decided) -> tuple[FunnelRow, ...]:
    if asking.asked.topic is not Topic.FUNNEL or asking.basis.within is not None:
        return ()
    return tuple(funnel_rows(asking, table, shown))


def _acknowledged(asking: Asking, table: Table) -> tuple[AcknowledgementRow, ...]:
    if asking.asked.topic is not Topic.ACKNOWLEDGEMENT:
        return ()
    return tuple(acknowledgement_rows(asking, table))


async def _broken_down(asking: Asking, within: Cut, shown: Decided) -> list[Row]:
    """Return the rows of authorities by the groups of another cut, whose totals are shown too."""
    classes = decided(shown, await _table(asking, within), asking.policy.disclosure)
    return await breakdown_rows(asking, within, shown, classes)


async def _table(asking: Asking, cut: Cut) -> Table:
    """Read a whole table, as far back as deciding needs, with the nation that it adds up to."""
    found = await _history(asking, cut)
    nation = found if cut is Cut.NATION else await _history(asking, Cut.NATION)
    return Table(cut, found, nation, asking.blocks_of(cut))


async def _history(asking: Asking, cut: Cut) -> Found:
    """Read the whole table that the answer is part of, as far back as deciding needs."""
    asked = asking.asked
    wanted = CountsWanted(
        nation=asked.nation,
        cut=cut,
        periods=_parts(asking, cut),
        names=names_needed((*asking.ids, *asking.told_by_the_funnel)),
        known_on=asked.known_on,
        families=_FAMILIES.get(asked.topic, ()),
    )
    (found,) = await asking.measures.counts([wanted])
    return found


def _parts(asking: Asking, cut: Cut) -> tuple[Period, ...]:
    """Acknowledgements of groups are decided for each year by itself, and their counts are many."""
    asked = asking.asked
    if asked.topic is Topic.ACKNOWLEDGEMENT and cut is not Cut.NATION:
        return asked.periods
    return parts_needed(cut, asked.periods, asking.policy.disclosure)


def _rows(asking: Asking, found: Found, shown: Decided) -> Iterator[Row]:
    sums = {period: summed(found, period) for period in asking.asked.periods}
    for measure in asking.ids:
        view = asking.view(measure, shown[measure])
        for period, groups in sums.items():
            for group, counts in groups.items():
                if asking.shows(group):
                    yield Row(measure, *asking.called(group), view.figure(counts, period, group))


async def _medians(asking: Asking, shown: Decided) -> AsyncIterator[MedianRow]:
    """Days to start, where few groups are asked for: the distribution is long."""
    asked, basis = asking.asked, asking.basis
    few = basis.row is not None or basis.cut not in _WIDE
    if asked.topic is not Topic.CONTINUITY or basis.within is not None or not few:
        return
    need = shown.get(MeasureId.CONTINUITY_NEED)
    if need is None:
        return
    cut = Cut.NATION if basis.named == WHOLE else asked.cut
    wanted = asking.wanted(cut, asked.periods, "days")
    (days,) = await asking.measures.counts([wanted])
    most = asking.policy.days_to_start_at_most
    for period, groups in days.items():
        for group, counts in groups.items():
            own = basis.row or group
            median = disclosed_median(
                counts, most, asking.policy.disclosure, shown=need.allows(own, period)
            )
            yield MedianRow(*asking.called(own), period, median)
