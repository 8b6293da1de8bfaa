"""Answer a question: read counts, decide what may be shown, and show nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Final

from api.measure_records import CountsWanted
from api.measures.answers import Answer, MedianRow, Row
from api.measures.asking import Asking, summed
from api.measures.breakdowns import breakdown_rows
from api.measures.deciding import Found, decided, names_needed, parts_needed
from api.measures.funnels import FAMILIES, funnel_rows
from api.measures.leaving_out import excluded
from api.measures.questions import Question, Topic, basis_of
from api.ports import Measures
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.classes import disclosed_median
from domain.measures.disclosure.deciding import Decided
from domain.measures.policy import MeasuresPolicy

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
    found = await _history(asking)
    measures_told = (*asking.ids, *asking.told_by_the_funnel)
    shown = decided(measures_told, found, basis.cut, policy.disclosure, asking.block_of)
    if basis.within is not None:
        rows = await breakdown_rows(asking, basis.within, shown)
    else:
        rows = list(_rows(asking, found, shown))
    is_funnel = asked.topic is Topic.FUNNEL and basis.within is None
    return Answer(
        asked=asked,
        policy=policy,
        rows=tuple(rows),
        funnel=tuple(funnel_rows(asking, found, shown)) if is_funnel else (),
        medians=tuple([each async for each in _medians(asking, shown)]),
        excluded=await excluded(asking),
    )


async def _history(asking: Asking) -> Found:
    """Read the whole table that the answer is part of, as far back as deciding needs."""
    asked, cut = asking.asked, asking.basis.cut
    wanted = CountsWanted(
        nation=asked.nation,
        cut=cut,
        periods=parts_needed(cut, asked.periods, asking.policy.disclosure),
        names=names_needed((*asking.ids, *asking.told_by_the_funnel)),
        known_on=asked.known_on,
        families=FAMILIES if asked.topic is Topic.FUNNEL else (),
    )
    (found,) = await asking.measures.counts([wanted])
    return found


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
    wanted = CountsWanted(
        nation=asked.nation,
        cut=cut,
        periods=asked.periods,
        area=asked.area,
        prison=asked.prison,
        group=asked.group,
        names=frozenset(),
        known_on=asked.known_on,
        families=("days",),
    )
    (days,) = await asking.measures.counts([wanted])
    most = asking.policy.days_to_start_at_most
    for period, groups in days.items():
        for group, counts in groups.items():
            own = basis.row or group
            median = disclosed_median(
                counts, most, asking.policy.disclosure, shown=need.allows(own, period)
            )
            yield MedianRow(*asking.called(own), period, median)
