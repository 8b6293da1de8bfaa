"""The first appointment: known, told, inside the cover and inside three weeks."""

from __future__ import annotations

from typing import Any

import pytest

from domain.commands import (
    ArrangePrescription,
    BookAppointment,
    CancelAppointment,
    Command,
    RecordDeclined,
    TellAppointment,
)
from domain.cover import TakeHome
from domain.errors import Refusal
from domain.facts import TreatmentPicture
from domain.journey import Step
from domain.policy import Severity
from tests.builders import SERVICE, Journey, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    LEAVES_ON,
    OPEN,
    day,
    ladder,
    london,
    move_to,
    refused,
    release,
    released,
    screened,
    stands,
)

ON = day("2026-10-01")
ALCOHOL = {"substances": ("alcohol",), "opiate_treatment": False, "opiate_history": False}


def booked(at: str, **changes: Any) -> BookAppointment:  # noqa: ANN401 - any field
    facts = {"on": ON, "service": SERVICE, "at": london(at), "place": "place-1", "told_on": ON}
    return BookAppointment.model_validate(facts | changes)


def supplied(days: int) -> ArrangePrescription:
    return ArrangePrescription(
        on=ON,
        supplies=(TakeHome(from_on=LEAVES_ON, days=days),),
        prescriber_on=day("2026-12-03"),
    )


def waiting() -> Journey:
    return move_to(screened(), ON)


@pytest.mark.parametrize(
    ("command", "done"),
    [
        (booked("2026-12-02 11:00"), True),
        (booked("2026-12-02 11:00", place=None), False),
        (booked("2026-12-02 11:00", told_on=None), False),
        # The day of release and day 21 both count.
        (booked("2026-12-01 15:00"), True),
        (booked("2026-12-22 23:30"), True),
        (booked("2026-12-23 00:30"), False),
    ],
)
def test_an_appointment_needs_a_place_a_person_told_and_a_day_within_three_weeks(
    command: BookAppointment, done: bool
) -> None:
    journey = waiting()
    journey.submit(command)

    assert (stands(journey, Step.APPOINTMENT) is DONE) is done


@pytest.mark.parametrize(("days", "done"), [(4, False), (5, True), (7, True)])
def test_an_appointment_must_lie_inside_the_cover(days: int, done: bool) -> None:
    journey = waiting()
    journey.submit(supplied(days), booked("2026-12-05 11:00"))

    assert (stands(journey, Step.APPOINTMENT) is DONE) is done


def test_an_appointment_after_the_prescriber_was_seen_is_inside_a_supply_that_reaches_it() -> None:
    journey = waiting()
    journey.submit(
        booked("2026-12-03 09:00", with_prescriber=True, told_on=None),
        supplied(7),
        booked("2026-12-06 11:00"),
    )

    assert stands(journey, Step.APPOINTMENT) is DONE


def test_a_person_who_declined_a_prescription_is_not_held_to_its_cover() -> None:
    journey = waiting()
    journey.submit(supplied(2), booked("2026-12-08 11:00"))
    assert stands(journey, Step.APPOINTMENT) is OPEN

    journey.submit(
        RecordDeclined(on=ON, step=Step.PRESCRIPTION, reason="wants_no_treatment"),
    )

    assert stands(journey, Step.APPOINTMENT) is DONE


def test_telling_the_person_is_what_closes_it() -> None:
    journey = waiting()
    journey.submit(booked("2026-12-02 11:00", told_on=None))
    assert stands(journey, Step.APPOINTMENT) is OPEN

    journey.submit(TellAppointment(on=ON, appointment="a1"))

    assert stands(journey, Step.APPOINTMENT) is DONE


def test_cancelling_the_only_appointment_opens_the_step_again() -> None:
    journey = waiting()
    journey.submit(booked("2026-12-02 11:00"))
    journey.submit(CancelAppointment(on=ON, appointment="a1"))

    assert stands(journey, Step.APPOINTMENT) is OPEN


def test_cancelling_one_of_two_appointments_leaves_it_closed() -> None:
    journey = waiting()
    journey.submit(booked("2026-12-02 11:00"), booked("2026-12-03 11:00"))
    journey.submit(CancelAppointment(on=ON, appointment="a1"))

    assert stands(journey, Step.APPOINTMENT) is DONE


def test_a_release_before_the_day_that_was_planned_leaves_a_late_appointment_outside() -> None:
    journey = waiting()
    journey.submit(booked("2026-12-21 11:00"))
    assert stands(journey, Step.APPOINTMENT) is DONE

    release(journey, day("2026-11-20"))

    assert stands(journey, Step.APPOINTMENT) is OPEN


@pytest.mark.parametrize(
    ("picture", "severity"),
    [(an_opiate_picture(), Severity.S1), (an_opiate_picture(**ALCOHOL), Severity.S2)],
)
def test_a_missing_appointment_is_a_matter_of_life_on_opiate_treatment(
    picture: TreatmentPicture, severity: Severity
) -> None:
    journey = move_to(screened(picture), london("2026-11-17 17:00"))

    assert ladder(journey, Step.APPOINTMENT).severity is severity


@pytest.mark.parametrize(
    ("commands", "code", "field"),
    [
        ((booked("2026-11-30 23:00"),), Refusal.DATE_TOO_EARLY, "at"),
        ((booked("2027-06-03 11:00"),), Refusal.DATE_TOO_LATE, "at"),
        (
            (booked("2026-12-02 11:00", told_on=day("2026-10-02")),),
            Refusal.DATE_IN_FUTURE,
            "told_on",
        ),
        ((TellAppointment(on=ON, appointment="a1"),), Refusal.UNKNOWN_ITEM, "appointment"),
        (
            (booked("2026-12-02 11:00"), *(CancelAppointment(on=ON, appointment="a1"),) * 2),
            Refusal.ALREADY_DONE,
            "appointment",
        ),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(
    commands: tuple[Command, ...], code: Refusal, field: str
) -> None:
    refusal = refused(waiting(), *commands)

    assert (refusal.code, refusal.field) == (code, field)


def test_an_appointment_that_was_kept_stays_arranged() -> None:
    assert stands(released(), Step.APPOINTMENT) is DONE
