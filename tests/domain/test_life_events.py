"""Life happens to a release: moved, transferred, early, in hospital, recorded late."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.codes import HandoverParty
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    ChangeDestination,
    Command,
    MoveReleaseDate,
    RecordHospitalAdmission,
    RecordHospitalDischarge,
    RecordRelease,
    SendHandover,
    SendReferral,
    Transfer,
)
from domain.errors import Refusal
from domain.events import Event, EventKind
from domain.facts import ReleaseRoute
from domain.journey import Step
from domain.policy import Severity
from domain.state import LadderStatus, StepStatus
from notifications.notices import Audience, Template, notices
from tests.builders import SERVICE, Journey, a_screening
from tests.domain.journeys import (
    DONE,
    STARTS_ON,
    day,
    first_lapse,
    ladder,
    lapses_of,
    london,
    move_to,
    ready,
    refused,
    release,
    released,
    screened,
    stands,
    state_of,
)


def moved(to: str, on: str) -> MoveReleaseDate:
    return MoveReleaseDate(on=day(on), scheduled_on=day(to), as_given=True)


def templates(journey: Journey, events: tuple[Event, ...]) -> list[str]:
    policy = journey.rules.policy
    return [each.template for each in notices(journey.state, events, policy)]


# The date moves


def test_a_moved_date_keeps_the_old_one_and_tells_everybody_once() -> None:
    journey = move_to(screened(), day("2026-10-01"))
    events = journey.submit(moved("2026-12-15", "2026-10-01"))

    assert journey.state.expected_on == day("2026-12-15")
    assert journey.state.earlier_dates == (day("2026-12-01"),)
    told = notices(journey.state, events, journey.rules.policy)
    assert [(each.template, each.audience) for each in told] == [
        (Template.RELEASE_DATE_MOVED, Audience.ALL_PARTIES)
    ]


def test_every_earlier_date_is_kept_in_order() -> None:
    journey = move_to(screened(), day("2026-10-01"))
    for to in ("2026-12-15", "2026-11-24", "2026-12-01"):
        journey.submit(moved(to, "2026-10-01"))

    assert journey.state.earlier_dates == (
        day("2026-12-01"),
        day("2026-12-15"),
        day("2026-11-24"),
    )


def test_a_lapse_stays_on_record_when_the_date_moves_later_and_its_ladder_stops() -> None:
    journey = move_to(screened(), day("2026-11-05"))
    assert lapses_of(journey, Step.REFERRAL) == [london("2026-11-03 17:00")]

    events = journey.submit(moved("2027-01-12", "2026-11-05"))

    assert state_of(journey, Step.REFERRAL).lapses == 1
    assert ladder(journey, Step.REFERRAL).status is LadderStatus.CLOSED
    assert templates(journey, events) == [Template.RELEASE_DATE_MOVED]
    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-12-31 12:00"))
    assert lapsed_at == london("2026-12-15 17:00")
    assert ladder(journey, Step.REFERRAL).number == 2


def test_a_lapse_that_is_still_overdue_on_the_new_date_is_not_forgiven() -> None:
    journey = move_to(screened(), day("2026-11-05"))
    before = ladder(journey, Step.REFERRAL)

    events = journey.submit(moved("2026-12-02", "2026-11-05"))

    assert state_of(journey, Step.REFERRAL).lapsed_at == london("2026-11-03 17:00")
    assert ladder(journey, Step.REFERRAL) == before
    assert templates(journey, events) == [Template.RELEASE_DATE_MOVED]


def test_moving_it_earlier_compresses_what_has_passed_and_keeps_what_has_not() -> None:
    # On Thursday 1 October, to the 20th: the referral was due four weeks before that.
    journey = move_to(screened(), london("2026-10-01 11:00"))
    journey.submit(moved("2026-10-20", "2026-10-01"))
    move_to(journey, london("2026-10-21 12:00"))

    assert lapses_of(journey, Step.REFERRAL) == [london("2026-10-02 17:00")]
    assert lapses_of(journey, Step.APPOINTMENT) == [london("2026-10-06 17:00")]
    assert lapses_of(journey, Step.PRESCRIPTION) == [london("2026-10-13 17:00")]
    assert lapses_of(journey, Step.RELEASE) == [london("2026-10-20 18:00")]


def test_moving_it_to_today_gives_until_five_and_pages_the_duty_rota() -> None:
    journey = move_to(screened(), london("2026-10-01 11:00"))
    journey.submit(moved("2026-10-01", "2026-10-01"))
    assert journey.state.short_notice
    move_to(journey, london("2026-10-01 18:00"))

    before_the_gate = {Step.REFERRAL, Step.APPOINTMENT, Step.PRESCRIPTION, Step.HANDOVER}
    for step in before_the_gate | {Step.ESSENTIALS, Step.NALOXONE}:
        assert lapses_of(journey, step) == [london("2026-10-01 17:00")], step
        assert ladder(journey, step).severity is Severity.S1, step
    assert lapses_of(journey, Step.RELEASE) == [london("2026-10-01 18:00")]


def test_moving_it_to_today_in_the_afternoon_still_gives_an_hour() -> None:
    journey = move_to(screened(), london("2026-10-01 16:45"))
    journey.submit(moved("2026-10-01", "2026-10-01"))

    lapsed_at = first_lapse(journey, Step.PRESCRIPTION, london("2026-10-01 18:30"))

    assert lapsed_at == london("2026-10-01 17:45")


def test_moving_it_away_and_back_gives_one_more_working_day_and_counts_both_lapses() -> None:
    journey = move_to(screened(), london("2026-11-05 11:00"))
    journey.submit(moved("2027-01-12", "2026-11-05"))
    journey.submit(moved("2026-12-01", "2026-11-05"))

    lapsed_at = first_lapse(journey, Step.REFERRAL, london("2026-11-20 12:00"))

    assert lapsed_at == london("2026-11-06 17:00")
    assert state_of(journey, Step.REFERRAL).lapses == 2


def test_work_that_was_done_stays_done_when_the_date_moves() -> None:
    journey = ready()
    journey.submit(moved("2026-12-02", "2026-11-16"))

    done = (Step.SCREENING, Step.PLAN, Step.REFERRAL, Step.ESSENTIALS, Step.HANDOVER)
    assert all(stands(journey, each) is DONE for each in done)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (moved("2026-12-01", "2026-10-01"), Refusal.NO_CHANGE),
        (moved("2026-09-30", "2026-10-01"), Refusal.DATE_TOO_EARLY),
        (moved("2026-12-15", "2026-10-02"), Refusal.DATE_IN_FUTURE),
        (moved("2036-12-15", "2026-10-01"), Refusal.DATE_TOO_LATE),
    ],
)
def test_a_move_that_cannot_be_is_refused(command: Command, code: Refusal) -> None:
    assert refused(move_to(screened(), day("2026-10-01")), command).code is code


def test_a_released_person_has_no_date_to_move() -> None:
    assert refused(released(), moved("2026-12-15", "2026-12-01")).code is Refusal.ALREADY_RELEASED


# Transfer and another destination


def test_a_transfer_changes_the_prison_and_keeps_the_work() -> None:
    journey = ready()
    steps, facts = dict(journey.state.steps), journey.state.handover
    events = journey.submit(Transfer(on=day("2026-11-16"), prison="HMI"))

    assert journey.state.prison == "HMI"
    assert journey.state.steps == steps
    assert journey.state.handover == facts
    assert templates(journey, events) == [Template.TRANSFERRED]


def test_a_transfer_to_the_same_prison_is_refused() -> None:
    refusal = refused(screened(), Transfer(on=day("2026-09-08"), prison="LEI"))

    assert (refusal.code, refusal.field) == (Refusal.NO_CHANGE, "prison")


def going_to_wales(on: date) -> ChangeDestination:
    return ChangeDestination(
        on=on, destination="W06000015", probation_unit="WPNCDF", nation="wales"
    )


def test_another_destination_is_kept_as_given() -> None:
    journey = screened()
    going = going_to_wales(day("2026-09-08"))
    journey.submit(going)

    state = journey.state
    assert (state.destination, state.probation_unit) == ("W06000015", "WPNCDF")
    assert (state.nation, state.service) == ("wales", None)
    assert refused(journey, going).code is Refusal.NO_CHANGE


def test_another_service_must_accept_for_itself() -> None:
    journey = screened()
    sent_on = day("2026-09-08")
    journey.submit(SendReferral(on=sent_on, service=SERVICE), AcceptReferral(on=sent_on))
    assert journey.state.steps[Step.REFERRAL].status is StepStatus.DONE

    journey.submit(going_to_wales(sent_on))

    assert journey.state.live_referral is None
    assert journey.state.steps[Step.REFERRAL].status is StepStatus.OPEN


def test_another_unit_must_read_the_pack_for_itself() -> None:
    journey = screened()
    on = day("2026-09-08")
    everybody = [AcknowledgeHandover(on=on, party=each) for each in HandoverParty]
    others = [each for each in everybody if each.party is not HandoverParty.PRISON_RESETTLEMENT]
    journey.submit(SendHandover(on=on, pack="pack-1"), *others)

    journey.submit(going_to_wales(on))

    handover = journey.state.handover
    assert handover is not None
    assert set(handover.acknowledged) == {
        HandoverParty.PRISON_DRUG_SERVICE,
        HandoverParty.PRISON_RESETTLEMENT,
    }
    assert journey.state.steps[Step.HANDOVER].status is StepStatus.OPEN


# Early, from court, at short notice


@pytest.mark.parametrize(
    "route", [ReleaseRoute.EARLY, ReleaseRoute.FROM_COURT, ReleaseRoute.SHORT_NOTICE]
)
def test_a_release_with_no_work_done_pages_the_duty_rota_for_what_is_still_open(
    route: ReleaseRoute,
) -> None:
    journey = screened()
    release(journey, day("2026-10-01"), route)
    assert journey.state.short_notice
    move_to(journey, london("2026-10-01 18:00"))

    for step in (Step.REFERRAL, Step.PRESCRIPTION, Step.NALOXONE, Step.APPOINTMENT, Step.HANDOVER):
        # Recorded at eleven in London: nobody gets longer than to the end of the working day.
        assert lapses_of(journey, step) == [london("2026-10-01 17:00")], step
        assert ladder(journey, step).severity is Severity.S1, step


def test_a_release_before_its_day_is_one_of_short_notice_however_it_is_named() -> None:
    journey = ready()
    release(journey, day("2026-11-26"), ReleaseRoute.PLANNED)

    assert journey.state.short_notice


def test_a_release_on_its_day_is_not() -> None:
    assert not released().state.short_notice


def test_an_early_release_takes_a_standing_escalation_to_the_duty_rota() -> None:
    journey = move_to(screened(), day("2026-11-05"))
    assert ladder(journey, Step.REFERRAL).severity is Severity.S2
    number = ladder(journey, Step.REFERRAL).number

    release(journey, day("2026-11-06"), ReleaseRoute.EARLY)

    standing = ladder(journey, Step.REFERRAL)
    assert (standing.severity, standing.level, standing.number) == (Severity.S1, 1, number)
    assert standing.next_at == datetime(2026, 11, 6, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(("days", "short"), [(14, False), (13, True), (0, True)])
def test_fewer_than_fourteen_days_is_short_notice(days: int, short: bool) -> None:
    journey = Journey(scheduled_on=day("2026-09-07").replace(day=7 + days), as_given=True)

    assert journey.state.short_notice is short


def test_a_release_from_court_today_compresses_every_step_to_today() -> None:
    journey = Journey(scheduled_on=STARTS_ON, as_given=True, release_type="court")
    move_to(journey, london("2026-09-07 18:00"))

    for step in (Step.SCREENING, Step.PLAN, Step.REFERRAL, Step.PRESCRIPTION, Step.ESSENTIALS):
        assert lapses_of(journey, step) == [london("2026-09-07 17:00")], step
        assert ladder(journey, step).severity is Severity.S1, step


def test_what_is_done_in_custody_is_never_due_after_the_person_has_left() -> None:
    # Screened two days before the release: five days for the plan would end outside.
    journey = Journey(scheduled_on=day("2026-09-10"), as_given=True)
    move_to(journey, day("2026-09-08"))
    journey.submit(a_screening(day("2026-09-08")))

    lapsed_at = first_lapse(journey, Step.PLAN, london("2026-09-12 12:00"))

    assert lapsed_at == london("2026-09-10 17:00")


# Hospital


def admitted(on: str) -> RecordHospitalAdmission:
    return RecordHospitalAdmission(on=day(on))


def discharged(on: str) -> RecordHospitalDischarge:
    return RecordHospitalDischarge(on=day(on))


def test_in_hospital_the_appointment_waits_and_the_three_weeks_do_not() -> None:
    journey = move_to(released(), london("2026-12-02 09:00"))
    journey.submit(admitted("2026-12-02"))
    move_to(journey, london("2026-12-23 00:00"))

    assert lapses_of(journey, Step.FIRST_CONTACT) == []
    assert lapses_of(journey, Step.ENGAGEMENT) == [london("2026-12-23 00:00")]


def test_after_the_discharge_contact_is_due_on_the_next_working_day() -> None:
    journey = move_to(released(), london("2026-12-02 09:00"))
    journey.submit(admitted("2026-12-02"))
    move_to(journey, london("2026-12-11 15:00"))
    journey.submit(discharged("2026-12-11"))

    lapsed_at = first_lapse(journey, Step.FIRST_CONTACT, london("2026-12-20 12:00"))

    assert lapsed_at == london("2026-12-14 17:00")


def test_going_into_hospital_rests_an_escalation_that_stands() -> None:
    journey = move_to(released(), london("2026-12-04 09:00"))
    assert ladder(journey, Step.FIRST_CONTACT).status is not LadderStatus.CLOSED
    journey.submit(admitted("2026-12-03"))

    assert ladder(journey, Step.FIRST_CONTACT).status is LadderStatus.CLOSED
    assert state_of(journey, Step.FIRST_CONTACT).lapses == 1


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ((admitted("2026-09-08"), admitted("2026-09-08")), Refusal.ALREADY_DONE),
        ((discharged("2026-09-08"),), Refusal.WRONG_STATE),
    ],
)
def test_hospital_out_of_order_is_refused(commands: tuple[Command, ...], code: Refusal) -> None:
    assert refused(screened(), *commands).code is code


# Recorded late


def test_a_journey_brought_in_half_way_has_lapsed_where_it_had() -> None:
    journey = Journey(now=london("2026-11-26 09:00"), started_at=london("2026-09-07 11:00"))
    journey.wait_until(london("2026-11-26 09:00"))

    assert lapses_of(journey, Step.REFERRAL) == [london("2026-11-03 17:00")]
    assert lapses_of(journey, Step.PRESCRIPTION) == [london("2026-11-24 17:00")]
    # But nobody is paged in the past: the ladders begin when the release is known here.
    opened = [each for each in journey.events if each.kind is EventKind.ESCALATION_OPENED]
    assert {each.at for each in opened} == {london("2026-11-26 09:00")}


def test_a_fact_recorded_late_counts_from_the_day_it_was_true() -> None:
    journey = move_to(Journey(), day("2026-09-20"))
    events = journey.submit(a_screening(day("2026-09-08")))

    assert events[0].on == day("2026-09-08")
    assert events[0].at == journey.now
    assert state_of(journey, Step.SCREENING).on == day("2026-09-08")


def test_a_release_recorded_a_month_late_shows_at_once_what_was_missed() -> None:
    journey = move_to(ready(), london("2027-01-04 10:00"))
    release_at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    journey.submit(RecordRelease(at=release_at, naloxone_in_hand=True))
    move_to(journey, london("2027-01-04 10:01"))

    assert lapses_of(journey, Step.ENGAGEMENT) == [london("2026-12-23 00:00")]
    assert ladder(journey, Step.ENGAGEMENT).opened_at == london("2027-01-04 10:00")


@pytest.mark.parametrize("command", [SendReferral(on=day("2026-05-31"), service=SERVICE)])
def test_nothing_is_true_before_the_reception(command: Command) -> None:
    refusal = refused(screened(), command)

    assert (refusal.code, refusal.field) == (Refusal.DATE_TOO_EARLY, "on")
