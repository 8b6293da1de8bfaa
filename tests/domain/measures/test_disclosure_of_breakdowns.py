"""Nothing hidden in a table with both margins can be worked out from what is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measures.disclosure.breakdown import hidden_cells
from domain.measures.disclosure.bridges import Edge, bridges
from domain.measures.disclosure.cells import Cell, summed
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.secondary import with_partners
from tests.domain.measures.attacker import Attacker, Published

POLICY = DisclosurePolicy()
Rows = Mapping[str, Mapping[str, Cell]]
Place = tuple[str, str]


def block_of(row: str) -> str:
    return row[0]


def shown_rows(rows: Rows) -> frozenset[str]:
    """As `shown_groups` would for one year: small rows hidden, with partners in their block."""
    shown: set[str] = set()
    for block in {block_of(row) for row in rows}:
        totals = {r: summed(cells.values()) for r, cells in rows.items() if block_of(r) == block}
        small = {row for row, cell in totals.items() if cell.is_unsafe(POLICY)}
        shown |= totals.keys() - with_partners(totals, small, POLICY)
    return frozenset(shown)


def published(
    rows: Rows, rows_shown: frozenset[str], hidden: frozenset[Place], part: int
) -> Iterator[Published]:
    columns = next(iter(rows.values()))
    for column in columns:
        yield [(r, column) for r in rows], sum(rows[r][column].values[part] for r in rows)
    for row, cells in rows.items():
        if row in rows_shown:
            yield [(row, c) for c in cells], sum(cell.values[part] for cell in cells.values())
        yield from (([(row, c)], cells[c].values[part]) for c in cells if (row, c) not in hidden)
    for block in {block_of(row) for row in rows}:
        own = [row for row in rows if block_of(row) == block]
        whole = sum(cell.values[part] for row in own for cell in rows[row].values())
        yield [(row, column) for row in own for column in columns], whole


def worked_out(rows: Rows, rows_shown: frozenset[str], hidden: frozenset[Place]) -> list[Place]:
    found = []
    for part in range(2):
        attacker = Attacker(published(rows, rows_shown, hidden, part))
        for row, column in sorted(hidden):
            value = rows[row][column].values[part]
            small = 1 <= value <= POLICY.primary_max
            if small and attacker.has_worked_out([(row, column)], value):
                found.append((row, column))
    return found


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    columns = [f"c{n}" for n in range(draw(st.integers(2, 4)))]
    cell = st.integers(0, 14) | st.integers(5, 60)
    return {
        f"{draw(st.sampled_from('ab'))}{n}": {
            each: Cell((draw(cell), draw(cell))) for each in columns
        }
        for n in range(draw(st.integers(2, 7)))
    }


def has_totals_to_show(rows: Rows) -> bool:
    """Smaller totals are withheld as totals, and their breakdown with them."""
    columns = next(iter(rows.values()))
    by_column = [summed(rows[row][column] for row in rows) for column in columns]
    blocks = {
        block: summed(c for r in rows for c in rows[r].values() if block_of(r) == block)
        for block in {block_of(row) for row in rows}
    }
    return not any(each.is_unsafe(POLICY) for each in [*by_column, *blocks.values()])


@settings(max_examples=30)
@given(rows=tables().filter(has_totals_to_show))
def test_no_small_cell_can_be_worked_out(rows: Rows) -> None:
    rows_shown = shown_rows(rows)
    hidden = hidden_cells(rows, rows_shown, POLICY, block_of)

    assert worked_out(rows, rows_shown, hidden) == []


@given(rows=tables())
def test_every_small_cell_is_hidden(rows: Rows) -> None:
    hidden = hidden_cells(rows, frozenset(rows), POLICY, block_of)

    for row, cells in rows.items():
        for column, cell in cells.items():
            assert (row, column) in hidden or not cell.is_unsafe(POLICY)


def _plain(rows: Mapping[str, tuple[int, ...]]) -> Rows:
    return {
        row: {f"c{n}": Cell((value, 50)) for n, value in enumerate(values)}
        for row, values in rows.items()
    }


def test_hiding_only_what_is_small_gives_it_away() -> None:
    rows = _plain({"a1": (3, 20, 30), "a2": (40, 50, 60), "a3": (25, 45, 65)})
    weak = DisclosurePolicy(secondary=False)
    everything = frozenset(rows)

    assert worked_out(rows, everything, hidden_cells(rows, everything, weak)) == [("a1", "c0")]
    assert worked_out(rows, everything, hidden_cells(rows, everything, POLICY)) == []


def test_two_in_every_line_are_not_enough_when_a_bridge_joins_them() -> None:
    """Hidden in pairs along every row and column, and the cell between them still comes out."""
    rows = _plain(
        {
            "a1": (9, 8, 30, 30, 30),
            "a2": (7, 6, 3, 30, 30),
            "a3": (30, 30, 40, 8, 9),
            "a4": (30, 30, 9, 7, 6),
        }
    )
    pairs = frozenset(
        {("a1", "c0"), ("a1", "c1"), ("a2", "c0"), ("a2", "c1"), ("a2", "c2")}
        | {("a4", "c2"), ("a4", "c3"), ("a4", "c4"), ("a3", "c3"), ("a3", "c4")}
    )
    everything = frozenset(rows)

    assert worked_out(rows, everything, pairs) == [("a2", "c2")]
    assert worked_out(rows, everything, hidden_cells(rows, everything, POLICY)) == []


@given(
    edges=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda e: e[0] != e[1]), max_size=10
    )
)
def test_a_bridge_is_an_edge_without_which_its_ends_are_apart(
    edges: list[tuple[int, int]],
) -> None:
    found = bridges([Edge(one, other, n) for n, (one, other) in enumerate(edges)])

    for n, (one, other) in enumerate(edges):
        rest = edges[:n] + edges[n + 1 :]
        assert (n in found) == (other not in _reachable(one, rest))


def _reachable(start: int, edges: list[tuple[int, int]]) -> set[int]:
    reached = {start}
    for _ in edges:
        for one, other in edges:
            if {one, other} & reached:
                reached |= {one, other}
    return reached
