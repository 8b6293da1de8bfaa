"""Secondary suppression of cells that add up to a published total.

One hidden cell is the total less the others. Two that add up to two are one each, to somebody who
knows that zeros are shown. So hidden cells are several, and together are not small themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy

Key = TypeVar("Key", bound=str)


def exposed_values(hidden: Sequence[Cell], policy: DisclosurePolicy) -> tuple[int, ...]:
    """Return which values of the hidden cells their total still gives away, by position."""
    columns = list(zip(*(each.values for each in hidden), strict=True))
    return tuple(n for n, values in enumerate(columns) if _is_exposed(values, policy))


def _is_exposed(values: Sequence[int], policy: DisclosurePolicy) -> bool:
    small = any(policy.is_small(each) for each in values)
    return small and sum(values) <= policy.primary_max


def is_enough(hidden: Sequence[Cell], policy: DisclosurePolicy) -> bool:
    """Return whether none of the hidden cells can be worked out from their total alone."""
    return len(hidden) != 1 and not exposed_values(hidden, policy)


def with_partners(
    cells: Mapping[Key, Cell],
    hidden: Collection[Key],
    policy: DisclosurePolicy,
    candidates: Collection[Key] | None = None,
) -> frozenset[Key]:
    """Return the hidden cells with the smallest others that must be hidden beside them.

    When even all of them are not enough, the total is as small as what it would give away, and is
    hidden by its own count.

    Args:
        cells: All cells that add up to one total.
        hidden: Those hidden already.
        policy: What is small.
        candidates: Those that may be hidden as well; all of them unless given.
    """
    chosen = set(hidden)
    allowed = set(cells if candidates is None else candidates) - chosen
    while chosen and allowed and not is_enough([cells[each] for each in chosen], policy):
        exposed = exposed_values([cells[each] for each in chosen], policy)
        best = min(allowed, key=lambda each: _preference(each, cells[each], exposed))
        chosen.add(best)
        allowed.discard(best)
    return frozenset(chosen)


def _preference(key: Key, cell: Cell, exposed: tuple[int, ...]) -> tuple[bool, bool, int, Key]:
    """The smallest that protects; one with nobody in it protects nothing."""
    helps = all(cell.values[n] > 0 for n in exposed)
    return (not helps, cell.size == 0, cell.size, key)
