"""Life happens to a release: moved, transferred, early, recalled, in hospital, died, merged."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.commands import (
    CancelRelease,
    ChangeDestination,
    Command,
    EndJourney,
    Merge,
    MoveReleaseDate,
    Recall,
    RecordDeath,
    RecordHospitalAdmission,
    RecordHospitalDischarge,
    RecordRelease,
    SendReferral,
    Transfer,
)
from domain.errors import Refusal
from domain.events import Event, EventKind
from domain.facts import ReleaseRoute
from domain.falling_due import fall_due, next_wakeup
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus, Phase
from notifications.notices import Audience, Template, notices
from tests.builders import SERVICE, Journey, a_screening
from tests.domain.journeys import (
    DONE,
    MISSED,
    OPEN,
    STARTS_ON,
    day,
    first_lapse,
    kinds,
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


def test_another_destination_is_kept_as_given() -> None:
    journey = screened()
    going = ChangeDestination(
        on=day("2026-09-08"),
        destination="W06000015",
        probation_unit="WPNCDF",
        nation="wales",
    )
    journey.submit(going)

    state = journey.state
    assert (state.destination, state.probation_unit) == ("W06000015", "WPNCDF")
    assert (state.nation, state.service) == ("wales", None)
    assert refused(journey, going).code is Refusal.NO_CHANGE


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
