"""The funnel shows where people are lost and never how few."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measures.counts import EnglandCounts, furthest
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Shown
from domain.measures.disclosure.stages import (
    STARTED,
    StageFigure,
    decide_stages,
    hidden_stages,
    stage_figures,
)
from domain.measures.funnel import Stage, reached
from domain.measures.periods import Period, PeriodKind, shift
from tests.domain.measures.attacker import Attacker, Published

POLICY = DisclosurePolicy()
STAGES = tuple(Stage)


def a_funnel(*exactly: int) -> EnglandCounts:
    return EnglandCounts({furthest(s): n for s, n in zip(STAGES, exactly, strict=True)})


def told(counts: EnglandCounts, hidden: Collection[str]) -> Iterator[Published]:
    exactly = [counts[furthest(stage)] for stage in STAGES]
    yield STAGES, sum(exactly)
    yield tuple(STARTED), sum(exactly[5:])
    for n, row in enumerate(stage_figures(counts, hidden)):
        if row.people is not None:
            yield STAGES[n:], row.people
        if row.lost is not None:
            yield [STAGES[n]], row.lost


def hidden_of(counts: EnglandCounts) -> set[str]:
    others = a_funnel(50, 50, 50, 49, 50, 50, 50)
    found = hidden_stages({"a": counts, "b": others}, frozenset({"a", "b"}), POLICY)
    return {stage for group, stage in found if group == "a"}


FUNNELS = st.lists(st.integers(0, 12) | st.integers(5, 80), min_size=7, max_size=7).map(
    lambda exactly: a_funnel(*exactly)
)


def rate_is_shown(counts: EnglandCounts) -> bool:
    people = reached(counts.family("furthest"))
    started = people[Stage.STARTED]
    return min(started, people[Stage.SCREENED] - started) > 4


@settings(max_examples=40)
@given(counts=FUNNELS.filter(rate_is_shown))
def test_no_small_loss_can_be_worked_out_from_a_funnel(counts: EnglandCounts) -> None:
    attacker = Attacker(told(counts, hidden_of(counts)))

    for stage in STAGES:
        value = counts[furthest(stage)]
        if 1 <= value <= 4:
            assert not attacker.has_worked_out([stage], value)


def test_what_is_hidden_leaves_out_the_people_between() -> None:
    counts = a_funnel(30, 3, 20, 6, 40, 50, 60)

    assert hidden_of(counts) == {"referred", "appointed"}
    assert stage_figures(counts, {"referred", "appointed"}) == (
        StageFigure(Stage.SCREENED, 209, 30),
        StageFigure(Stage.REFERRED, 179, None),
        StageFigure(Stage.ACCEPTED, None, 20),
        StageFigure(Stage.APPOINTED, None, None),
        StageFigure(Stage.SEEN, 150, 40),
        StageFigure(Stage.STARTED, 110, 50),
        StageFigure(Stage.RETAINED, 60, None),
    )


def test_a_small_loss_after_the_start_hides_those_retained() -> None:
    counts = a_funnel(30, 30, 30, 30, 30, 2, 60)
    rows = stage_figures(counts, hidden_of(counts))

    assert (rows[-2].people, rows[-2].lost, rows[-1].people) == (62, None, None)


def test_with_nothing_small_everything_is_shown() -> None:
    counts = a_funnel(10, 11, 12, 13, 14, 15, 16)
    rows = stage_figures(counts, hidden_of(counts))

    assert [row.people for row in rows] == [91, 81, 70, 58, 45, 31, 16]
    assert [row.lost for row in rows] == [10, 11, 12, 13, 14, 15, None]


@pytest.mark.parametrize("small", [0, 4])
def test_a_nation_is_decided_over_time_like_groups(small: int) -> None:
    counts = {
        Period(PeriodKind.QUARTER, shift(date(2024, 6, 1), 3 * n)): a_funnel(
            *(3 if (n == 1 and k == small) else 20 for k in range(7))
        )
        for n in range(4)
    }

    shown: Shown = decide_stages(counts, POLICY)

    quarters = list(counts)
    assert shown.allows(STAGES[small], quarters[0])
    assert not shown.allows(STAGES[small], quarters[1])
    assert sum(not shown.allows(stage, quarters[1]) for stage in STAGES) == 2
    assert all(shown.allows(stage, quarters[1]) for stage in STARTED)
