"""Starting a release: what is known at the beginning, and the first events."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from domain.answers import NO_CONDITION
from domain.codes import Nation, ReleaseType, Sex
from domain.commands import Actor
from domain.deciding.checks import refuse
from domain.deciding.life_events import expected_day
from domain.deciding.settling import settle
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import Event, EventKind
from domain.evolve import evolve
from domain.facts import Code, Day, Fact, Instant, TreatmentPicture
from domain.journey import JOURNEY, Side, Step
from domain.london_time import london_date
from domain.rules import Rules
from domain.state import Release, StepState, StepStatus

AT_THE_START: Final[tuple[Step, ...]] = tuple(
    each.step
    for each in JOURNEY
    if each.side is not Side.COMMUNITY and each.step is not Step.LICENCE
)
"""The steps that are open from the first moment."""


class NewRelease(Fact):
    """What must be known to start a release.

    Attributes:
        scheduled_on: The release date as the prison calculates it.
        as_given: Leave that date alone, whatever the day-of-release rule says.
        started_at: When work on this release began elsewhere, for a journey brought in half way;
            due times that passed since then have lapsed. None: it begins now.
        treatment: What is known already; the screening replaces it.
        previous_release: The release whose recall led to this one.
    """

    release_id: Code
    nation: Nation
    sex: Sex | None = None
    prison: Code
    destination: Code
    probation_unit: Code
    service: Code | None = None
    release_type: ReleaseType
    reception_on: Day
    scheduled_on: Day
    as_given: bool = False
    started_at: Instant | None = None
    treatment: TreatmentPicture | None = None
    previous_release: Code | None = None


def start(new: NewRelease, actor: Actor, now: datetime, rules: Rules) -> tuple[Event, ...]:
    """Return the first events of a release.

    Raises:
        Refused: A date is impossible, or lies beyond the published bank holidays.
    """
    began_at = min(new.started_at or now, now)
    _check_dates(new, began_at, now)
    blank = _blank(new, began_at, now, rules)
    expected = expected_day(
        new.scheduled_on, blank, london_date(began_at), rules, as_given=new.as_given
    )
    days_left = (expected - london_date(began_at)).days
    short = days_left < rules.policy.short_notice.under_days
    first = blank.model_copy(update={"expected_on": expected, "short_notice": short})
    data = first.model_dump(mode="json", exclude={"seq"}, exclude_defaults=True)
    opening = Event(seq=1, kind=EventKind.RELEASE_STARTED, at=now, actor=actor.id, data=data)
    state = evolve(None, opening)
    story = Story(state, now, rules, actor)
    settle(story, state, rules, london_date(now))
    return (opening, *story.events)


def _check_dates(new: NewRelease, began_at: datetime, now: datetime) -> None:
    if new.reception_on > london_date(now):
        refuse(Refusal.DATE_IN_FUTURE, "The reception is in the future. Check it.", "reception_on")
    if new.scheduled_on < new.reception_on:
        message = "The release date is before the reception into custody. Check both dates."
        refuse(Refusal.DATE_TOO_EARLY, message, "scheduled_on")
    if london_date(began_at) < new.reception_on:
        message = "Work cannot have begun before the reception into custody. Check both dates."
        refuse(Refusal.DATE_TOO_EARLY, message, "started_at")


def _blank(new: NewRelease, began_at: datetime, now: datetime, rules: Rules) -> Release:
    steps: dict[Step, StepState] = {step: StepState(armed_at=began_at) for step in AT_THE_START}
    steps[Step.LICENCE] = StepState(
        armed_at=began_at, status=StepStatus.NOT_NEEDED, reason=NO_CONDITION.reason
    )
    return Release(
        **new.model_dump(exclude={"as_given", "started_at", "treatment"}),
        policy_version=rules.policy.version,
        expected_on=new.scheduled_on,
        started_at=began_at,
        recorded_at=now,
        steps=steps,
        treatment=new.treatment,
    )
