"""What an event gives reason to tell, and to whom."""

from __future__ import annotations

from datetime import date, timedelta

from domain.commands import CancelRelease, MoveReleaseDate, RecordDeath, RecordRelease, SendHandover
from domain.events import Event
from domain.policy import Channel, Severity, Target
from notifications.notices import Audience, Notice, Template, notices
from tests.builders import Journey, a_screening, an_opiate_picture, at


def told(journey: Journey, events: tuple[Event, ...]) -> tuple[Notice, ...]:
    return notices(journey.state, events, journey.rules.policy)


def test_a_lapse_pages_the_first_rung_on_its_channels() -> None:
    journey = Journey()
    lapse = journey.wait_until(journey.now + timedelta(days=3))

    page = told(journey, lapse)[0]

    assert (page.template, page.audience) == (Template.STEP_LAPSED, Target.NAMED_WORKER)
    assert (page.severity, Channel.EMAIL in page.channels) == (Severity.S3, True)


def test_each_further_rung_pages_somebody_else_and_the_top_pages_the_owner() -> None:
    journey = Journey()
    events = journey.wait_until(journey.now + timedelta(days=10))

    screening = [each for each in told(journey, events) if each.step == "screening"]

    assert [each.audience for each in screening] == [
        Target.NAMED_WORKER,
        Target.TEAM_MANAGER,
        Target.SERVICE_OWNER,
    ]


def test_the_same_event_gives_the_same_notice_again() -> None:
    journey = Journey()
    events = journey.wait_until(journey.now + timedelta(days=10))

    assert told(journey, events) == told(journey, events)
    assert len({each.id for each in told(journey, events)}) == len(told(journey, events))


def test_a_moved_date_is_told_to_everybody_once() -> None:
    journey = Journey()
    on = journey.now.date()
    move = MoveReleaseDate(on=on, scheduled_on=date(2026, 12, 15), as_given=True)

    found = told(journey, journey.submit(move))

    assert [(each.template, each.audience) for each in found] == [
        (Template.RELEASE_DATE_MOVED, Audience.ALL_PARTIES)
    ]


def test_after_a_death_only_the_death_lead_is_told() -> None:
    journey = Journey(treatment=an_opiate_picture())
    journey.wait_until(at(date(2026, 12, 1)))
    release = RecordRelease(at=at(date(2026, 12, 1), 9), naloxone_in_hand=True)
    journey.submit(release)

    found = told(journey, journey.submit(RecordDeath(on=date(2026, 12, 1))))

    assert [(each.audience, each.severity) for each in found] == [
        (Audience.DEATH_LEAD, Severity.S1)
    ]


def test_a_journey_brought_in_half_way_tells_nothing_of_its_past() -> None:
    journey = Journey()
    on = journey.now.date()
    journey.submit(a_screening(on), SendHandover(on=on, pack="pack-1"))
    journey.submit(CancelRelease(on=on, reason="new_sentence"))

    assert told(journey, tuple(journey.events)) == ()
    assert told(journey, tuple(journey.events[1:])) != ()
