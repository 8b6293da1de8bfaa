"""What happens to a person: hospital, recall, death."""

from __future__ import annotations

from typing import Final

from api.pages.casework.asking import only_on
from api.pages.casework.form import Answers, Case, Form, Made, today_filled


def _admitted(answers: Answers, _case: Case) -> Made:
    return {"kind": "record_hospital_admission", "on": answers["on"]}


def _discharged(answers: Answers, _case: Case) -> Made:
    return {"kind": "record_hospital_discharge", "on": answers["on"]}


def _recalled(answers: Answers, _case: Case) -> Made:
    return {"kind": "recall", "on": answers["on"]}


def _died(answers: Answers, _case: Case) -> Made:
    return {"kind": "record_death", "on": answers["on"]}


def _in_hospital(case: Case) -> str | None:
    if case.state.in_hospital:
        return "The person is recorded as in hospital already. Record the discharge first."
    return None


def _not_in_hospital(case: Case) -> str | None:
    return None if case.state.in_hospital else "The person is not recorded as in hospital."


def _still_inside(case: Case) -> str | None:
    return None if case.state.released else "The person has not been released yet."


def _has_died(case: Case) -> str | None:
    return "The death is recorded already." if case.state.died_on else None


FORMS: Final = (
    Form(
        kinds=("record_hospital_admission",),
        title="Record a stay in hospital",
        intro="Appointments wait. The three weeks to treatment go on.",
        fields=lambda _: only_on("When did the person go into hospital?", "Date they went in"),
        make=_admitted,
        filled=today_filled,
        obstacle=_in_hospital,
        said="The stay in hospital is recorded.",
    ),
    Form(
        kinds=("record_hospital_discharge",),
        title="Record the discharge from hospital",
        fields=lambda _: only_on("When did the person leave hospital?", "Date they left"),
        make=_discharged,
        filled=today_filled,
        obstacle=_not_in_hospital,
        said="The discharge from hospital is recorded.",
    ),
    Form(
        kinds=("recall",),
        title="Record a recall to prison",
        intro="This closes the record. Its history stays, and the next release starts a new one.",
        fields=lambda _: only_on("When was the person recalled?", "Date of the recall"),
        make=_recalled,
        filled=today_filled,
        obstacle=_still_inside,
        said="The recall is recorded, and the record is closed.",
        button="Record the recall",
        is_grave=True,
    ),
    Form(
        kinds=("record_death",),
        title="Record a death",
        intro=(
            "Everything stops at once: nobody is reminded or contacted about this person again, "
            "and only whoever leads on deaths is told. Be sure that this is the right person."
        ),
        fields=lambda _: only_on("When did the person die?", "Date of the death"),
        make=_died,
        obstacle=_has_died,
        said="The death is recorded. Nothing more is sent about this person.",
        button="Record the death",
        is_grave=True,
    ),
)
