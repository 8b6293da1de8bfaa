"""The periods that are shown for each group of one cut of one measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.years import (
    QUARTERS,
    hidden_quarters,
    hidden_years,
    small_in,
    year_end,
)
from domain.measures.periods import Period, PeriodKind

ONE_TOTAL: Final = ""
"""The block of every group of a cut whose groups add up to the nation and nothing smaller."""


class Shown(NamedTuple):
    """Every group and period that may be shown; anything that is not in it is withheld."""

    figures: frozenset[tuple[str, Period]]

    def allows(self, group: str, period: Period) -> bool:
        """Return whether a figure may be shown.

        A year that is not decided by itself is shown when it is no more than the sum of four
        shown quarters or of twelve shown months.
        """
        if (group, period) in self.figures:
            return True
        if period.kind is not PeriodKind.YEAR:
            return False
        return any(
            all((group, part) in self.figures for part in parts) for parts in _parts_of(period)
        )

    def latest_year(self, group: str, not_after: Period) -> Period | None:
        """Return the latest year of a group that is shown and ends no later than another."""
        years = [
            Period(PeriodKind.YEAR, period.last_month)
            for name, period in self.figures
            if name == group and period.last_month <= not_after.last_month
        ]
        return max((each for each in years if self.allows(group, each)), default=None)


class Decision(Protocol):
    """What was decided of a table that another one stands beside or within."""

    def allows(self, group: str, period: Period) -> bool:
        """Return whether a figure may be shown, as far as that table goes."""


class Within(NamedTuple):
    """What was decided of the totals that the groups of a table add up to.

    A total that is withheld could be added up from its groups, so they are withheld with it.

    Attributes:
        totals: Of a nation, or of the probation regions.
        total_of: The total that a group is part of.
    """

    totals: Decision
    total_of: Callable[[str], str]

    def allows(self, group: str, period: Period) -> bool:
        """Return whether the total of a group is shown."""
        return self.totals.allows(self.total_of(group), period)


@lru_cache(maxsize=1_000)  # asked for again for each group of a table
def _parts_of(year: Period) -> tuple[tuple[Period, ...], ...]:
    months = tuple(Period(PeriodKind.MONTH, month) for month in year.months)
    if year.last_month.month % 3:
        return (months,)
    last = Period(PeriodKind.QUARTER, year.last_month)
    return months, tuple(last.before(n) for n in range(QUARTERS))


def shown_groups(
    cells: Mapping[Period, Mapping[str, Cell]],
    policy: DisclosurePolicy,
    block_of: Callable[[str], str] = lambda _: ONE_TOTAL,
    beside: Sequence[Decision] = (),
) -> Shown:
    """Return what is shown of the groups of one cut.

    Args:
        cells: By quarter, for consecutive quarters, of every group that has any release.
        policy: What is small.
        block_of: Groups of one block add up to a total that is published, such as the
            authorities of a region; each block is protected within itself.
        beside: What is shown of the measures beside which this one stands (`COMPARED_WITH`), and
            of the totals that the groups add up to. What is withheld there is withheld here.
    """
    figures: set[tuple[str, Period]] = set()
    for groups in _blocks(cells, block_of):
        figures |= set(_shown_in_block(_filled(cells, groups), policy, beside))
    return Shown(frozenset(figures))


def _blocks(
    cells: Mapping[Period, Mapping[str, Cell]], block_of: Callable[[str], str]
) -> list[list[str]]:
    blocks: dict[str, list[str]] = {}
    for group in sorted({group for row in cells.values() for group in row}):
        blocks.setdefault(block_of(group), []).append(group)
    return list(blocks.values())


def _filled(
    cells: Mapping[Period, Mapping[str, Cell]], groups: Sequence[str]
) -> dict[Period, dict[str, Cell]]:
    """Every quarter gets every group, because an empty cell can be worked out as well."""
    some = next(cell for row in cells.values() for cell in row.values())
    none = Cell((0,) * len(some.parts), (0,) * len(some.gaps))
    return {each: {g: cells[each].get(g, none) for g in groups} for each in sorted(cells)}


def _shown_in_block(
    cells: Mapping[Period, Mapping[str, Cell]],
    policy: DisclosurePolicy,
    beside: Sequence[Decision],
) -> Iterable[tuple[str, Period]]:
    by_year: dict[Period, list[Period]] = {}
    for quarter in cells:
        by_year.setdefault(year_end(quarter, policy), []).append(quarter)
    before: list[Mapping[str, Cell]] = []
    for year, quarters in by_year.items():
        rows = [cells[each] for each in quarters]
        start = small_in(before, policy)
        withheld = [_withheld(rows[0], each, beside) for each in quarters]
        hidden = hidden_quarters(rows, start, policy, withheld)
        for quarter, row, without in zip(quarters, rows, hidden, strict=True):
            yield from ((group, quarter) for group in row if group not in without)
        if len(rows) == QUARTERS:
            without = hidden_years(rows, hidden, policy, _withheld(rows[0], year, beside))
            yield from ((group, year) for group in rows[0] if group not in without)
        before = rows


def _withheld(groups: Iterable[str], period: Period, beside: Sequence[Decision]) -> frozenset[str]:
    return frozenset(
        group for group in groups if not all(each.allows(group, period) for each in beside)
    )
