"""Writing the read model, and setting on its way what the events give reason to tell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activities.contracts import Projection
from activities.projection import Projector
from tests.builders import Journey
from tests.fakes import MemoryReadModel, RememberingDispatcher


def lapsed() -> Journey:
    journey = Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    return journey


def a_projection(journey: Journey, told_until: int = 0) -> Projection:
    return Projection(release=journey.state, events=tuple(journey.events), told_until=told_until)


def test_what_was_queued_is_handed_over_for_sending() -> None:
    read_model, dispatcher = MemoryReadModel(), RememberingDispatcher()

    Projector(read_model, dispatcher).project(a_projection(lapsed()))

    assert dispatcher.notice_ids == list(read_model.notices)
    assert dispatcher.notice_ids


def test_events_that_come_again_to_repair_the_record_tell_nobody_again() -> None:
    read_model, dispatcher = MemoryReadModel(), RememberingDispatcher()
    journey = lapsed()

    Projector(read_model, dispatcher).project(a_projection(journey, journey.state.seq))

    assert len(read_model.events[journey.state.release_id]) == journey.state.seq
    assert dispatcher.notice_ids == []


def test_nothing_is_handed_over_when_nothing_was_written() -> None:
    read_model, dispatcher = MemoryReadModel(), RememberingDispatcher()
    read_model.is_down = True

    with pytest.raises(ConnectionError):
        Projector(read_model, dispatcher).project(a_projection(lapsed()))

    assert dispatcher.notice_ids == []
