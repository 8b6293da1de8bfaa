"""Two measures of the same groups, one within the other: their difference is people too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Shown, shown_groups
from domain.measures.periods import Period, PeriodKind, shift
from tests.domain.measures.attacker import Attacker, Published

POLICY = DisclosurePolicy()
QUARTERS = tuple(Period(PeriodKind.QUARTER, shift(date(2024, 6, 1), 3 * n)) for n in range(4))
YEAR = Period(PeriodKind.YEAR, date(2025, 3, 1))
PERIODS = {**{each: (each,) for each in QUARTERS}, YEAR: QUARTERS}


class Group(NamedTuple):
    """People by quarter: in the inner measure, and only in the outer one."""

    started: int
    not_started: int
    started_outside: int
    not_started_outside: int

    def outer(self) -> Cell:
        return Cell((self.started + self.started_outside, self.others()))

    def others(self) -> int:
        return self.not_started + self.not_started_outside

    def inner(self) -> Cell:
        gaps = (self.started_outside, self.not_started_outside)
        return Cell((self.started, self.not_started), gaps)


Groups = Mapping[str, list[Group]]
FEW, MANY = st.integers(0, 6), st.integers(0, 40)
QUARTER = st.builds(Group, MANY, MANY, FEW, FEW) | st.builds(Group, MANY, MANY, MANY, MANY)
GROUPS = st.integers(2, 4).flatmap(
    lambda n: st.fixed_dictionaries(
        {f"g{each}": st.lists(QUARTER, min_size=4, max_size=4) for each in range(n)}
    )
)


def tables(groups: Groups) -> tuple[Shown, Shown]:
    outer = {p: {g: q[n].outer() for g, q in groups.items()} for n, p in enumerate(QUARTERS)}
    inner = {p: {g: q[n].inner() for g, q in groups.items()} for n, p in enumerate(QUARTERS)}
    outer_shown = shown_groups(outer, POLICY)
    return outer_shown, shown_groups(inner, POLICY, beside=[outer_shown])


def people(group: Group, part: int, *, inside: bool) -> int:
    return group[part if inside else part + 2]


def published(groups: Groups, shown: tuple[Shown, Shown], part: int) -> Iterator[Published]:
    outer, inner = shown
    for n, period in enumerate(QUARTERS):
        for sides in ((True, False), (True,)):
            of = [(g, period, side) for g in groups for side in sides]
            yield of, sum(people(groups[g][n], part, inside=side) for g, _, side in of)
    for period, quarters in PERIODS.items():
        for group in groups:
            if outer.allows(group, period):
                yield _figure(groups, group, quarters, part, (True, False))
            if inner.allows(group, period):
                yield _figure(groups, group, quarters, part, (True,))


def _figure(
    groups: Groups, group: str, quarters: tuple[Period, ...], part: int, sides: tuple[bool, ...]
) -> tuple[list[tuple[str, Period, bool]], int]:
    of = [(group, each, side) for each in quarters for side in sides]
    value = sum(
        people(groups[group][QUARTERS.index(each)], part, inside=side) for _, each, side in of
    )
    return of, value


def totals_are_large(groups: Groups) -> bool:
    whole = [
        Group(*(sum(v) for v in zip(*quarter, strict=True)))
        for quarter in zip(*groups.values(), strict=True)
    ]
    return not any(
        each.outer().is_unsafe(POLICY) or each.inner().is_unsafe(POLICY) for each in whole
    )


@settings(max_examples=10)
@given(groups=GROUPS.filter(totals_are_large))
def test_neither_measure_nor_their_difference_can_be_worked_out(groups: Groups) -> None:
    shown = tables(groups)

    for part in range(2):
        attacker = Attacker(published(groups, shown, part))
        for group in groups:
            for period, quarters in PERIODS.items():
                for sides in ((True, False), (True,), (False,)):
                    of, value = _figure(groups, group, quarters, part, sides)
                    if 1 <= value <= POLICY.primary_max:
                        assert not attacker.has_worked_out(of, value), (group, period, sides)


@given(groups=GROUPS)
def test_what_the_outer_measure_withholds_the_inner_one_does_too(groups: Groups) -> None:
    outer, inner = tables(groups)

    assert inner.figures <= outer.figures


def test_without_looking_at_the_outer_measure_deaths_would_be_counted() -> None:
    groups = {
        "a": [Group(20, 20, 0, 2)] * 4,
        "b": [Group(30, 30, 0, 9)] * 4,
        "c": [Group(40, 40, 0, 9)] * 4,
    }
    outer, inner = tables(groups)
    blind = {
        p: {g: Cell(q[n].inner().parts) for g, q in groups.items()} for n, p in enumerate(QUARTERS)
    }

    attacker = Attacker(published(groups, (outer, shown_groups(blind, POLICY)), 1))
    assert attacker.has_worked_out([("a", QUARTERS[0], False)], 2)
    attacker = Attacker(published(groups, (outer, inner), 1))
    assert not attacker.has_worked_out([("a", QUARTERS[0], False)], 2)
