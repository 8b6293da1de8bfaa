"""Acknowledgement times as they leave the service: nothing small, and nothing by subtraction."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures.acknowledging import BUCKETS, NEVER, OVER, TOLD_WITHIN, half_within
from domain.measures.counts import EnglandCounts
from domain.measures.cuts import WHOLE
from domain.measures.disclosure.escalations import (
    decide_escalations,
    escalations_cell,
    hidden_groups,
)
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.periods import Period, PeriodKind
from domain.policy import Severity
from tests.domain.measures.attacker import Attacker, Secret

POLICY = DisclosurePolicy()
YEAR = Period(PeriodKind.YEAR, date(2026, 3, 1))


def counts(within: int, others: int) -> EnglandCounts:
    return EnglandCounts({"ack.S1.15": within, "ack.S1.60": others})


def quarters(*numbers: tuple[int, int]) -> dict[Period, EnglandCounts]:
    last = Period(PeriodKind.QUARTER, date(2026, 3, 1))
    periods = [last.before(n) for n in reversed(range(len(numbers)))]
    return {each: counts(*both) for each, both in zip(periods, numbers, strict=True)}


def test_each_limit_is_one_by_which_answers_are_counted() -> None:
    assert set(TOLD_WITHIN) == set(Severity)
    assert set(TOLD_WITHIN.values()) <= set(BUCKETS)


@pytest.mark.parametrize(
    ("buckets", "half"),
    [
        ({"5": 1}, 5),
        ({"5": 1, "60": 1}, 5),
        ({"5": 1, "60": 2}, 60),
        ({"5": 2, NEVER: 2}, 5),
        ({"5": 2, NEVER: 3}, None),
        ({OVER: 1}, None),
        ({}, None),
    ],
)
def test_those_who_never_answered_are_the_slowest(
    buckets: dict[str, int], half: int | None
) -> None:
    assert half_within(buckets) == half


def test_the_cell_is_those_within_the_limit_and_those_that_are_not() -> None:
    found = EnglandCounts({"ack.S2.15": 3, "ack.S2.480": 4, "ack.S2.1440": 5, "ack.S2.never": 6})

    assert escalations_cell(found, Severity.S2).parts == (7, 11)
    assert escalations_cell(found, Severity.S1).parts == (0, 0)


def test_a_nations_year_is_withheld_with_a_quarter_that_it_would_tell() -> None:
    shown = decide_escalations(quarters((9, 9), (9, 2), (9, 9), (9, 9)), Severity.S1, POLICY)

    allowed = [shown.allows(WHOLE, each) for each in quarters(*[(0, 0)] * 4)]
    assert allowed == [True, False, False, False]
    assert not shown.allows(WHOLE, YEAR)


def block(group: str) -> str:
    return group[0]


groups = st.dictionaries(
    st.sampled_from(["A1", "A2", "A3", "B1", "B2", "C1"]),
    st.tuples(st.integers(0, 12), st.integers(0, 12)),
    min_size=4,
)


@given(groups)
def test_no_small_number_of_a_group_can_be_worked_out(numbers: dict[str, tuple[int, int]]) -> None:
    """The attacker has the nation, each block that its own table shows, and every shown group."""
    table = {group: counts(*both) for group, both in numbers.items()}
    hidden = hidden_groups(table, Severity.S1, POLICY, block)
    blocks: dict[str, EnglandCounts] = {}
    for group, each in table.items():
        blocks[block(group)] = blocks.get(block(group), EnglandCounts()) + each
    hidden_blocks = hidden_groups(blocks, Severity.S1, POLICY, lambda _: "")
    for part in (0, 1):
        value = {group: both[part] for group, both in numbers.items()}
        if 1 <= sum(value.values()) <= POLICY.primary_max:
            continue  # the nation's own figure is then withheld, and all of its groups with it
        published = [(tuple(value), sum(value.values()))]
        published += [
            (members, sum(value[each] for each in members))
            for name in set(blocks) - hidden_blocks
            if (members := tuple(each for each in value if block(each) == name))
        ]
        published += [((each,), value[each]) for each in value if each not in hidden]
        secrets = [
            Secret(each, (each,), value[each])
            for each in hidden
            if 1 <= value[each] <= POLICY.primary_max
        ]
        assert not [each for each in value if each not in hidden and 1 <= value[each] <= 4]
        assert Attacker(published).worked_out(secrets) == []
