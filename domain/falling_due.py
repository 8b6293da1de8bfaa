"""What falls due by itself: reminders, lapses and the rungs of ladders.

Every event here is stamped with the instant it fell due, not the moment it was noticed, and comes
in the order of those instants. So the events are the same whether a workflow wakes on time, late,
or twice; the projection of a wake-up relies on that (ADR 0007).
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from domain.deciding.closing import standing_ladder, worsen_ladder
from domain.deciding.licence import refuse_unevidenced
from domain.deciding.story import Story
from domain.due import due_of, warning_of
from domain.events import Event, EventKind
from domain.journey import DEFINITIONS, Step
from domain.ladder import climb, open_ladder
from domain.rules import Rules
from domain.state import LadderStatus, Release, StepStatus


class Falling(IntEnum):
    """What falls due; of several at one instant the lower comes first."""

    WARNING = 1
    LAPSE = 2
    RUNG = 3


class Wake(NamedTuple):
    """One thing that will fall due: when, what, and of which step (by its place in the journey)."""

    at: datetime
    falling: Falling
    place: int
    step: Step


def next_wakeup(state: Release, rules: Rules) -> datetime | None:
    """Return the instant (UTC) at which something falls due next, None for a closed release."""
    wake = _next(state, rules)
    return wake.at if wake else None


def fall_due(state: Release, now: datetime, rules: Rules) -> tuple[Event, ...]:
    """Return the events of everything that fell due up to and including `now`."""
    story = Story(state, now, rules)
    while (wake := _next(story.state, rules)) is not None and wake.at <= now:
        _FALL[wake.falling](story, wake)
    return tuple(story.events)


def _next(state: Release, rules: Rules) -> Wake | None:
    if not state.is_open:
        return None
    return min(_wakes(state, rules), default=None)


def _wakes(state: Release, rules: Rules) -> list[Wake]:
    found = []
    for place, step in enumerate(DEFINITIONS):
        current = state.steps.get(step)
        if current is None or current.status is not StepStatus.OPEN:
            continue
        found += _rungs(state, step, place)
        if current.lapsed_at is not None:
            continue
        lapse = due_of(state, step, rules)
        if lapse is not None:
            found.append(Wake(lapse.at, Falling.LAPSE, place, step))
        warning = warning_of(state, step, rules)
        if warning is not None:
            found.append(Wake(warning[1], Falling.WARNING, place, step))
    return found


def _rungs(state: Release, step: Step, place: int) -> list[Wake]:
    ladder = state.escalations.get(step)
    if ladder is None or ladder.status is LadderStatus.CLOSED:
        return []
    return [Wake(ladder.next_at, Falling.RUNG, place, step)]


def _warn(story: Story, wake: Wake) -> None:
    warning = warning_of(story.state, wake.step, story.rules)
    if warning is not None:
        data = {"number": warning[0]}
        story.tell(EventKind.STEP_WARNED, data, step=wake.step, at=wake.at)


def _lapse(story: Story, wake: Wake) -> None:
    lapse = due_of(story.state, wake.step, story.rules)
    if lapse is None:
        return
    data = {"severity": lapse.severity, "due_at": lapse.at.isoformat()}
    story.tell(EventKind.STEP_LAPSED, data, step=wake.step, at=wake.at)
    if wake.step is Step.LICENCE:
        refuse_unevidenced(story, wake.at)
    known_at = max(wake.at, story.state.steps[wake.step].armed_at, story.state.recorded_at)
    if standing_ladder(story, wake.step) is not None:
        # Somebody said before that they cannot do it: those who know go on being asked.
        worsen_ladder(story, wake.step, lapse.severity, known_at)
        return
    number = story.state.escalations_opened + 1
    ladder = open_ladder(number, wake.step, lapse.severity, known_at, story.rules)
    data = ladder.model_dump(mode="json")
    story.tell(EventKind.ESCALATION_OPENED, data, step=wake.step, at=known_at)


def _climb(story: Story, wake: Wake) -> None:
    rung = climb(story.state.escalations[wake.step], story.rules)
    data = rung.ladder.model_dump(mode="json")
    story.tell(rung.kind, data, step=wake.step, at=wake.at)


_FALL = {Falling.WARNING: _warn, Falling.LAPSE: _lapse, Falling.RUNG: _climb}
