"""A table of groups by classes with both margins published, such as authorities by sex.

Hidden cells of such a table are the edges of a graph between rows and columns. A cell can differ
while everything published stays the same exactly when it lies on a cycle: one person more here,
one less there, round the cycle. A cell that is a bridge is worked out by subtraction, so more is
hidden until no small one is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from domain.measures.disclosure.bridges import Edge, bridges
from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.secondary import with_partners
from domain.measures.disclosure.shown import ONE_TOTAL

Place = tuple[str, str]
"""A group and a class."""

Rows = Mapping[str, Mapping[str, Cell]]


def hidden_cells(
    rows: Rows,
    rows_shown: frozenset[str],
    policy: DisclosurePolicy,
    block_of: Callable[[str], str] = lambda _: ONE_TOTAL,
    beside: frozenset[Place] = frozenset(),
) -> frozenset[Place]:
    """Return the cells to hide.

    Args:
        rows: Every group with every class.
        rows_shown: The groups whose own total is shown; the others are hidden throughout.
        policy: What is small.
        block_of: As for `shown_groups`; the total of a block is published.
        beside: The cells hidden of the measures beside which this one stands (`COMPARED_WITH`).
    """
    table = _Table(rows, rows_shown, policy, block_of)
    small = frozenset(place for place in table.places() if table.starts_hidden(place))
    hidden = small | beside
    if not policy.secondary:
        return hidden
    while True:
        grown = table.with_bridges_broken(table.with_partners(hidden))
        if grown == hidden:
            return hidden
        hidden = grown


class _Table(NamedTuple):
    rows: Rows
    rows_shown: frozenset[str]
    policy: DisclosurePolicy
    block_of: Callable[[str], str]

    def places(self) -> Iterator[Place]:
        return ((row, column) for row, cells in self.rows.items() for column in cells)

    def cell(self, place: Place) -> Cell:
        return self.rows[place[0]][place[1]]

    def starts_hidden(self, place: Place) -> bool:
        return place[0] not in self.rows_shown or self.cell(place).is_unsafe(self.policy)

    def with_partners(self, hidden: frozenset[Place]) -> frozenset[Place]:
        """Hide until every row and every column hides several, and not a few people together."""
        for line in self._lines():
            cells = {_key(each): self.cell(each) for each in line}
            chosen = with_partners(cells, {_key(p) for p in line if p in hidden}, self.policy)
            hidden |= {each for each in line if _key(each) in chosen}
        return hidden

    def with_bridges_broken(self, hidden: frozenset[Place]) -> frozenset[Place]:
        """Hide the smallest cell beside each small one that would be worked out."""
        for n in range(len(self.cell(next(self.places())).values)):
            for place in sorted(self._worked_out(hidden, n)):
                hidden |= self._beside(place, hidden, n)
        return hidden

    def _lines(self) -> Iterable[list[Place]]:
        columns = dict.fromkeys(column for _, column in self.places())
        yield from ([(row, column) for row in self.rows] for column in columns)
        yield from ([(row, column) for column in columns] for row in sorted(self.rows_shown))

    def _worked_out(self, hidden: frozenset[Place], n: int) -> frozenset[Place]:
        alive = [p for p in sorted(hidden) if self.cell(p).values[n] > 0]
        found = bridges([Edge(self._node(row), column, (row, column)) for row, column in alive])
        most = self.policy.primary_max
        return frozenset(p for p in found if self.cell(p).values[n] <= most)

    def _node(self, row: str) -> Place:
        """Rows whose total is hidden too can exchange people, so they are one node."""
        return ("", row) if row in self.rows_shown else ("hidden", self.block_of(row))

    def _beside(self, place: Place, hidden: frozenset[Place], n: int) -> frozenset[Place]:
        in_row = ((place[0], column) for column in self.rows[place[0]])
        in_column = ((row, place[1]) for row in self.rows)
        in_line = [p for p in in_row if p not in hidden] or [
            p for p in in_column if p not in hidden
        ]
        alive = [p for p in in_line if self.cell(p).values[n] > 0] or in_line
        return frozenset(sorted(alive, key=lambda p: (self.cell(p).size, p))[:1])


_BETWEEN: Final = "\x1f"


def _key(place: Place) -> str:
    return _BETWEEN.join(place)
