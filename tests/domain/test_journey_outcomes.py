"""First contact, engagement and retention: what counts, on which day, and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.commands import (
    BookAppointment,
    Command,
    EndJourney,
    RecordContact,
    RecordContactAttempt,
    RecordRetention,
    RecordTreatmentStart,
)
from domain.errors import Refusal
from domain.facts import RetentionOutcome, TreatmentPicture
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus
from tests.builders import SERVICE, Journey, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    LEAVES_ON,
    MISSED,
    OPEN,
    day,
    first_lapse,
    ladder,
    lapses_of,
    london,
    move_to,
    referred,
    refused,
    release,
    released,
    screened,
    stands,
    state_of,
)

SEEN_ON = day("2026-12-02")
ALCOHOL = an_opiate_picture(substances=("alcohol",), opiate_treatment=False, opiate_history=False)
IN_TREATMENT = RetentionOutcome.IN_TREATMENT


def after_the_appointment() -> Journey:
    return move_to(released(), london("2026-12-02 13:00"))


def missed() -> Journey:
    journey = after_the_appointment()
    journey.submit(RecordContact(on=SEEN_ON, appointment="a1", attended=False))
    return journey


def tried(on: str = "2026-12-02") -> RecordContactAttempt:
    return RecordContactAttempt(on=day(on), reached=False)


def booked(at: str, on: str = "2026-12-02") -> BookAppointment:
    return BookAppointment(on=day(on), service=SERVICE, at=london(at))


def started(days: int) -> RecordTreatmentStart:
    return RecordTreatmentStart(on=LEAVES_ON + timedelta(days=days), service=SERVICE)


# First contact


def test_a_person_who_was_seen_has_had_first_contact() -> None:
    journey = after_the_appointment()
    journey.submit(RecordContact(on=SEEN_ON, appointment="a1", attended=True))

    assert stands(journey, Step.FIRST_CONTACT) is DONE


def test_a_miss_closes_nothing() -> None:
    assert stands(missed(), Step.FIRST_CONTACT) is OPEN


@pytest.mark.parametrize(
    ("commands", "lapsed_at"),
    [
        ((), "2026-12-03 17:00"),
        ((tried(),), "2026-12-03 17:00"),
        ((booked("2026-12-09 11:00"),), "2026-12-03 17:00"),
        # Both were done in time: what is due now is the outcome of the new appointment.
        ((tried(), booked("2026-12-09 11:00")), "2026-12-10 17:00"),
        # An attempt before the miss is no attempt after it.
        ((tried("2026-12-01"), booked("2026-12-09 11:00")), "2026-12-03 17:00"),
    ],
)
def test_a_miss_asks_for_both_an_attempt_and_a_new_appointment(
    commands: tuple[Command, ...], lapsed_at: str
) -> None:
    journey = missed()
    if commands:
        journey.submit(*commands)

    found = first_lapse(journey, Step.FIRST_CONTACT, london("2026-12-20 12:00"))

    assert found == london(lapsed_at)


def test_a_miss_recorded_late_counts_from_the_appointment() -> None:
    journey = move_to(released(), london("2026-12-07 12:00"))
    assert lapses_of(journey, Step.FIRST_CONTACT) == [london("2026-12-03 17:00")]

    journey.submit(RecordContact(on=day("2026-12-07"), appointment="a1", attended=False))

    assert ladder(journey, Step.FIRST_CONTACT).status is not LadderStatus.CLOSED
    assert state_of(journey, Step.FIRST_CONTACT).lapsed_at == london("2026-12-03 17:00")


def test_being_seen_after_a_miss_ends_the_chase() -> None:
    journey = missed()
    journey.submit(tried(), booked("2026-12-09 11:00"))
    move_to(journey, london("2026-12-11 12:00"))
    on = day("2026-12-09")
    journey.submit(RecordContact(on=on, appointment="a2", attended=True))

    assert stands(journey, Step.FIRST_CONTACT) is DONE
    assert ladder(journey, Step.FIRST_CONTACT).status is LadderStatus.CLOSED


def test_a_second_miss_counts_from_the_second_appointment() -> None:
    journey = missed()
    journey.submit(tried(), booked("2026-12-09 11:00"))
    move_to(journey, london("2026-12-09 13:00"))
    journey.submit(RecordContact(on=day("2026-12-09"), appointment="a2", attended=False))

    found = first_lapse(journey, Step.FIRST_CONTACT, london("2026-12-20 12:00"))

    assert found == london("2026-12-10 17:00")


@pytest.mark.parametrize(
    ("appointment", "lapsed_at", "severity"),
    [
        ("2026-12-11 11:00", "2026-12-14 17:00", Severity.S1),
        ("2026-12-14 11:00", "2026-12-15 17:00", Severity.S2),
    ],
)
def test_an_unknown_outcome_is_a_matter_of_life_in_the_first_fourteen_days(
    appointment: str, lapsed_at: str, severity: Severity
) -> None:
    journey = move_to(screened(), day("2026-10-01"))
    journey.submit(booked(appointment, on="2026-10-01"))
    release(journey)
    move_to(journey, london(lapsed_at))

    assert lapses_of(journey, Step.FIRST_CONTACT) == [london(lapsed_at)]
    assert ladder(journey, Step.FIRST_CONTACT).severity is severity


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (RecordContact(on=SEEN_ON, appointment="a9", attended=True), Refusal.UNKNOWN_ITEM),
        (RecordContact(on=LEAVES_ON, appointment="a1", attended=True), Refusal.DATE_TOO_EARLY),
        (
            RecordContact(on=day("2026-12-03"), appointment="a1", attended=True),
            Refusal.DATE_IN_FUTURE,
        ),
        (RecordContactAttempt(on=day("2026-11-30"), reached=True), Refusal.DATE_TOO_EARLY),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(command: Command, code: Refusal) -> None:
    assert refused(after_the_appointment(), command).code is code


def test_nobody_is_in_contact_before_the_release() -> None:
    contact = RecordContact(on=day("2026-09-10"), appointment="a1", attended=True)

    assert refused(referred(), contact).code is Refusal.NOT_RELEASED


# Engagement


@pytest.mark.parametrize(
    ("days", "status"), [(0, DONE), (1, DONE), (20, DONE), (21, DONE), (22, MISSED), (60, MISSED)]
)
def test_treatment_counts_when_it_started_nought_to_21_days_after_the_release(
    days: int, status: str
) -> None:
    journey = move_to(released(), london("2027-02-01 12:00"))
    journey.submit(started(days))

    engagement = state_of(journey, Step.ENGAGEMENT)
    assert engagement.status == status
    assert engagement.reason == (None if status == DONE else "started_outside_window")


def test_a_start_on_day_21_recorded_later_counts_and_its_lateness_stays() -> None:
    journey = move_to(released(), london("2026-12-28 12:00"))
    assert lapses_of(journey, Step.ENGAGEMENT) == [london("2026-12-23 00:00")]
    journey.submit(started(21))

    engagement = state_of(journey, Step.ENGAGEMENT)
    assert (engagement.status, engagement.lapses) == (DONE, 1)
    assert ladder(journey, Step.ENGAGEMENT).status is LadderStatus.CLOSED


def test_a_start_overtakes_what_was_to_lead_to_it() -> None:
    journey = Journey(treatment=an_opiate_picture())
    release(journey)
    move_to(journey, london("2026-12-04 12:00"))
    assert ladder(journey, Step.REFERRAL).status is not LadderStatus.CLOSED
    journey.submit(started(3))

    referral = state_of(journey, Step.REFERRAL)
    assert (referral.status, referral.reason) == (MISSED, "overtaken_by_treatment")
    assert ladder(journey, Step.REFERRAL).status is LadderStatus.CLOSED
    assert stands(journey, Step.NALOXONE) is OPEN


def test_booked_and_attended_is_not_started() -> None:
    journey = after_the_appointment()
    journey.submit(RecordContact(on=SEEN_ON, appointment="a1", attended=True))
    assert stands(journey, Step.ENGAGEMENT) is OPEN

    move_to(journey, london("2026-12-23 00:00"))

    assert lapses_of(journey, Step.ENGAGEMENT) == [london("2026-12-23 00:00")]
    assert journey.state.treatment_start is None


def test_a_start_before_the_release_is_refused() -> None:
    assert refused(after_the_appointment(), started(-1)).code is Refusal.DATE_TOO_EARLY


def test_nobody_starts_in_the_community_before_the_release() -> None:
    start = RecordTreatmentStart(on=day("2026-09-08"), service=SERVICE)

    assert refused(screened(), start).code is Refusal.NOT_RELEASED


def test_a_second_start_is_refused_and_says_to_correct_the_first() -> None:
    journey = after_the_appointment()
    journey.submit(started(1))

    assert refused(journey, started(0)).code is Refusal.ALREADY_DONE


def test_a_start_is_contact_as_well() -> None:
    journey = after_the_appointment()
    journey.submit(started(1))

    assert stands(journey, Step.FIRST_CONTACT) is DONE


@pytest.mark.parametrize(
    ("picture", "severity"), [(an_opiate_picture(), Severity.S1), (ALCOHOL, Severity.S2)]
)
def test_not_started_after_three_weeks_is_a_matter_of_life_on_opiate_treatment(
    picture: TreatmentPicture, severity: Severity
) -> None:
    journey = screened(picture)
    release(journey)
    move_to(journey, london("2026-12-23 00:00"))

    assert ladder(journey, Step.ENGAGEMENT).severity is severity


def test_a_start_after_three_weeks_ends_the_chase_and_is_still_followed_to_twelve_weeks() -> None:
    journey = move_to(released(), london("2027-01-04 12:00"))
    journey.submit(started(30))

    assert ladder(journey, Step.ENGAGEMENT).status is LadderStatus.CLOSED
    assert stands(journey, Step.RETENTION) is OPEN


# Retention


def in_treatment(until: str) -> Journey:
    journey = after_the_appointment()
    journey.submit(started(1))
    return move_to(journey, london(until))


def test_still_in_treatment_cannot_be_said_on_day_83() -> None:
    journey = in_treatment("2027-02-24 12:00")
    refusal = refused(journey, RecordRetention(on=day("2027-02-23"), outcome=IN_TREATMENT))

    assert (refusal.code, refusal.field) == (Refusal.DATE_TOO_EARLY, "on")


def test_still_in_treatment_on_day_84_completes_the_journey() -> None:
    journey = in_treatment("2027-02-24 12:00")
    journey.submit(RecordRetention(on=day("2027-02-24"), outcome=IN_TREATMENT))

    assert stands(journey, Step.RETENTION) is DONE
    assert journey.state.closure is Closure.COMPLETED


@pytest.mark.parametrize(
    ("outcome", "status", "closure"),
    [
        (RetentionOutcome.LEFT_TREATMENT_COMPLETE, DONE, Closure.COMPLETED),
        (RetentionOutcome.LEFT_EARLY, MISSED, Closure.LEFT_TREATMENT),
    ],
)
def test_leaving_before_twelve_weeks_counts_only_when_treatment_was_complete(
    outcome: RetentionOutcome, status: str, closure: Closure
) -> None:
    journey = in_treatment("2027-01-11 12:00")
    journey.submit(RecordRetention(on=day("2027-01-11"), outcome=outcome))

    assert stands(journey, Step.RETENTION) == status
    assert journey.state.closure is closure


def test_retention_is_answered_late_all_the_same() -> None:
    journey = in_treatment("2027-03-05 12:00")
    assert ladder(journey, Step.RETENTION).severity is Severity.S3
    journey.submit(RecordRetention(on=day("2027-03-05"), outcome=IN_TREATMENT))

    assert journey.state.closure is Closure.COMPLETED
    assert state_of(journey, Step.RETENTION).lapses == 1


@pytest.mark.parametrize(
    ("on", "code"),
    [("2026-12-01", Refusal.DATE_TOO_EARLY), ("2027-01-12", Refusal.DATE_IN_FUTURE)],
)
def test_leaving_on_an_impossible_day_is_refused(on: str, code: Refusal) -> None:
    journey = in_treatment("2027-01-11 12:00")
    left = RecordRetention(on=day(on), outcome=RetentionOutcome.LEFT_EARLY)

    assert refused(journey, left).code is code


def test_there_is_no_twelve_week_answer_without_a_start() -> None:
    answer = RecordRetention(on=SEEN_ON, outcome=RetentionOutcome.LEFT_EARLY)

    assert refused(after_the_appointment(), answer).code is Refusal.OUT_OF_ORDER


# A person's decision is the only way out without a start


def test_a_person_may_decide_that_treatment_will_not_start() -> None:
    journey = move_to(released(), london("2027-01-04 12:00"))
    journey.submit(EndJourney(on=day("2027-01-04"), reason="cannot_be_found"))

    assert journey.state.closure is Closure.NOT_ENGAGED
    assert all(each.status is LadderStatus.CLOSED for each in journey.state.escalations.values())


def test_a_journey_in_treatment_cannot_be_given_up() -> None:
    ended = EndJourney(on=day("2026-12-10"), reason="moved_away")

    assert refused(in_treatment("2026-12-10 12:00"), ended).code is Refusal.WRONG_STATE
