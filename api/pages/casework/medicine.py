"""Prescription, last dose and naloxone: what clinicians record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import prescribing, words
from api.pages.casework.asking import on
from api.pages.casework.covering import warn_of_supplies
from api.pages.casework.fields import Choice, Field, Line, Option, options, yes_no
from api.pages.casework.form import Answers, Case, Form, Made, today_filled
from api.pages.casework.supplying import make
from domain.continuity import is_covered
from domain.facts import NaloxoneAnswer
from domain.journey import Step

_DECLINED: Final = NaloxoneAnswer.DECLINED


def _last_dose_fields(_case: Case) -> Sequence[Field]:
    return (
        yes_no(
            "with_prescriber",
            "Does the community prescriber know the last dose?",
            "Select yes if the prescriber knows the last dose",
            "Told by telephone or secure email, from clinician to clinician",
        ),
        yes_no(
            "with_pharmacy",
            "Does the pharmacy know the last dose?",
            "Select yes if the pharmacy knows the last dose",
        ),
        on("When was it confirmed?", "Date it was confirmed"),
    )


def _last_dose(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "confirm_last_dose",
        "on": answers["on"],
        "with_prescriber": answers.is_yes("with_prescriber"),
        "with_pharmacy": answers.is_yes("with_pharmacy"),
    }


def _no_prescription(case: Case) -> str | None:
    if case.state.prescription is None:
        return "No prescription is recorded. Record how medicine continues first."
    return None


def _naloxone_fields(_case: Case) -> Sequence[Field]:
    why = Choice(
        "declined_reason",
        "Why did they decline?",
        options(words.NALOXONE_DECLINED),
        "Select why they declined",
    )
    answers = tuple(
        Option(code.value, text, inside=(why,) if code is _DECLINED else ())
        for code, text in words.NALOXONE.items()
    )
    colleague = Line(
        "colleague",
        "Staff number of the colleague",
        "Enter the staff number of the colleague",
        "For example, nurse-17",
    )
    return (
        Choice("answer", "What came of offering naloxone?", answers, "Select what came of it"),
        Choice(
            "talked",
            "Who talked with the person about overdose?",
            (Option("me", "I did"), Option("other", "A colleague", inside=(colleague,))),
            "Select who talked about overdose",
            hint="Each agency tends to think that another one did, so somebody is named here",
        ),
        on("When was that?", "Date of the conversation"),
    )


def _naloxone(answers: Answers, case: Case) -> Made:
    mine = answers["talked"] == "me"
    return {
        "kind": "record_naloxone",
        "on": answers["on"],
        "answer": answers["answer"],
        "declined_reason": answers["declined_reason"],
        "conversation_by": case.account.subject.id if mine else answers["colleague"],
    }


FORMS: Final = (
    Form(
        kinds=("arrange_prescription",),
        title="Record how medicine continues",
        step=Step.PRESCRIPTION,
        intro=(
            "Every day from the release to the first community prescriber has to be covered. "
            "You see each day before you save. What is saved replaces what was recorded before."
        ),
        fields=prescribing.fields,
        make=make,
        filled=prescribing.filled,
        warn=warn_of_supplies,
        said="The prescription is recorded.",
        button="Save prescription",
        at={"prescriber_on": "prescriber_on", "supplies": "has_dose"},
        is_settled=lambda case: is_covered(case.state, case.rules),
    ),
    Form(
        kinds=("confirm_last_dose",),
        title="Confirm the last dose",
        step=Step.PRESCRIPTION,
        fields=_last_dose_fields,
        make=_last_dose,
        filled=today_filled,
        obstacle=_no_prescription,
        said="The last dose is confirmed.",
    ),
    Form(
        kinds=("record_naloxone",),
        title="Record naloxone",
        step=Step.NALOXONE,
        fields=_naloxone_fields,
        make=_naloxone,
        filled=today_filled,
        said="Naloxone is recorded.",
        at={"conversation_by": "talked"},
    ),
)
