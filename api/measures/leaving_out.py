"""What is in none of the figures of an answer, counted; small numbers are hidden here as well.

Of a whole nation every number from 1 to 4 is hidden, and of one group also what would tell such a
number of another group or of a part of the year. Reasons are told of nations alone: by group and
by quarter nearly all of them are small.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from api.measure_records import CountsWanted
from api.measures.answers import Excluded
from api.measures.asking import Asking
from api.measures.deciding import Found, Table, decided_by, parts_needed
from domain.measures.counts import Count, Counts
from domain.measures.cuts import Cut
from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.classes import told_counts
from domain.measures.periods import Period, PeriodKind

_NAMES: Final = frozenset({Count.RELEASES, Count.COUNTED})


async def excluded(asking: Asking) -> Excluded:
    """Return how many releases and lines of files are in none of the figures.

    They are those of the nation, of the one group that is asked for, or of the area that it is in.
    """
    months = sorted({month for each in asking.asked.periods for month in each.months})
    whole = _wanted(asking, Cut.NATION, tuple(Period(PeriodKind.MONTH, each) for each in months))
    lines = await asking.measures.bad_lines(whole)
    of_one = asking.basis.row is not None
    reasons = {} if of_one else await _by_reason(asking, whole)
    number = await _of_the_group(asking) if of_one else _hidden(asking, sum(reasons.values()))
    return Excluded(
        releases=number,
        by_reason=told_counts(dict(sorted(reasons.items())), asking.policy.disclosure),
        file_lines=_hidden(asking, lines.placed),
        file_lines_unplaced=lines.unplaced,
    )


def _wanted(
    asking: Asking, cut: Cut, periods: tuple[Period, ...], family: str | None = "excluded"
) -> CountsWanted:
    return CountsWanted(
        nation=asking.asked.nation,
        cut=cut,
        periods=periods,
        area=asking.asked.area if cut is Cut.NATION else None,
        names=_NAMES,
        known_on=asking.asked.known_on,
        families=() if family is None else (family,),
    )


async def _by_reason(asking: Asking, wanted: CountsWanted) -> dict[str, int]:
    (found,) = await asking.measures.counts([wanted])
    reasons: Counter[str] = Counter()
    for groups in found.values():
        for counts in groups.values():
            reasons.update(counts.family("excluded"))
    return reasons


async def _of_the_group(asking: Asking) -> int | None:
    """Return the number of one group, None where it is withheld in the table of all groups."""
    cut, group, periods = asking.basis.cut, asking.basis.row or "", asking.asked.periods
    policy = asking.policy.disclosure
    quarters = parts_needed(cut, periods, policy)
    months = parts_needed(Cut.NATION, periods, policy)
    found, nation = await asking.measures.counts(
        [
            _wanted(asking, cut, quarters, family=None),
            replace(_wanted(asking, Cut.NATION, months, family=None), area=None),
        ]
    )
    shown = decided_by(_cell, Table(cut, found, nation, asking.block_of), policy)
    own = [each for each in quarters if _is_within(each, periods)]
    is_shown = all(shown.allows(group, each) for each in own) or (
        not _overlap(periods) and all(shown.allows(group, each) for each in periods)
    )
    if not is_shown:
        return None
    return sum(_number(found, each, group) for each in own)


def _cell(counts: Counts) -> Cell:
    return Cell((counts[Count.RELEASES] - counts[Count.COUNTED],))


def _number(found: Found, quarter: Period, group: str) -> int:
    counts = found[quarter].get(group)
    return _cell(counts).size if counts is not None else 0


def _is_within(part: Period, periods: tuple[Period, ...]) -> bool:
    return any(each.first_on <= part.first_on and part.last_on <= each.last_on for each in periods)


def _overlap(periods: tuple[Period, ...]) -> bool:
    months = [month for each in periods for month in each.months]
    return len(months) != len(set(months))


def _hidden(asking: Asking, number: int) -> int | None:
    return None if 0 < number <= asking.policy.disclosure.primary_max else number
