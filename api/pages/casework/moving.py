"""Changes of plan: another date, another prison, another destination, or no release at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import on, place
from api.pages.casework.fields import Choice, Day, Field, Line, Option, options
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled
from api.pages.dates import weekday
from domain.codes import Nation

_NATIONS: Final = {Nation.ENGLAND: "England", Nation.WALES: "Wales"}
_OF_THE_AREA: Final = "none"


def _move_fields(case: Case) -> Sequence[Field]:
    return (
        Day(
            "scheduled_on",
            "New release date",
            "New release date",
            f"It is planned for {weekday(case.state.expected_on)} now",
        ),
        Choice(
            "as_given",
            "May the day be moved to a better one?",
            (
                Option("no", "Yes, if the rules on Fridays and bank holidays allow it"),
                Option("yes", "No, the person leaves on exactly this day"),
            ),
            "Select whether the day may be moved",
        ),
        on("When was this decided?", "Date of the decision"),
    )


def _move(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "move_release_date",
        "on": answers["on"],
        "scheduled_on": answers["scheduled_on"],
        "as_given": answers.is_yes("as_given"),
    }


def _transfer_fields(case: Case) -> Sequence[Field]:
    return (
        place("prison", "Which prison?", case.places.prisons(), "Select the prison"),
        on("When did they move?", "Date they moved"),
    )


def _transfer(answers: Answers, _case: Case) -> Made:
    return {"kind": "transfer", "on": answers["on"], "prison": answers["prison"]}


def _destination_fields(case: Case) -> Sequence[Field]:
    places = case.places
    own = Option(_OF_THE_AREA, "Not chosen yet")
    services = place(
        "service", "Which community drug service?", places.services(), "Select the service"
    )
    return (
        place(
            "destination",
            "Which local authority?",
            places.local_authorities(),
            "Select the authority",
        ),
        place(
            "probation_unit", "Which probation unit?", places.probation_units(), "Select the unit"
        ),
        type(services)(services.name, services.label, (own, *services.options), services.missing),
        Choice(
            "nation",
            "Which nation is that in?",
            options(_NATIONS),
            "Select the nation",
            is_inline=True,
        ),
        on("When did this become known?", "Date it became known"),
    )


def _destination(answers: Answers, _case: Case) -> Made:
    service = answers["service"]
    return {
        "kind": "change_destination",
        "on": answers["on"],
        "destination": answers["destination"],
        "probation_unit": answers["probation_unit"],
        "service": None if service == _OF_THE_AREA else service,
        "nation": answers["nation"],
    }


def _destination_filled(case: Case) -> Filled:
    state = case.state
    return {
        **today_filled(case),
        "destination": state.destination,
        "probation_unit": state.probation_unit,
        "service": state.service or _OF_THE_AREA,
        "nation": state.nation.value,
    }


def _cancel_fields(_case: Case) -> Sequence[Field]:
    return (
        Choice("reason", "Why?", options(words.CANCELLED), "Select why it will not happen"),
        on("When did this become known?", "Date it became known"),
    )


def _cancel(answers: Answers, _case: Case) -> Made:
    return {"kind": "cancel_release", "on": answers["on"], "reason": answers["reason"]}


def _merge_fields(_case: Case) -> Sequence[Field]:
    return (
        Line(
            "into",
            "Reference of the record to keep",
            "Enter the reference of the record to keep",
            "Six letters and digits, as shown on the other record",
        ),
        on("When was this found?", "Date it was found"),
    )


def _merge(answers: Answers, _case: Case) -> Made:
    return {"kind": "merge", "on": answers["on"], "into": answers["into"]}


def _left(case: Case) -> str | None:
    if case.state.released is not None:
        return "The person has left already. Correct the release if its day is wrong."
    return None


FORMS: Final = (
    Form(
        kinds=("move_release_date",),
        title="Move the release date",
        intro="Due times move with it. Whatever has passed already stays on the record.",
        fields=_move_fields,
        make=_move,
        filled=today_filled,
        obstacle=_left,
        said="The release date has moved, and every due time with it.",
    ),
    Form(
        kinds=("transfer",),
        title="Record a move to another prison",
        intro="The new prison takes over. You may not see this record any more afterwards.",
        fields=_transfer_fields,
        make=_transfer,
        filled=today_filled,
        obstacle=_left,
        said="The move to another prison is recorded.",
    ),
    Form(
        kinds=("change_destination",),
        title="Change where the person goes",
        intro="Withdraw the referral as well when another service is to take the person on.",
        fields=_destination_fields,
        make=_destination,
        filled=_destination_filled,
        said="The destination is changed.",
    ),
    Form(
        kinds=("cancel_release",),
        title="Record that the release will not happen",
        intro="This closes the record. Start a new one when there is another date.",
        fields=_cancel_fields,
        make=_cancel,
        filled=today_filled,
        obstacle=_left,
        said="The record is closed: the release will not happen.",
        button="Close the record",
        is_grave=True,
    ),
    Form(
        kinds=("merge",),
        title="Merge with another record of the same person",
        intro="This record closes, and work goes on in the other one. Nothing is copied.",
        fields=_merge_fields,
        make=_merge,
        filled=today_filled,
        said="The records are merged. Work goes on in the other one.",
        button="Close this record",
        is_grave=True,
    ),
)
