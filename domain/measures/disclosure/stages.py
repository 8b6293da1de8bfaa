"""The funnel as it may be shown: people, and those lost before the next stage, per stage.

A person is in exactly one class, the furthest stage reached. Those who never started add up to the
part of the rate that did not start and the others to the part that did, and both are published, so
the two are protected each within itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from domain.measures.counts import Counts
from domain.measures.disclosure.breakdown import hidden_cells
from domain.measures.disclosure.cells import Cell
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Shown, shown_groups
from domain.measures.funnel import Stage, reached
from domain.measures.periods import Period

STARTED: Final = frozenset({Stage.STARTED, Stage.RETAINED})


class StageFigure(NamedTuple):
    """One row of the funnel; None where a number is withheld.

    Attributes:
        people: Those who reached the stage.
        lost: Those who did not reach the next one; None at the last stage as well.
    """

    stage: Stage
    people: int | None
    lost: int | None


def decide_stages(quarters: Mapping[Period, Counts], policy: DisclosurePolicy) -> Shown:
    """Return which classes are shown of a nation, with the stage in the place of a group.

    Args:
        quarters: Counts of consecutive quarters; see `decide_groups`.
        policy: What is small.
    """
    cells = {
        quarter: {str(stage): Cell((counts[f"furthest.{stage}"],)) for stage in Stage}
        for quarter, counts in quarters.items()
    }
    return shown_groups(cells, policy, _half)


def hidden_stages(
    groups: Mapping[str, Counts], groups_shown: frozenset[str], policy: DisclosurePolicy
) -> frozenset[tuple[str, str]]:
    """Return the classes to hide of each group, such as each authority, for one year.

    Args:
        groups: Counts of every group of the nation, for the policy's year.
        groups_shown: Those whose need-based rate of that year is shown.
        policy: What is small.
    """
    hidden: frozenset[tuple[str, str]] = frozenset()
    for half in (STARTED, frozenset(Stage) - STARTED):
        rows = {
            group: {str(stage): Cell((counts[f"furthest.{stage}"],)) for stage in sorted(half)}
            for group, counts in groups.items()
        }
        hidden |= hidden_cells(rows, groups_shown, policy)
    return hidden


def stage_figures(counts: Counts, hidden: Collection[str]) -> tuple[StageFigure, ...]:
    """Return the funnel of one group without what its hidden classes would tell.

    Args:
        counts: Of one group and period whose need-based rate is shown.
        hidden: The classes that are withheld.
    """
    exactly = {stage: counts[f"furthest.{stage}"] for stage in Stage}
    people = reached({str(stage): count for stage, count in exactly.items()})
    last = Stage.RETAINED
    return tuple(
        StageFigure(
            stage,
            None if _is_between(stage, hidden) else people[stage],
            None if stage in hidden or stage is last else exactly[stage],
        )
        for stage in Stage
    )


def _is_between(stage: Stage, hidden: Collection[str]) -> bool:
    """Whether some of the hidden classes of a half lie before a stage and some do not."""
    stages = tuple(Stage)
    half = STARTED if stage in STARTED else frozenset(Stage) - STARTED
    where = [stages.index(each) for each in half if each in hidden]
    at = stages.index(stage)
    return any(each < at for each in where) and any(each >= at for each in where)


def _half(stage: str) -> str:
    return "started" if stage in STARTED else "not_started"
