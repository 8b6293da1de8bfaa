"""From the answers on medicine to the supplies of a command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import Final

from api.pages.casework.collecting import visits
from api.pages.casework.form import Answers, Case, Made

FORMS_AT_MOST: Final = 2
LONGEST_SUPPLY: Final = 56
"""Days; what `domain.cover` takes at most for one form and one supply."""

CLOSED_DATES: Final = 3


def make(answers: Answers, _case: Case) -> Made:
    """Return the command for what was answered."""
    supplies = list(_supplies(answers))
    if not supplies:
        answers.refuse("has_dose", "Say how at least one day is covered")
    return {
        "kind": "arrange_prescription",
        "on": answers["on"],
        "supplies": supplies,
        "pharmacy": _pharmacy_of(answers),
        "prescriber_on": answers["prescriber_on"],
    }


def _supplies(answers: Answers) -> Iterator[Made]:
    if answers.is_yes("has_dose"):
        yield {"kind": "released_dose", "on": answers["dose_on"]}
    if answers.is_yes("has_home"):
        yield {
            "kind": "take_home",
            "from_on": answers["home_from"],
            "days": answers["home_days"],
        }
    for number in takewhile(
        lambda each: answers.is_yes(f"has_form{each}"), range(1, FORMS_AT_MOST + 1)
    ):
        yield from _form_of(answers, number)
    if answers.is_yes("has_depot"):
        yield from _depot_of(answers)


def _form_of(answers: Answers, number: int) -> Iterator[Made]:
    first_on: date = answers[f"form{number}_first"]
    last_on: date = answers[f"form{number}_last"]
    if not answers.is_yes("has_pharmacy"):
        answers.refuse("has_pharmacy", "Enter the pharmacy that the form is collected from")
    elif not 0 <= (last_on - first_on).days < LONGEST_SUPPLY:
        answers.refuse(
            f"form{number}_last",
            f"Last day must be within {LONGEST_SUPPLY} days from the first collection",
        )
    else:
        weekdays = [int(each) for each in answers[f"form{number}_weekdays"]]
        yield {
            "kind": "prescription_form",
            "form": answers[f"form{number}_type"],
            "schedule": answers[f"form{number}_schedule"],
            "signed_on": answers[f"form{number}_signed"],
            "appropriate_on": answers[f"form{number}_appropriate"],
            "collections": [each._asdict() for each in visits(first_on, last_on, weekdays)],
            "pharmacy_id": answers["pharmacy"],
            "is_first_collection_confirmed": answers.is_yes(f"form{number}_confirmed"),
        }


def _depot_of(answers: Answers) -> Iterator[Made]:
    given_on: date = answers["depot_given"]
    for name in ("depot_due", "depot_booked"):
        if answers[name] is not None and answers[name] <= given_on:
            answers.refuse(name, "The next injection must be after this one")
            return
    yield {
        "kind": "depot",
        "formulation": answers["depot_lasts"],
        "given_on": given_on,
        "next_due_on": answers["depot_due"],
        "next_booked_on": answers["depot_booked"],
    }


def _pharmacy_of(answers: Answers) -> Made | None:
    if not answers.is_yes("has_pharmacy"):
        return None
    closed = [answers[f"closed{each}"] for each in range(1, CLOSED_DATES + 1)]
    return {
        "pharmacy_id": answers["pharmacy"],
        "closed_on": sorted({each for each in closed if each is not None}),
        "closed_weekdays": [int(each) for each in answers["closed_weekdays"]],
        "closes_on_bank_holidays": answers.is_yes("closed_on_holidays"),
    }
