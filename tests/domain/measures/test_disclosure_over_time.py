"""Nothing that is withheld over time and groups can be worked out from what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measures.disclosure.cells import Cell, summed
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Shown, shown_groups
from domain.measures.periods import Period, PeriodKind, shift
from tests.domain.measures.attacker import Attacker, Published, Secret

POLICY = DisclosurePolicy()
WEAK = DisclosurePolicy(secondary=False)
FIRST = Period(PeriodKind.QUARTER, date(2024, 6, 1))
Table = Mapping[Period, Mapping[str, Cell]]


def quarter(n: int) -> Period:
    return Period(PeriodKind.QUARTER, shift(FIRST.last_month, 3 * n))


def table(rows: Mapping[str, Iterable[tuple[int, int]]]) -> Table:
    """Return a table of (started, not started) by group, quarter by quarter."""
    by_quarter: dict[Period, dict[str, Cell]] = {}
    for group, cells in rows.items():
        for n, parts in enumerate(cells):
            by_quarter.setdefault(quarter(n), {})[group] = Cell(parts)
    return by_quarter


def every_year(cells: Table) -> Iterator[tuple[Period, list[Period]]]:
    quarters = sorted(cells)
    for n in range(3, len(quarters)):
        yield Period(PeriodKind.YEAR, quarters[n].last_month), quarters[n - 3 : n + 1]


def groups_of(cells: Table) -> list[str]:
    return sorted({group for row in cells.values() for group in row})


def published(cells: Table, shown: Shown, part: int) -> Iterator[Published]:
    """Everything that is told of one part: the totals, and every figure that is shown."""
    for period, row in cells.items():
        yield [(g, period) for g in row], sum(cell.values[part] for cell in row.values())
        for group, cell in row.items():
            if shown.allows(group, period):
                yield [(group, period)], cell.values[part]
    for year, parts in every_year(cells):
        for group in groups_of(cells):
            if shown.allows(group, year):
                value = sum(cells[each][group].values[part] for each in parts)
                yield [(group, each) for each in parts], value


def worked_out(cells: Table, shown: Shown) -> list[tuple[str, int]]:
    """Return every small number that the attacker finds exactly."""
    found: list[tuple[str, int]] = []
    for part in range(2):
        attacker = Attacker(published(cells, shown, part))
        small = (each for each in withheld(cells, shown, part) if 1 <= each.value <= 4)
        found += [(each.name, each.value) for each in attacker.worked_out(small)]
    return found


def withheld(cells: Table, shown: Shown, part: int) -> Iterator[Secret]:
    periods = [(each, [each]) for each in sorted(cells)] + list(every_year(cells))
    for period, parts in periods:
        for group in groups_of(cells):
            if not shown.allows(group, period):
                value = sum(cells[each][group].values[part] for each in parts)
                of = tuple((group, each) for each in parts)
                yield Secret(f"{group} {period.code}", of, value)


def hidden_in(cells: Table, shown: Shown, code: str) -> set[str]:
    names = [each.name.split() for each in withheld(cells, shown, 0)]
    return {group for group, period in names if period == code}


SMALL = st.tuples(st.integers(0, 9), st.integers(0, 9))
LARGE = st.tuples(st.integers(4, 60), st.integers(4, 60))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    quarters = draw(st.integers(2, 9))
    groups = draw(st.integers(1, 5))
    rows = {}
    for n in range(groups):
        cell = draw(st.sampled_from((SMALL, LARGE, SMALL | LARGE)))
        rows[f"g{n}"] = draw(st.lists(cell, min_size=quarters, max_size=quarters))
    return table(rows)


def has_a_total_to_show(cells: Table) -> bool:
    """Whether every total is itself large enough; a smaller one is withheld as a total."""
    return not any(summed(row.values()).is_unsafe(POLICY) for row in cells.values())


@settings(max_examples=50)
@given(cells=tables().filter(has_a_total_to_show))
def test_no_small_number_can_be_worked_out(cells: Table) -> None:
    assert worked_out(cells, shown_groups(cells, POLICY)) == []


@given(cells=tables())
def test_nothing_small_is_shown(cells: Table) -> None:
    shown = shown_groups(cells, POLICY)

    for part in range(2):
        hidden = {each.name for each in withheld(cells, shown, part)}
        for period, row in cells.items():
            for group, cell in row.items():
                if 1 <= cell.values[part] <= 4:
                    assert f"{group} {period.code}" in hidden


@given(cells=tables(), upto=st.integers(1, 8))
def test_a_later_quarter_never_hides_what_was_published(cells: Table, upto: int) -> None:
    early = {each: cells[each] for each in sorted(cells)[:upto]}

    now = shown_groups(cells, POLICY).figures
    then = shown_groups(early, POLICY).figures

    last = max(early).last_month
    assert then == {each for each in now if each[1].last_month <= last}


ONE_SMALL = {
    "hartlepool": [(20, 30), (21, 28), (3, 40), (22, 31)],
    "leeds": [(40, 50), (41, 52), (39, 48), (44, 51)],
    "hull": [(30, 30), (29, 33), (31, 35), (30, 30)],
}


def test_the_attack_works_against_a_weak_policy() -> None:
    """One small number hidden and nothing else is the total less the others."""
    cells = table(ONE_SMALL)

    found = worked_out(cells, shown_groups(cells, WEAK))

    assert ("hartlepool 2024-Q4", 3) in found


def test_the_smallest_other_is_hidden_with_a_small_number() -> None:
    cells = table(ONE_SMALL)
    shown = shown_groups(cells, POLICY)

    assert hidden_in(cells, shown, "2024-Q4") == {"hartlepool", "hull"}
    assert worked_out(cells, shown) == []


def test_two_that_add_up_to_two_are_not_enough() -> None:
    """Zeros are shown, so each of two hidden cells of a total of two would be one."""
    cells = table({"a": [(1, 40)], "b": [(1, 50)], "c": [(9, 60)], "d": [(30, 70)]})

    assert hidden_in(cells, shown_groups(cells, POLICY), "2024-Q2") == {"a", "b", "c"}


def test_overlapping_years_without_their_quarters_give_quarters_away() -> None:
    """Why years of a small group end once a year: twelve months less the twelve before."""
    cells = table(
        {
            "rutland": [(2, 9), (0, 9), (7, 9), (9, 9), (0, 9), (0, 9), (0, 9), (0, 9)],
            "leeds": [(50, 50)] * 8,
            "hull": [(30, 30)] * 8,
        }
    )
    years = {(group, year) for year, _ in every_year(cells) for group in groups_of(cells)}

    found = worked_out(cells, Shown(frozenset(years)))

    assert ("rutland 2024-Q2", 2) in found
    assert worked_out(cells, shown_groups(cells, POLICY)) == []


def test_a_year_is_hidden_when_its_other_quarters_are_as_good_as_shown() -> None:
    """Hidden beside a group that has nobody left, three quarters are their column's sum."""
    rows = {
        "york": [(3, 40), (9, 40), (9, 40), (9, 40), (9, 40), (9, 40), (9, 40), (3, 40)],
        "ryedale": [(3, 30), *[(5, 30)] * 3, *[(0, 0)] * 4],
        "selby": [*[(20, 30)] * 7, (1, 30)],
        "hull": [(30, 50)] * 8,
        "leeds": [(40, 60)] * 8,
    }
    cells = table(rows)
    shown = shown_groups(cells, POLICY)

    assert worked_out(cells, shown) == []
    assert not shown.allows("york", Period(PeriodKind.YEAR, date(2026, 3, 1)))


def test_the_year_of_a_sudden_small_quarter_is_not_hidden_alone() -> None:
    """One hidden year is the total less the others, and three of its quarters were shown."""
    rows = {
        "york": [(4, 40), (9, 40), (9, 40), (9, 40)],
        "ryedale": [(4, 30), (8, 30), (8, 30), (8, 30)],
        "selby": [(20, 30), (20, 30), (20, 30), (3, 30)],
        "leeds": [(40, 60)] * 4,
    }
    cells = table(rows)
    shown = shown_groups(cells, POLICY)

    assert worked_out(cells, shown) == []
    assert hidden_in(cells, shown, "year-to-2025-03") == {"selby", "ryedale"}


def test_blocks_are_protected_within_themselves() -> None:
    """A region's figure is published, so its authorities may not lean on those of another."""
    rows = {**ONE_SMALL, "truro": [(6, 6), (6, 6), (2, 9), (6, 6)], "exeter": [(50, 50)] * 4}
    cells = table(rows)
    block = {"truro": "N58", "exeter": "N58"}

    shown = shown_groups(cells, POLICY, lambda group: block.get(group, "N54"))

    assert hidden_in(cells, shown, "2024-Q4") == {"hartlepool", "hull", "truro", "exeter"}


@pytest.mark.parametrize("size", [1, 5])
def test_large_groups_are_shown_in_full(size: int) -> None:
    cells = table({f"g{n}": [(20, 20)] * 5 for n in range(size)})
    shown = shown_groups(cells, POLICY)

    assert list(withheld(cells, shown, 0)) == []


def test_a_small_group_is_shown_for_its_year() -> None:
    quarters = [(3, 9), (4, 8), (3, 9), (3, 9)]
    cells = table({"a": quarters, "b": quarters, "c": [(30, 30)] * 4})
    shown = shown_groups(cells, POLICY)
    year = Period(PeriodKind.YEAR, date(2025, 3, 1))

    assert shown.allows("a", year)
    assert shown.latest_year("a", Period(PeriodKind.YEAR, date(2025, 6, 1))) == year
    assert not any(shown.allows("a", each) for each in cells)
    assert shown.allows("c", quarter(0))


@settings(max_examples=20)
@given(
    people=st.dictionaries(
        st.tuples(st.sampled_from("pqr"), st.sampled_from("xyz")),
        st.integers(1, 25),
        min_size=5,
    )
)
def test_prisons_beside_authorities_give_neither_away(people: dict[tuple[str, str], int]) -> None:
    """Both add up the same people; one table less the other must tell nothing."""
    shown = []
    for at in range(2):
        cells: dict[str, Cell] = {}
        for place, count in people.items():
            before = cells.get(place[at], Cell((0, 50)))
            cells[place[at]] = Cell((before.parts[0] + count, 50))
        shown.append((cells, shown_groups({quarter(0): cells}, POLICY)))
    told: list[Published] = [(tuple(people), sum(people.values()))]
    secrets = []
    for at, (cells, table_shown) in enumerate(shown):
        for group, cell in cells.items():
            of = tuple(place for place in people if place[at] == group)
            if table_shown.allows(group, quarter(0)):
                told.append((of, cell.parts[0]))
            elif cell.parts[0] <= POLICY.primary_max:
                secrets.append(Secret(group, of, cell.parts[0]))

    assert Attacker(told).worked_out(secrets) == []
