"""What is foretold comes out the same whenever it is computed (ADR 0007, its first point)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.deciding import decide
from domain.events import Event
from domain.evolve import evolve
from domain.falling_due import fall_due
from domain.state import Release
from tests.builders import Journey, a_submission, all_essentials, sittings

START = datetime(2026, 9, 7, 10, tzinfo=UTC)
MINUTES = st.integers(min_value=0, max_value=200 * 24 * 60)
SITTINGS_HELD = st.integers(min_value=0, max_value=9)


def after(held: int) -> Journey:
    """Return a journey after some of its sittings."""
    journey = Journey(now=START, as_given=True)
    for when, commands in sittings(journey.state.expected_on)[:held]:
        journey.wait_until(when)
        journey.submit(*commands)
    return journey


def told(state: Release, events: tuple[Event, ...]) -> Release:
    for each in events:
        state = evolve(state, each)
    return state


@given(held=SITTINGS_HELD, first=MINUTES, later=MINUTES)
def test_a_first_attempt_tells_the_beginning_of_what_a_later_one_tells(
    held: int, first: int, later: int
) -> None:
    journey = after(held)
    sooner_at, later_at = (journey.now + timedelta(minutes=each) for each in sorted((first, later)))

    sooner = fall_due(journey.state, sooner_at, journey.rules)
    whole = fall_due(journey.state, later_at, journey.rules)

    assert whole[: len(sooner)] == sooner


@given(held=SITTINGS_HELD, first=MINUTES, later=MINUTES)
def test_waking_twice_tells_what_waking_once_tells(held: int, first: int, later: int) -> None:
    journey = after(held)
    sooner_at, later_at = (journey.now + timedelta(minutes=each) for each in sorted((first, later)))

    sooner = fall_due(journey.state, sooner_at, journey.rules)
    rest = fall_due(told(journey.state, sooner), later_at, journey.rules)

    assert (*sooner, *rest) == fall_due(journey.state, later_at, journey.rules)


@given(held=st.integers(min_value=0, max_value=4), first=MINUTES, wait=st.integers(0, 600))
def test_a_submission_before_the_retry_is_recorded_after_what_was_written(
    held: int, first: int, wait: int
) -> None:
    journey = after(held)
    died_at = journey.now + timedelta(minutes=first)
    asked_at = died_at + timedelta(minutes=wait)
    written = fall_due(journey.state, died_at, journey.rules)

    due = fall_due(journey.state, asked_at, journey.rules)
    submission = a_submission(all_essentials(START.date()))
    decided = decide(told(journey.state, due), submission, asked_at, journey.rules)

    story = (*due, *decided)
    assert story[: len(written)] == written
    assert [each.seq for each in story] == [
        journey.state.seq + number for number in range(1, len(story) + 1)
    ]
