"""Appointments: booked, told, cancelled; and whether the person came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import appointments, booked, instant_of, none_booked, on, own_service
from api.pages.casework.covering import warn_of_appointment
from api.pages.casework.fields import Choice, Clock, Day, Field, Option, options, yes_no
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled
from domain.journey import Step

_UNKNOWN: Final = "unknown"


def _book_fields(case: Case) -> Sequence[Field]:
    places = (*options(words.PLACES), Option(_UNKNOWN, "It is not known yet"))
    return (
        own_service(case),
        Day("date", "Date of the appointment", "Date of the appointment"),
        Clock("time", "Time", "Time of the appointment"),
        Choice("place", "Where is it?", places, "Select where it is"),
        yes_no(
            "with_prescriber",
            "Is it with somebody who can prescribe?",
            "Select yes if it is with somebody who can prescribe",
        ),
        yes_no(
            "told",
            "Has the person been told date, time and place?",
            "Select yes if the person has been told",
            "The step stays open until they have",
            if_yes=(Day("told_on", "When?", "Date the person was told"),),
        ),
    )


def _book(answers: Answers, case: Case) -> Made:
    service, place = answers["service"], answers["place"]
    return {
        "kind": "book_appointment",
        "on": case.today,
        "service": service,
        "at": instant_of(answers),
        "place": None if place == _UNKNOWN else f"{service}:{place}",
        "with_prescriber": answers.is_yes("with_prescriber"),
        "told_on": answers["told_on"],
    }


def _book_filled(case: Case) -> Filled:
    live = case.state.live_referral
    return {"service": live.service if live else case.state.service or ""}


def _which(case: Case, *more: Field) -> Sequence[Field]:
    return (
        Choice("appointment", "Which appointment?", appointments(case), "Select the appointment"),
        *more,
    )


def _which_filled(case: Case) -> Filled:
    found = booked(case)
    only = {"appointment": found[0].id} if len(found) == 1 else {}
    return {**today_filled(case), **only}


def _tell(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "tell_appointment",
        "on": answers["on"],
        "appointment": answers["appointment"],
    }


def _cancel(answers: Answers, _case: Case) -> Made:
    return {**_tell(answers, _case), "kind": "cancel_appointment"}


def _contact(answers: Answers, _case: Case) -> Made:
    return {
        **_tell(answers, _case),
        "kind": "record_contact",
        "attended": answers.is_yes("attended"),
    }


def _contact_fields(case: Case) -> Sequence[Field]:
    came = yes_no("attended", "Did the person come?", "Select yes if the person came")
    return _which(case, came, on("Which day was that?", "Date"))


def _attempt_fields(_case: Case) -> Sequence[Field]:
    return (
        yes_no("reached", "Did you reach the person?", "Select yes if you reached the person"),
        on("When did you try?", "Date of the attempt"),
    )


def _attempt(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "record_contact_attempt",
        "on": answers["on"],
        "reached": answers.is_yes("reached"),
    }


def _not_released(case: Case) -> str | None:
    return None if case.state.released else "The person has not been released yet."


def _not_yet_due(case: Case) -> str | None:
    return _not_released(case) or none_booked(case)


FORMS: Final = (
    Form(
        kinds=("book_appointment",),
        title="Book an appointment",
        step=Step.APPOINTMENT,
        fields=_book_fields,
        make=_book,
        filled=_book_filled,
        warn=warn_of_appointment,
        said="The appointment is booked.",
        button="Save appointment",
        at={"at": "date"},
        is_settled=lambda case: bool(booked(case)),
    ),
    Form(
        kinds=("tell_appointment",),
        title="Record that the person was told of an appointment",
        step=Step.APPOINTMENT,
        fields=lambda case: _which(case, on("When were they told?", "Date they were told")),
        make=_tell,
        filled=_which_filled,
        obstacle=none_booked,
        said="It is recorded that the person was told.",
    ),
    Form(
        kinds=("cancel_appointment",),
        title="Cancel an appointment",
        step=Step.APPOINTMENT,
        intro="Book another one afterwards: a cancelled appointment leaves the step open.",
        fields=lambda case: _which(case, on("When was it cancelled?", "Date it was cancelled")),
        make=_cancel,
        filled=_which_filled,
        obstacle=none_booked,
        said="The appointment is cancelled.",
        button="Cancel the appointment",
        is_grave=True,
    ),
    Form(
        kinds=("record_contact",),
        title="Record whether the person came",
        step=Step.FIRST_CONTACT,
        intro="After a miss, book another appointment and try to reach the person.",
        fields=_contact_fields,
        make=_contact,
        filled=_which_filled,
        obstacle=_not_yet_due,
        said="The outcome of the appointment is recorded.",
    ),
    Form(
        kinds=("record_contact_attempt",),
        title="Record an attempt to reach the person",
        step=Step.FIRST_CONTACT,
        fields=_attempt_fields,
        make=_attempt,
        filled=today_filled,
        obstacle=_not_released,
        said="The attempt is recorded.",
    ),
)
