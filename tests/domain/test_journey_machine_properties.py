"""Random journeys: whatever people ask in whatever order, no due time is lost and nobody is
chased who should not be.

The figures of the oracle (nought to 21 days) are written out here and not taken from the policy.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.commands import Command, RecordRelease, Submission
from domain.deciding import decide
from domain.deciding.deciding import rules_after
from domain.due import due_of
from domain.errors import Refusal, Refused
from domain.events import Event, EventKind
from domain.evolve import evolve, replay
from domain.falling_due import fall_due, next_wakeup
from domain.journey import Step
from domain.london_time import london_date
from domain.state import LadderStatus, Release, StepState, StepStatus
from tests.builders import Journey, a_submission
from tests.domain.journeys import day, london, move_to, ready, referred, released, screened
from tests.domain.random_commands import BUILD

KINDS = tuple(BUILD)
BY_THEMSELVES = {
    EventKind.STEP_WARNED,
    EventKind.STEP_LAPSED,
    EventKind.ESCALATION_RAISED,
    EventKind.ACKNOWLEDGEMENT_EXPIRED,
    EventKind.ESCALATION_EXHAUSTED,
}
WOULD_WAKE_SOMEBODY = BY_THEMSELVES | {EventKind.ESCALATION_OPENED, EventKind.STEP_OPENED}


def test_there_is_a_random_command_of_every_kind() -> None:
    kinds = get_args(get_args(Command)[0])

    assert set(KINDS) == set(kinds)


def half_way() -> Journey:
    return Journey(now=london("2026-11-26 09:00"), started_at=london("2026-09-07 11:00"))


def from_court() -> Journey:
    return Journey(scheduled_on=day("2026-09-08"), as_given=True, release_type="court")


def unprepared() -> Journey:
    journey = move_to(screened(), day("2026-11-30"))
    journey.submit(RecordRelease(at=journey.now, naloxone_in_hand=False))
    return journey


BEGINNINGS = (Journey, screened, referred, ready, released, half_way, from_court, unprepared)


@cache
def begun(number: int) -> Journey:
    return BEGINNINGS[number]()


class RandomJourney(RuleBasedStateMachine):
    """One release, random commands and a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.journey = Journey()
        self.seen: list[Submission] = []

    @initialize(number=st.integers(0, len(BEGINNINGS) - 1))
    def begin(self, number: int) -> None:
        known = begun(number)
        self.journey.state, self.journey.events = known.state, list(known.events)
        self.journey.now, self.journey.rules = known.now, known.rules
        self.let_fall_due(self.journey.now)

    # What happens

    @rule(hours=st.integers(1, 24 * 20))
    def wait(self, hours: int) -> None:
        self.let_fall_due(self.journey.now + timedelta(hours=hours))

    @precondition(lambda self: self.journey.state.is_open)
    @rule()
    def wait_for_the_next_thing(self) -> None:
        wake = next_wakeup(self.journey.state, self.journey.rules)
        assert wake is not None
        self.let_fall_due(wake)

    @rule(
        kind=st.sampled_from(KINDS),
        other=st.none() | st.sampled_from(KINDS),
        ago=st.sampled_from([0, 0, 0, 1, 2, 9, 200, -1]),
        number=st.integers(0, 999),
    )
    def ask(self, kind: type[Any], other: type[Any] | None, ago: int, number: int) -> None:
        on = london_date(self.journey.now) - timedelta(days=ago)
        asked = [kind, other] if other else [kind]
        submission = a_submission(*(BUILD[each](on, number) for each in asked))
        before, text = self.journey.state, self.journey.state.model_dump_json()
        events = self.decided(submission)
        if isinstance(events, Refused):
            assert events.message.endswith(".")
            assert before.model_dump_json() == text
            return
        assert events == decide(before, submission, self.journey.now, self.journey.rules)
        self.check_submission(submission, events)
        self.tell(events)
        self.journey.rules = rules_after(self.journey.rules, submission)
        self.seen.append(submission)
        self.let_fall_due(self.journey.now)

    @precondition(lambda self: self.seen)
    @rule(which=st.integers(0, 30))
    def ask_the_same_again(self, which: int) -> None:
        again = self.seen[which % len(self.seen)]

        assert decide(self.journey.state, again, self.journey.now, self.journey.rules) == ()

    @precondition(lambda self: self.seen)
    @rule(which=st.integers(0, 30), kind=st.sampled_from(KINDS))
    def ask_something_else_under_a_used_key(self, which: int, kind: type[Any]) -> None:
        key = self.seen[which % len(self.seen)].key
        other = a_submission(BUILD[kind](day("2026-08-31"), 777), key=key)
        refusal = self.decided(other)

        assert isinstance(refusal, Refused)
        assert refusal.code is Refusal.KEY_REUSED

    @rule(first=st.integers(0, 24 * 3), more=st.integers(1, 24 * 7))
    def look_ahead_in_two_steps(self, first: int, more: int) -> None:
        state, rules, now = self.journey.state, self.journey.rules, self.journey.now
        soon, later = now + timedelta(hours=first), now + timedelta(hours=first + more)
        at_once = fall_due(state, later, rules)
        by_then = fall_due(state, soon, rules)

        assert at_once[: len(by_then)] == by_then
        assert fall_due(after(state, by_then), later, rules) == at_once[len(by_then) :]
        assert fall_due(state, later, rules) == at_once

    # What always holds

    @invariant()
    def an_open_release_wakes_up_in_the_future_and_a_closed_one_never(self) -> None:
        state, wake = self.journey.state, next_wakeup(self.journey.state, self.journey.rules)
        if state.is_open:
            assert wake is not None
            assert wake > self.journey.now
        else:
            assert wake is None
            assert fall_due(state, self.journey.now + timedelta(days=99), self.journey.rules) == ()

    @invariant()
    def no_due_time_is_lost(self) -> None:
        state = self.journey.state
        if not state.is_open:
            assert all(each.status is LadderStatus.CLOSED for each in state.escalations.values())
            return
        for step, current in state.steps.items():
            self.check_open_step(step, current)

    @invariant()
    def treatment_counts_by_its_start_alone(self) -> None:
        state = self.journey.state
        start, left = state.treatment_start, state.released
        counts = start is not None and left is not None and 0 <= (start.on - left.on).days <= 21
        engagement = state.steps.get(Step.ENGAGEMENT)

        assert (engagement is not None and engagement.status is StepStatus.DONE) is counts

    @invariant()
    def a_person_who_died_is_left_in_peace(self) -> None:
        kinds = [each.kind for each in self.journey.events]
        for closing in (EventKind.DIED, EventKind.RELEASE_CLOSED):
            if closing in kinds:
                afterwards = set(kinds[kinds.index(closing) :])
                assert not afterwards & WOULD_WAKE_SOMEBODY

    def teardown(self) -> None:
        events, state = self.journey.events, self.journey.state
        assert [each.seq for each in events] == list(range(1, len(events) + 1))
        assert replay(events) == state
        assert Release.model_validate_json(state.model_dump_json()) == state
        through_json = [Event.model_validate_json(each.model_dump_json()) for each in events]
        assert replay(through_json) == state
        opened = [
            each.data["number"] for each in events if each.kind is EventKind.ESCALATION_OPENED
        ]
        assert opened == list(range(1, len(opened) + 1))

    # How it is told and checked

    def decided(self, submission: Submission) -> tuple[Event, ...] | Refused:
        try:
            return decide(self.journey.state, submission, self.journey.now, self.journey.rules)
        except Refused as refusal:
            return refusal

    def let_fall_due(self, now: datetime) -> None:
        assert now >= self.journey.now
        self.journey.now = now
        events = fall_due(self.journey.state, now, self.journey.rules)
        fell = [each.at for each in events if each.kind in BY_THEMSELVES]
        assert fell == sorted(fell)
        assert all(each.at <= now and each.actor is None for each in events)
        self.tell(events)

    def tell(self, events: tuple[Event, ...]) -> None:
        before = self.journey.state
        self.journey.state = after(before, events)
        self.journey.events.extend(events)
        self.check_nothing_is_forgotten(before, self.journey.state)

    def check_submission(self, submission: Submission, events: tuple[Event, ...]) -> None:
        assert events
        assert {each.at for each in events} == {self.journey.now}
        assert {each.actor for each in events} == {submission.actor.id}
        assert [each.key for each in events] == [None] * (len(events) - 1) + [submission.key]

    def check_nothing_is_forgotten(self, before: Release, now: Release) -> None:
        for step, was in before.steps.items():
            assert now.steps[step].lapses >= was.lapses
        kept: tuple[date, ...] = now.earlier_dates[: len(before.earlier_dates)]
        assert kept == before.earlier_dates

    def check_open_step(self, step: Step, current: StepState) -> None:
        state, now = self.journey.state, self.journey.now
        ladder = state.escalations.get(step)
        stands = ladder is not None and ladder.status is not LadderStatus.CLOSED
        overdue = current.status is StepStatus.OPEN and current.lapsed_at is not None
        assert stands is overdue
        if overdue:
            assert ladder is not None
            assert ladder.next_at > now
        elif current.status is StepStatus.OPEN and not waits_for_a_fact(state, step):
            due = due_of(state, step, self.journey.rules)
            assert due is not None
            assert due.at > now


def waits_for_a_fact(state: Release, step: Step) -> bool:
    """Whether a step rightly has no due time: in hospital, or no start to count from."""
    if step is Step.FIRST_CONTACT:
        return state.in_hospital
    return step is Step.RETENTION and state.treatment_start is None


def after(state: Release, events: tuple[Event, ...]) -> Release:
    for each in events:
        state = evolve(state, each)
    return state


TestRandomJourney = RandomJourney.TestCase
TestRandomJourney.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
