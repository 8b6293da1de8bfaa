"""Drug conditions on the licence: asked for, evidenced against PI 30/14, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import on
from api.pages.casework.fields import Choice, Field, Option, Text, options, yes_no
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled
from domain.facts import ConditionStatus, DrugCondition
from domain.journey import Step

_CRITERIA: Final = {
    "linked_to_offending": "Is the drug use linked to the offending?",
    "dependent_or_propensity": "Is the person dependent, or prone to misuse drugs?",
    "requires_and_susceptible_to_treatment": "Do they need treatment, and may it help them?",
    "appointment_known_and_confirmed": "Is the appointment known and confirmed?",
    "type_set_on_health_advice": "Was the type of treatment set on the advice of health staff?",
}
"""The five of PI 30/14 (R68), in the order of the instruction."""


def _with(case: Case, *statuses: ConditionStatus) -> tuple[Option, ...]:
    known = case.state.conditions
    found = [each for each in DrugCondition if each in known and known[each].status in statuses]
    return tuple(Option(each.value, words.CONDITIONS[each]) for each in found)


def _request_fields(_case: Case) -> Sequence[Field]:
    return (
        Choice(
            "condition",
            "Which condition do you ask for?",
            options(words.CONDITIONS),
            "Select the condition",
            hint="Treatment and testing are separate conditions",
        ),
        on("When did you ask for it?", "Date it was asked for"),
    )


def _request(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "request_licence_condition",
        "on": answers["on"],
        "condition": answers["condition"],
    }


def _evidence_fields(case: Case) -> Sequence[Field]:
    asked_for = _with(case, ConditionStatus.REQUESTED)
    return (
        Choice("condition", "Which condition?", asked_for, "Select the condition"),
        *(yes_no(name, label, "Select yes or no") for name, label in _CRITERIA.items()),
        Text("necessity", "Why is the condition necessary?", "Enter why it is necessary"),
        Text("proportionality", "Why is it proportionate?", "Enter why it is proportionate"),
        on("When was this evidenced?", "Date of the evidence"),
    )


def _evidence(answers: Answers, _case: Case) -> Made:
    unmet = [name for name in _CRITERIA if not answers.is_yes(name)]
    for name in unmet:
        answers.refuse(
            name, "A drug condition needs all five. If this one is not met, withdraw the condition"
        )
    return {
        "kind": "evidence_licence_condition",
        "on": answers["on"],
        "condition": answers["condition"],
        "criteria": {
            **{name: answers.is_yes(name) for name in _CRITERIA},
            "necessity_note": answers.note("necessity"),
            "proportionality_note": answers.note("proportionality"),
        },
    }


def _only(case: Case, *statuses: ConditionStatus) -> Filled:
    found = _with(case, *statuses)
    only = {"condition": found[0].value} if len(found) == 1 else {}
    return {**today_filled(case), **only}


def _none_waiting(case: Case) -> str | None:
    if _with(case, ConditionStatus.REQUESTED):
        return None
    return "No condition is waiting for evidence. Ask for one first."


_LIVE: Final = (ConditionStatus.REQUESTED, ConditionStatus.EVIDENCED)


def _withdraw_fields(case: Case) -> Sequence[Field]:
    return (
        Choice("condition", "Which condition?", _with(case, *_LIVE), "Select the condition"),
        on("When was it withdrawn?", "Date it was withdrawn"),
    )


def _withdraw(answers: Answers, case: Case) -> Made:
    return {**_request(answers, case), "kind": "withdraw_licence_condition"}


def _none_to_withdraw(case: Case) -> str | None:
    return None if _with(case, *_LIVE) else "No condition stands that could be withdrawn."


FORMS: Final = (
    Form(
        kinds=("evidence_licence_condition",),
        title="Evidence a drug condition",
        step=Step.LICENCE,
        fields=_evidence_fields,
        make=_evidence,
        filled=lambda case: _only(case, ConditionStatus.REQUESTED),
        obstacle=_none_waiting,
        said="The condition is evidenced.",
    ),
    Form(
        kinds=("request_licence_condition",),
        title="Ask for a drug condition",
        step=Step.LICENCE,
        intro="From then on its evidence is due.",
        fields=_request_fields,
        make=_request,
        filled=today_filled,
        said="The condition is asked for. Its evidence is due now.",
        is_aside=True,
    ),
    Form(
        kinds=("withdraw_licence_condition",),
        title="Withdraw a drug condition",
        step=Step.LICENCE,
        fields=_withdraw_fields,
        make=_withdraw,
        filled=lambda case: _only(case, *_LIVE),
        obstacle=_none_to_withdraw,
        said="The condition is withdrawn.",
        is_aside=True,
    ),
)
