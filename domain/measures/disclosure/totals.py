"""Which months, quarters and years of a whole nation are shown, decided in the order of time.

A nation is one row, so nothing stands beside it to hide with: what protects a small month is that
the rest of its year is hidden too. The rule is that of `years`, once for the months of a quarter
and once for the quarters of a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import or_

from domain.measures.cuts import WHOLE
from domain.measures.disclosure.cells import Cell, summed
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Decision, Shown
from domain.measures.disclosure.years import QUARTERS, year_end
from domain.measures.periods import Period, PeriodKind, period_of

MONTHS_A_QUARTER = 3


def shown_totals(
    months: Mapping[Period, Cell], policy: DisclosurePolicy, beside: Sequence[Decision] = ()
) -> Shown:
    """Return what is shown of a nation.

    Args:
        months: The cells of consecutive months, of which the first begins a quarter.
        policy: What is small.
        beside: As for `shown_groups`.
    """
    quarters = _gathered(months, PeriodKind.QUARTER, MONTHS_A_QUARTER)
    years: dict[Period, list[Period]] = {}
    for each in quarters:
        years.setdefault(year_end(each, policy), []).append(each)
    hidden_months = _hidden(months, policy, _withheld(months, beside))
    partly = frozenset(
        each
        for each in quarters
        if 0 < sum(month in hidden_months for month in _months(each)) < MONTHS_A_QUARTER
    )
    hidden_quarters = _hidden(quarters, policy, partly | _withheld(quarters, beside))
    elsewhere = _withheld(years, beside)
    shown = (set(months) - hidden_months) | (set(quarters) - hidden_quarters)
    for year, parts in years.items():
        whole = summed(quarters[each] for each in parts)
        count = sum(each in hidden_quarters for each in parts)
        decided = len(parts) == QUARTERS and count in {0, QUARTERS}
        if decided and year not in elsewhere and not whole.is_unsafe(policy):
            shown.add(year)
    return Shown(frozenset((WHOLE, each) for each in shown))


def _withheld(periods: Iterable[Period], beside: Sequence[Decision]) -> frozenset[Period]:
    return frozenset(
        each for each in periods if not all(other.allows(WHOLE, each) for other in beside)
    )


def _months(quarter: Period) -> list[Period]:
    return [Period(PeriodKind.MONTH, each) for each in quarter.months]


def _gathered(months: Mapping[Period, Cell], kind: PeriodKind, length: int) -> dict[Period, Cell]:
    parts: dict[Period, list[Cell]] = {}
    for month in sorted(months):
        parts.setdefault(period_of(kind, month.last_month), []).append(months[month])
    return {each: summed(cells) for each, cells in parts.items() if len(cells) == length}


def _hidden(
    cells: Mapping[Period, Cell], policy: DisclosurePolicy, also: frozenset[Period]
) -> set[Period]:
    """From the first small one until the year ends; all year after a year with a small one."""
    years: dict[Period, list[Period]] = {}
    for each in sorted(cells):
        years.setdefault(year_end(each, policy), []).append(each)
    hidden: set[Period] = set()
    small_before = False
    for periods in years.values():
        unsafe = [cells[each].is_unsafe(policy) or each in also for each in periods]
        hidden |= _from_the_first(periods, [small_before, *unsafe])
        small_before = any(unsafe)
    return hidden


def _from_the_first(periods: Sequence[Period], unsafe: Sequence[bool]) -> set[Period]:
    reached = list(accumulate(unsafe, or_))[1:]
    return {each for each, hide in zip(periods, reached, strict=True) if hide}
