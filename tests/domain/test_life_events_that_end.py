"""What ends a release before its time: recall, death, cancelling, merging, and what follows."""

from __future__ import annotations

import pytest

from domain.commands import (
    CancelRelease,
    Command,
    EndJourney,
    Merge,
    Recall,
    RecordDeath,
    SendReferral,
)
from domain.errors import Refusal
from domain.events import Event, EventKind
from domain.falling_due import fall_due, next_wakeup
from domain.journey import Step
from domain.state import Closure, LadderStatus, Phase
from notifications.notices import Audience, Template, notices
from tests.builders import SERVICE, Journey
from tests.domain.journeys import (
    MISSED,
    OPEN,
    day,
    kinds,
    london,
    move_to,
    refused,
    released,
    screened,
    stands,
    state_of,
)


def templates(journey: Journey, events: tuple[Event, ...]) -> list[str]:
    policy = journey.rules.policy
    return [each.template for each in notices(journey.state, events, policy)]


# Recall


def test_a_recall_closes_the_community_leg_and_keeps_its_history() -> None:
    journey = move_to(released(), day("2026-12-10"))
    journey.submit(Recall(on=day("2026-12-09")))

    state = journey.state
    assert (state.closure, state.returned_on) == (Closure.RECALLED, day("2026-12-09"))
    assert state.referrals
    assert state.released
    assert next_wakeup(state, journey.rules) is None


def test_the_next_release_names_the_one_before() -> None:
    assert Journey(previous_release="rel-0").state.previous_release == "rel-0"


def test_nobody_is_recalled_who_was_not_released() -> None:
    assert refused(screened(), Recall(on=day("2026-09-08"))).code is Refusal.NOT_RELEASED


def test_nobody_is_recalled_before_the_release() -> None:
    journey = released()

    assert refused(journey, Recall(on=day("2026-11-30"))).code is Refusal.DATE_TOO_EARLY


# Death


def test_after_a_death_everything_stops_and_only_the_death_lead_is_told() -> None:
    journey = move_to(screened(), day("2026-11-26"))
    assert journey.state.escalations
    events = journey.submit(RecordDeath(on=day("2026-11-26")))

    state, rules = journey.state, journey.rules
    assert (state.closure, state.died_on) == (Closure.DIED, day("2026-11-26"))
    assert all(each.status is LadderStatus.CLOSED for each in state.escalations.values())
    assert next_wakeup(state, rules) is None
    assert fall_due(state, london("2027-12-01 12:00"), rules) == ()
    told = notices(state, events, rules.policy)
    assert [(each.template, each.audience) for each in told] == [
        (Template.DEATH_RECORDED, Audience.DEATH_LEAD)
    ]


def test_lateness_stays_on_the_record_of_a_person_who_died() -> None:
    journey = move_to(screened(), day("2026-11-26"))
    journey.submit(RecordDeath(on=day("2026-11-26")))

    prescription = state_of(journey, Step.PRESCRIPTION)
    assert prescription.lapsed_at == london("2026-11-24 17:00")
    assert journey.events[-1].kind is EventKind.RELEASE_CLOSED


@pytest.mark.parametrize(
    ("died_on", "notifiable"),
    [("2026-12-01", True), ("2026-12-15", True), ("2026-12-16", False)],
)
def test_a_death_within_fourteen_days_of_the_release_is_flagged(
    died_on: str, notifiable: bool
) -> None:
    journey = move_to(released(), london("2026-12-20 12:00"))
    events = journey.submit(RecordDeath(on=day(died_on)))

    (died,) = (each for each in events if each.kind is EventKind.DIED)
    assert died.data["notifiable"] is notifiable
    assert died.on == day(died_on)


def test_a_death_in_custody_is_not_flagged_as_after_release() -> None:
    journey = screened()
    events = journey.submit(RecordDeath(on=day("2026-09-08")))

    assert events[0].data["notifiable"] is False


def test_a_death_after_the_journey_ended_is_recorded_and_told() -> None:
    journey = move_to(released(), day("2026-12-05"))
    journey.submit(EndJourney(on=day("2026-12-05"), reason="wants_no_treatment"))
    move_to(journey, day("2026-12-08"))
    events = journey.submit(RecordDeath(on=day("2026-12-07")))

    assert journey.state.died_on == day("2026-12-07")
    assert journey.state.closure is Closure.NOT_ENGAGED
    assert events[0].data["notifiable"] is True
    assert templates(journey, events) == [Template.DEATH_RECORDED]


def test_a_death_before_the_release_it_follows_is_refused() -> None:
    refusal = refused(released(), RecordDeath(on=day("2026-11-30")))

    assert (refusal.code, refusal.field) == (Refusal.DATE_TOO_EARLY, "on")


def test_a_death_is_recorded_once() -> None:
    journey = screened()
    journey.submit(RecordDeath(on=day("2026-09-08")))

    refusal = refused(journey, RecordDeath(on=day("2026-09-08")))

    assert refusal.code is Refusal.ALREADY_DONE


# Cancelled and merged


def test_a_cancelled_release_is_closed_with_its_reason() -> None:
    journey = screened()
    events = journey.submit(CancelRelease(on=day("2026-09-08"), reason="new_sentence"))

    assert journey.state.closure is Closure.CANCELLED
    assert events[0].data == {"reason": "new_sentence"}
    assert next_wakeup(journey.state, journey.rules) is None


def test_a_release_that_happened_cannot_be_cancelled() -> None:
    cancelled = CancelRelease(on=day("2026-12-01"), reason="new_sentence")

    assert refused(released(), cancelled).code is Refusal.ALREADY_RELEASED


def test_a_merged_record_names_the_one_that_goes_on() -> None:
    journey = screened()
    journey.submit(Merge(on=day("2026-09-08"), into="rel-2"))

    assert journey.state.closure is Closure.MERGED
    assert journey.state.merged_into == "rel-2"


def test_a_record_cannot_be_merged_into_itself() -> None:
    assert refused(screened(), Merge(on=day("2026-09-08"), into="rel-1")).code is Refusal.NO_CHANGE


# Whatever closes a release closes it for good


CLOSED_BY: dict[str, Command] = {
    "cancelled": CancelRelease(on=day("2026-11-26"), reason="new_sentence"),
    "merged": Merge(on=day("2026-11-26"), into="rel-2"),
    "died": RecordDeath(on=day("2026-11-26")),
}


@pytest.mark.parametrize("closure", CLOSED_BY)
def test_a_closed_release_has_no_ladder_no_due_time_and_takes_no_work(closure: str) -> None:
    journey = move_to(screened(), day("2026-11-26"))
    events = journey.submit(CLOSED_BY[closure])

    assert journey.state.phase is Phase.CLOSED
    assert journey.state.closure == closure
    assert kinds(events)[-1] is EventKind.RELEASE_CLOSED
    assert all(each.status is LadderStatus.CLOSED for each in journey.state.escalations.values())
    work = SendReferral(on=day("2026-11-26"), service=SERVICE)
    assert refused(journey, work).code is Refusal.CLOSED


def test_steps_that_were_never_done_stay_open_in_a_closed_release() -> None:
    journey = move_to(screened(), day("2026-11-26"))
    journey.submit(CLOSED_BY["cancelled"])

    assert stands(journey, Step.REFERRAL) is OPEN
    assert stands(journey, Step.RELEASE) is not MISSED
