"""Which quarters and years of one set of groups are shown, decided in the order of time.

What was published cannot be taken back, so a decision never looks ahead. Within each year that
ends with the policy's month:

- a group with a small quarter in the year before begins hidden, and stays hidden all year;
- a quarter that turns out small hides its group from then on until the year ends;
- groups hidden in a quarter are several and not small together, or others are hidden with them;
- the year itself is shown for a group with all quarters shown, or with all quarters hidden. A
  group hidden for a part of it could be worked out by subtraction, so its year is hidden too.

Years that end with another month are shown only as the sum of four shown quarters, so that two
overlapping years never tell more than their quarters do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from domain.measures.disclosure.cells import Cell, summed
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.secondary import is_enough, with_partners
from domain.measures.periods import Period, PeriodKind, shift

QUARTERS: Final = 4
SEVERAL: Final = 2

Quarters = Sequence[Mapping[str, Cell]]
"""The cells of all groups, quarter by quarter; every quarter has every group."""


def year_end(quarter: Period, policy: DisclosurePolicy) -> Period:
    """Return the year, ending with the policy's month, that a quarter belongs to."""
    months = (policy.year_ends_in - quarter.last_month.month) % 12
    return Period(PeriodKind.YEAR, shift(quarter.last_month, months))


def small_in(quarters: Quarters, policy: DisclosurePolicy) -> frozenset[str]:
    """Return the groups with a small quarter, which begin the next year hidden."""
    return frozenset(
        group for quarter in quarters for group, cell in quarter.items() if cell.is_unsafe(policy)
    )


def hidden_quarters(
    quarters: Quarters,
    at_start: frozenset[str],
    policy: DisclosurePolicy,
    withheld: Sequence[frozenset[str]],
) -> list[frozenset[str]]:
    """Return the groups hidden in each quarter of one year, in order.

    `withheld` are those that another table hides, quarter by quarter.
    """
    hidden: list[frozenset[str]] = []
    running = at_start
    for cells, elsewhere in zip(quarters, withheld, strict=True):
        running |= {group for group, cell in cells.items() if cell.is_unsafe(policy)}
        running |= elsewhere
        if policy.secondary:
            running = with_partners(cells, running, policy)
        hidden.append(running)
    return hidden


def hidden_years(
    quarters: Quarters,
    hidden: Sequence[frozenset[str]],
    policy: DisclosurePolicy,
    withheld: frozenset[str],
) -> frozenset[str]:
    """Return the groups whose whole year is hidden, once its four quarters are decided.

    `withheld` are those whose year another table hides.
    """
    year = {group: summed(each[group] for each in quarters) for group in quarters[0]}
    small = withheld | {group for group, cell in year.items() if cell.is_unsafe(policy)}
    if not policy.secondary:
        return frozenset(small)
    throughout = hidden[0]
    chosen = (hidden[-1] - throughout) | small
    while True:
        bare = {
            each
            for each in throughout - chosen
            if not _has_an_alternative(each, quarters, throughout, policy)
        }
        grown = _several(year, chosen | bare, throughout, policy)
        if grown == chosen:
            return grown
        chosen = grown


def _several(
    year: Mapping[str, Cell],
    chosen: frozenset[str],
    throughout: frozenset[str],
    policy: DisclosurePolicy,
) -> frozenset[str]:
    """Only a group whose quarters are hidden as well hides anything when its year is hidden."""
    if not chosen or (len(chosen) >= SEVERAL and is_enough([year[g] for g in chosen], policy)):
        return chosen
    return with_partners(year, chosen, policy, throughout)


def _has_an_alternative(
    group: str, quarters: Quarters, throughout: frozenset[str], policy: DisclosurePolicy
) -> bool:
    """Whether each small count could be one less, with everything that is published the same.

    Somebody of the group moves to another quarter, and somebody of another hidden group moves
    back: both years and both quarters still add up.
    """
    for at, cells in enumerate(quarters):
        for n, value in enumerate(cells[group].values):
            small = 0 < value <= policy.primary_max
            if small and not _somebody_else(n, at, group, quarters, throughout):
                return False
    return True


def _somebody_else(
    n: int, at: int, group: str, quarters: Quarters, throughout: frozenset[str]
) -> bool:
    return any(
        cells[other].values[n] > 0
        for other_at, cells in enumerate(quarters)
        if other_at != at
        for other in throughout
        if other != group
    )
