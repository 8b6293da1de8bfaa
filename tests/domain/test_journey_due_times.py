"""When each step lapses, against tables written by hand from a wall calendar, never by the code.

Everything is found by waiting: a release is left alone and tells when its steps lapsed. Times are
London wall times. Between the two releases lie both changes of the clocks, Easter and Christmas.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.codes import HandoverParty
from domain.commands import (
    AcknowledgeHandover,
    BookAppointment,
    FlagExploitation,
    MoveReleaseDate,
    RecordContact,
    RecordNearMiss,
    RecordTreatmentStart,
    RequestLicenceCondition,
    SendHandover,
    SendReferral,
)
from domain.events import EventKind
from domain.facts import DrugCondition, ExploitationSign, NearMissKind
from domain.journey import Step
from tests.builders import SERVICE, Journey, a_screening
from tests.domain.journeys import (
    day,
    first_lapse,
    lapses_of,
    london,
    move_to,
    ready,
    release,
    released,
    screened,
)

OVERDOSE = NearMissKind.NON_FATAL_OVERDOSE
LEFT_ALONE = {
    # Leaves on Tuesday 1 December 2026; work began on Monday 7 September, months after reception.
    Step.SCREENING: "2026-09-09 17:00",
    Step.PLAN: "2026-09-14 17:00",
    Step.REFERRAL: "2026-11-03 17:00",
    Step.APPOINTMENT: "2026-11-17 17:00",
    Step.PRESCRIPTION: "2026-11-24 17:00",
    Step.HANDOVER: "2026-11-24 17:00",
    Step.ESSENTIALS: "2026-11-27 17:00",
    Step.NALOXONE: "2026-11-30 17:00",
    Step.RELEASE: "2026-12-01 18:00",
}
LEFT_ALONE_OVER_EASTER = {
    # Leaves on Wednesday 1 April 2026, in Holy Week; summer time begins on 29 March. Received on
    # Monday 2 February 2026 and begun the same day.
    Step.SCREENING: "2026-02-05 12:00",
    Step.PLAN: "2026-02-10 17:00",
    Step.REFERRAL: "2026-03-04 17:00",
    Step.APPOINTMENT: "2026-03-18 17:00",
    Step.PRESCRIPTION: "2026-03-25 17:00",
    Step.HANDOVER: "2026-03-25 17:00",
    Step.ESSENTIALS: "2026-03-30 17:00",
    Step.NALOXONE: "2026-03-31 17:00",
    Step.RELEASE: "2026-04-01 18:00",
}


def an_easter_release() -> Journey:
    received_on, leaves_on = day("2026-02-02"), day("2026-04-01")
    now = london("2026-02-02 10:00")
    return Journey(now=now, reception_on=received_on, scheduled_on=leaves_on)


@pytest.mark.parametrize("step", LEFT_ALONE)
def test_a_step_nobody_works_lapses_at_its_time_before_a_winter_release(step: Step) -> None:
    journey = move_to(Journey(), london("2026-12-02 12:00"))

    assert lapses_of(journey, step) == [london(LEFT_ALONE[step])]


@pytest.mark.parametrize("step", LEFT_ALONE_OVER_EASTER)
def test_a_step_nobody_works_lapses_at_its_time_before_an_easter_release(step: Step) -> None:
    journey = move_to(an_easter_release(), london("2026-04-02 12:00"))

    assert lapses_of(journey, step) == [london(LEFT_ALONE_OVER_EASTER[step])]


def test_a_step_is_not_lapsed_a_moment_before_its_time() -> None:
    journey = move_to(Journey(), london("2026-11-24 16:59"))

    assert lapses_of(journey, Step.PRESCRIPTION) == []


@pytest.mark.parametrize(
    ("screened_on", "due_at"),
    [("2026-09-08", "2026-09-13 17:00"), ("2026-10-22", "2026-10-27 17:00")],
)
def test_a_plan_is_due_five_days_after_the_screening(screened_on: str, due_at: str) -> None:
    journey = move_to(Journey(), day(screened_on))
    journey.submit(a_screening(day(screened_on)))

    assert first_lapse(journey, Step.PLAN, london("2026-11-01 12:00")) == london(due_at)


@pytest.mark.parametrize(
    ("sent_on", "due_at"),
    [
        ("2026-10-15", "2026-10-22 17:00"),
        ("2026-10-22", "2026-10-29 17:00"),  # the clocks go back on the 25th
        ("2026-10-24", "2026-10-30 17:00"),  # sent on a Saturday
    ],
)
def test_a_referral_must_be_answered_five_working_days_after_sending(
    sent_on: str, due_at: str
) -> None:
    journey = move_to(screened(), day(sent_on))
    journey.submit(SendReferral(on=day(sent_on), service=SERVICE))

    assert first_lapse(journey, Step.REFERRAL, london("2026-11-02 12:00")) == london(due_at)


def test_every_party_must_answer_two_working_days_after_the_pack_was_sent() -> None:
    journey = move_to(screened(), day("2026-11-13"))
    on = day("2026-11-13")
    journey.submit(
        SendHandover(on=on, pack="pack-1"),
        AcknowledgeHandover(on=on, party=HandoverParty.PROBATION),
    )

    lapsed_at = first_lapse(journey, Step.HANDOVER, london("2026-11-20 12:00"))

    assert lapsed_at == london("2026-11-17 17:00")


def test_a_licence_condition_is_due_four_working_days_before_the_release() -> None:
    journey = move_to(screened(), day("2026-10-01"))
    journey.submit(RequestLicenceCondition(on=day("2026-10-01"), condition=DrugCondition.TESTING))

    lapsed_at = first_lapse(journey, Step.LICENCE, london("2026-11-30 12:00"))

    assert lapsed_at == london("2026-11-25 17:00")


def test_without_a_requested_condition_the_licence_step_is_never_due() -> None:
    journey = move_to(Journey(), london("2026-11-30 12:00"))

    assert lapses_of(journey, Step.LICENCE) == []


@pytest.mark.parametrize(
    ("appointment", "due_at"),
    [
        ("2026-12-02 11:00", "2026-12-03 17:00"),
        ("2026-12-04 15:00", "2026-12-07 17:00"),  # a Friday
        ("2026-12-21 09:00", "2026-12-22 17:00"),
        ("2026-12-24 09:00", "2026-12-29 17:00"),  # Christmas, its weekend and the day in lieu
    ],
)
def test_the_first_contact_is_due_on_the_working_day_after_the_appointment(
    appointment: str, due_at: str
) -> None:
    journey = move_to(screened(), day("2026-09-10"))
    booked = BookAppointment(on=day("2026-09-10"), service=SERVICE, at=london(appointment))
    journey.submit(booked)
    release(journey)

    lapsed_at = first_lapse(journey, Step.FIRST_CONTACT, london("2027-01-05 12:00"))

    assert lapsed_at == london(due_at)


def test_without_an_appointment_contact_is_due_on_the_working_day_after_the_release() -> None:
    journey = screened()
    release(journey)

    lapsed_at = first_lapse(journey, Step.FIRST_CONTACT, london("2026-12-05 12:00"))

    assert lapsed_at == london("2026-12-02 17:00")


def test_after_maundy_thursday_the_next_working_day_is_easter_tuesday() -> None:
    journey = move_to(an_easter_release(), day("2026-03-02"))
    at = london("2026-04-02 11:00")
    journey.submit(BookAppointment(on=day("2026-03-02"), service=SERVICE, at=at))
    release(journey, day("2026-04-01"))

    lapsed_at = first_lapse(journey, Step.FIRST_CONTACT, london("2026-04-12 12:00"))

    assert lapsed_at == london("2026-04-07 17:00")


def test_a_miss_asks_for_an_appointment_and_an_attempt_within_one_working_day() -> None:
    journey = move_to(released(), london("2026-12-02 13:00"))
    journey.submit(RecordContact(on=day("2026-12-02"), appointment="a1", attended=False))

    lapsed_at = first_lapse(journey, Step.FIRST_CONTACT, london("2026-12-05 12:00"))

    assert lapsed_at == london("2026-12-03 17:00")


@pytest.mark.parametrize(
    ("released_on", "warned_at", "lapsed_at"),
    [
        (
            "2026-12-01",
            ["2026-12-08 09:00", "2026-12-15 09:00"],
            "2026-12-23 00:00",
        ),
    ],
)
def test_engagement_is_warned_of_twice_and_lapses_at_the_end_of_day_21(
    released_on: str, warned_at: list[str], lapsed_at: str
) -> None:
    journey = ready()
    release(journey, day(released_on))
    move_to(journey, london("2026-12-31 12:00"))

    assert warnings_of(journey, Step.ENGAGEMENT) == [london(each) for each in warned_at]
    assert lapses_of(journey, Step.ENGAGEMENT) == [london(lapsed_at)]


def test_engagement_after_an_easter_release_ends_in_summer_time() -> None:
    journey = an_easter_release()
    release(journey, day("2026-04-01"))
    move_to(journey, london("2026-05-01 12:00"))

    assert warnings_of(journey, Step.ENGAGEMENT) == [
        london("2026-04-08 09:00"),
        london("2026-04-15 09:00"),
    ]
    assert lapses_of(journey, Step.ENGAGEMENT) == [london("2026-04-23 00:00")]


@pytest.mark.parametrize(
    ("started_on", "warned_at", "lapsed_at"),
    [
        ("2026-12-02", "2027-02-10 09:00", "2027-02-25 00:00"),
        ("2026-12-22", "2027-03-02 09:00", "2027-03-17 00:00"),
        # Summer time begins on 28 March 2027, between the warning and the end.
        ("2027-01-12", "2027-03-23 09:00", "2027-04-07 00:00"),
    ],
)
def test_retention_is_warned_of_in_week_ten_and_lapses_at_the_end_of_day_84(
    started_on: str, warned_at: str, lapsed_at: str
) -> None:
    journey = move_to(released(), day(started_on))
    journey.submit(RecordTreatmentStart(on=day(started_on), service=SERVICE))
    move_to(journey, london("2027-05-01 12:00"))

    assert warnings_of(journey, Step.RETENTION) == [london(warned_at)]
    assert lapses_of(journey, Step.RETENTION) == [london(lapsed_at)]


def test_a_review_is_due_72_hours_after_it_was_opened() -> None:
    # Opened on a Friday evening before the clocks go back: hours run on, whatever clocks say.
    journey = move_to(screened(), london("2026-10-23 22:30"))
    journey.submit(RecordNearMiss(on=day("2026-10-23"), near_miss=OVERDOSE))

    lapsed_at = first_lapse(journey, Step.REVIEW, london("2026-10-31 12:00"))

    assert lapsed_at == london("2026-10-26 21:30")


def test_safeguarding_is_due_at_the_end_of_the_day_on_which_the_signs_became_an_alert() -> None:
    journey = move_to(screened(), london("2026-10-24 15:00"))
    journey.submit(
        FlagExploitation(on=day("2026-10-20"), sign=ExploitationSign.CUCKOOING),
        FlagExploitation(on=day("2026-10-21"), sign=ExploitationSign.COUNTY_LINES),
    )

    lapsed_at = first_lapse(journey, Step.SAFEGUARDING, london("2026-10-31 12:00"))

    assert lapsed_at == london("2026-10-25 00:00")


@pytest.mark.parametrize(
    ("moved_to", "appointment_at"),
    [
        ("2026-12-08", "2026-11-24 17:00"),
        ("2026-12-29", "2026-12-11 17:00"),  # over Christmas: 25 and 28 December are not worked
        ("2027-04-08", "2027-03-23 17:00"),  # over Easter and the change to summer time
    ],
)
def test_a_moved_release_moves_its_due_times(moved_to: str, appointment_at: str) -> None:
    journey = move_to(screened(), day("2026-10-01"))
    new_date = MoveReleaseDate(on=day("2026-10-01"), scheduled_on=day(moved_to), as_given=True)
    journey.submit(new_date)

    lapsed_at = first_lapse(journey, Step.APPOINTMENT, london("2027-04-30 12:00"))

    assert lapsed_at == london(appointment_at)


@pytest.mark.parametrize(
    ("begun_at", "due_at"),
    [
        # Received on Monday 7 September 2026: the hours count from noon.
        ("2026-09-07 14:00", "2026-09-10 12:00"),
        ("2026-09-10 09:00", "2026-09-10 12:00"),
        # Begun after the 72 hours: two working days from the start.
        ("2026-09-10 13:00", "2026-09-14 17:00"),
        ("2026-09-11 13:00", "2026-09-15 17:00"),
    ],
)
def test_a_screening_is_due_72_hours_after_reception_or_two_working_days_after_a_late_start(
    begun_at: str, due_at: str
) -> None:
    journey = Journey(now=london(begun_at), reception_on=day("2026-09-07"))

    assert first_lapse(journey, Step.SCREENING, london("2026-09-20 12:00")) == london(due_at)


def warnings_of(journey: Journey, step: Step) -> list[datetime]:
    warned = EventKind.STEP_WARNED
    return [each.at for each in journey.events if each.kind is warned and each.step is step]
