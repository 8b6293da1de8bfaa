"""What is in none of the figures of an answer, counted; small numbers are hidden here as well."""

from __future__ import annotations

from collections import Counter
from typing import Final

from api.measure_records import CountsWanted
from api.measures.answers import Excluded
from api.measures.asking import Asking
from domain.measures.counts import Count
from domain.measures.cuts import Cut
from domain.measures.disclosure.classes import told_counts
from domain.measures.periods import Period, PeriodKind

_NAMES: Final = frozenset({Count.RELEASES, Count.COUNTED})


async def excluded(asking: Asking) -> Excluded:
    """Return how many releases and lines of files are in none of the figures."""
    asked = asking.asked
    months = sorted({month for each in asked.periods for month in each.months})
    wanted = CountsWanted(
        nation=asked.nation,
        cut=Cut.NATION,
        periods=tuple(Period(PeriodKind.MONTH, each) for each in months),
        area=asked.area,
        prison=asked.prison,
        group=asked.group,
        names=_NAMES,
        known_on=asked.known_on,
        families=("excluded",),
    )
    (found,) = await asking.measures.counts([wanted])
    lines = await asking.measures.bad_lines(wanted)
    reasons: Counter[str] = Counter()
    for groups in found.values():
        for counts in groups.values():
            reasons.update(counts.family("excluded"))
    return Excluded(
        releases=_hidden(asking, reasons.total()),
        by_reason=told_counts(dict(sorted(reasons.items())), asking.policy.disclosure),
        file_lines=_hidden(asking, lines.placed),
        file_lines_unplaced=lines.unplaced,
    )


def _hidden(asking: Asking, number: int) -> int | None:
    return None if 0 < number <= asking.policy.disclosure.primary_max else number
