"""The funnel: how far each person with a treatment need got, and what had lapsed before the loss.

A person who reached a later stage counts as having passed every earlier one, recorded or not: the
funnel says where people are lost, and data quality is shown beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from domain.facts import RetentionOutcome
from domain.journey import JOURNEY, Step
from domain.measures.policy import MeasuresPolicy
from domain.measures.release import MeasuredRelease


class Stage(StrEnum):
    """The stages in order; the first is everybody screened as needing treatment."""

    SCREENED = "screened"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    APPOINTED = "appointed"
    SEEN = "seen"
    STARTED = "started"
    RETAINED = "retained"


STAGE_STEPS: Final[Mapping[Stage, Step]] = {
    Stage.SCREENED: Step.SCREENING,
    Stage.REFERRED: Step.REFERRAL,
    Stage.ACCEPTED: Step.REFERRAL,
    Stage.APPOINTED: Step.APPOINTMENT,
    Stage.SEEN: Step.FIRST_CONTACT,
    Stage.STARTED: Step.ENGAGEMENT,
    Stage.RETAINED: Step.RETENTION,
}
"""The step of the journey that brings a person to each stage."""


def is_started_in_window(release: MeasuredRelease, policy: MeasuresPolicy) -> bool:
    """Return whether treatment started inside the window, both ends included (R3)."""
    days = release.days_to_start
    return days is not None and policy.window_from_day <= days <= policy.window_to_day


def is_retained(release: MeasuredRelease) -> bool:
    """Return whether the twelve-week answer is in treatment, or left earlier as complete (R17)."""
    kept = (RetentionOutcome.IN_TREATMENT, RetentionOutcome.LEFT_TREATMENT_COMPLETE)
    return release.retention in kept


def furthest_stage(release: MeasuredRelease, policy: MeasuresPolicy) -> Stage:
    """Return the last stage that a person with a treatment need reached."""
    started = is_started_in_window(release, policy)
    reached: Mapping[Stage, Callable[[], bool]] = {
        Stage.RETAINED: lambda: started and is_retained(release),
        Stage.STARTED: lambda: started,
        Stage.SEEN: lambda: release.seen,
        Stage.APPOINTED: lambda: release.appointed,
        Stage.ACCEPTED: lambda: release.accepted,
        Stage.REFERRED: lambda: release.referred_on is not None,
    }
    return next((stage for stage, holds in reached.items() if holds()), Stage.SCREENED)


def lost_before(furthest: Stage) -> Stage | None:
    """Return the stage that was not reached, None for a person who reached the last."""
    stages = tuple(Stage)
    after = stages.index(furthest) + 1
    return stages[after] if after < len(stages) else None


def lapses_before(stage: Stage, lapsed: frozenset[Step]) -> tuple[Step, ...]:
    """Return the lapsed steps up to the one that brings people to `stage`, in journey order."""
    steps = [each.step for each in JOURNEY]
    upto = steps[: steps.index(STAGE_STEPS[stage]) + 1]
    return tuple(each for each in upto if each in lapsed)


def reached(furthest_counts: Mapping[str, int]) -> dict[Stage, int]:
    """Return how many reached each stage, from how many got exactly so far."""
    stages = tuple(Stage)
    exactly = [furthest_counts.get(each, 0) for each in stages]
    return {each: sum(exactly[n:]) for n, each in enumerate(stages)}
