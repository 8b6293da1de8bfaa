"""The invented journeys: none is refused, every stage is there, and nothing lies in the future."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.commands import RecordRelease
from domain.events import EventKind
from domain.falling_due import fall_due, next_wakeup
from domain.london_time import london_date, london_instant
from domain.policy import Severity
from domain.state import Closure, LadderStatus, Phase, StepStatus
from infra.demo.plots import PLOTS
from tests.demo.staged import AUTUMN_WEDNESDAY, Show, castings, play

MORNING = time(11)
DAYS = {
    "a Sunday evening": london_instant(date(2027, 6, 20), time(23, 50)),
    "a Monday just after midnight": london_instant(date(2026, 11, 23), time(0, 10)),
    "Christmas Day": london_instant(date(2026, 12, 25), MORNING),
    "the spring change of the clocks": london_instant(date(2027, 3, 28), time(2, 30)),
    "the week of the autumn change": AUTUMN_WEDNESDAY,
}

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module", params=list(DAYS.values()), ids=list(DAYS))
def show(request: pytest.FixtureRequest) -> Show:
    return play(request.param)


def test_nothing_is_refused_and_nobody_left_out(show: Show) -> None:
    assert show.refused == ()
    assert len(show.played) == 500


def test_every_plot_is_told(show: Show) -> None:
    told = {each.casting.plot.name for each in show.played}

    assert told == {each.name for each in PLOTS}


def test_every_phase_closure_and_step_status_is_there(show: Show) -> None:
    releases = [each.release for each in show.played]

    assert {each.phase for each in releases} == set(Phase)
    assert {each.closure for each in releases} == {*Closure, None}
    assert {step.status for each in releases for step in each.steps.values()} == set(StepStatus)


def test_escalations_of_three_severities_wait_for_somebody(show: Show) -> None:
    ladders = [ladder for each in show.played for ladder in each.release.escalations.values()]
    live = {each.severity for each in ladders if each.status is LadderStatus.OPEN}

    assert live == {Severity.S1, Severity.S2, Severity.S3}
    assert any(each.status is LadderStatus.ACKNOWLEDGED for each in ladders)
    assert any(each.status is LadderStatus.CLOSED for each in ladders)


def test_every_open_release_has_something_to_wake_for(show: Show) -> None:
    for each in show.played:
        wakes = next_wakeup(each.release, each.rules) is not None
        assert wakes == each.release.is_open


def test_somebody_is_released_today(show: Show) -> None:
    released_on = {each.release.released.on for each in show.played if each.release.released}

    assert london_date(show.now) in released_on


def test_no_fact_is_true_later_than_it_is_recorded(show: Show) -> None:
    today = london_date(show.now)

    for each in show.played:
        assert all(event.on <= today for event in each.events if event.on)
        assert all(event.at <= show.now for event in each.events)


def test_a_drug_condition_without_evidence_will_be_refused_by_a_running_timer(show: Show) -> None:
    waiting = show.of("condition_requested")
    soon = [
        event.kind
        for each in waiting
        for event in fall_due(each.release, show.now + timedelta(days=30), each.rules)
    ]

    assert EventKind.CONDITION_REFUSED in soon


def test_the_same_day_always_tells_the_same_journeys() -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    assert castings(now) == castings(now)


def test_journeys_name_nobody() -> None:
    for each in castings(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        asked = [each.journey.with_start, *each.journey.afterwards]
        sent = "".join(submission.model_dump_json() for submission in asked if submission)
        sent += each.journey.new.model_dump_json()

        person = each.row
        personal = (person.prison_number, person.surname, person.crn or "-crn-")
        assert not any(value in sent for value in personal)
        assert person.mobile is None or person.mobile not in sent


def test_a_release_is_recorded_at_a_moment_that_has_come() -> None:
    just_after_midnight = london_instant(date(2026, 11, 24), time(0, 5))
    releases = [
        command
        for each in castings(just_after_midnight)
        for submission in [each.journey.with_start]
        if submission
        for command in submission.commands
        if isinstance(command, RecordRelease)
    ]

    assert max(each.at for each in releases) == just_after_midnight
