"""How medicine continues: each supply by its kind, the pharmacy, and the first prescriber.

It asks for days and codes only; there is no field for a medicine or an amount (R54).
"""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.casework import words
from api.pages.casework.fields import (
    Boxes,
    Choice,
    Day,
    Field,
    Group,
    Line,
    Number,
    Option,
    options,
    yes_no,
)
from api.pages.casework.form import Case, Filled, today_filled, typed_day
from api.pages.casework.supplied import answers_of
from api.pages.casework.supplying import CLOSED_DATES, FORMS_AT_MOST, LONGEST_SUPPLY
from domain.continuity import prescriber_on


def fields(case: Case) -> Sequence[Field]:
    """Return what the prescription form asks."""
    return (
        Group("dose", "On the day of release", (_dose(), _take_home())),
        Group("forms", "From a pharmacy", (_form(1), _pharmacy())),
        Group("depot", "Long-acting injection", (_depot(),)),
        Group("prescriber", "First community prescriber", (_prescriber(case),)),
        Day("on", "When was this arranged?", "Date it was arranged"),
    )


def _dose() -> Field:
    return yes_no(
        "has_dose",
        "Will the person have a supervised dose before they leave?",
        "Select yes if there is a dose before they leave",
        if_yes=(Day("dose_on", "On which day?", "Date of the dose"),),
    )


def _take_home() -> Field:
    inside: tuple[Field, ...] = (
        Day("home_from", "First day it is for", "First day of the medicine given at the gate"),
        Number(
            "home_days",
            "For how many days?",
            "Days given at the gate",
            1,
            LONGEST_SUPPLY,
            suffix="days",
        ),
    )
    return yes_no(
        "has_home",
        "Will medicine be given at the gate to take home?",
        "Select yes if medicine is given at the gate",
        if_yes=inside,
    )


def _form(number: int) -> Choice:
    """Return the questions of one form; the last of them asks whether there is another."""
    first = number == 1
    label = "Is there a prescription form?" if first else "Is there a second prescription form?"
    missing = f"Select yes if there is a {'' if first else 'second '}prescription form"
    more: tuple[Field, ...] = (_form(number + 1),) if number < FORMS_AT_MOST else ()
    return yes_no(f"has_form{number}", label, missing, if_yes=(*_form_fields(number), *more))


def _form_fields(number: int) -> tuple[Field, ...]:
    def name(part: str) -> str:
        return f"form{number}_{part}"

    return (
        Choice(name("type"), "Which form?", options(words.FORM_TYPES), "Select the form"),
        Choice(
            name("schedule"), "Which schedule?", options(words.SCHEDULES), "Select the schedule"
        ),
        Day(name("signed"), "When was it signed?", "Date it was signed"),
        Day(
            name("appropriate"),
            "First day it may be supplied, if one is written on it (optional)",
            "First day it may be supplied",
            required=False,
        ),
        Day(name("first"), "First collection", "Date of the first collection"),
        Day(name("last"), "Last day that it covers", "Last day that it covers"),
        Boxes(
            name("weekdays"),
            "On which days is it collected after that?",
            options(words.WEEKDAYS),
            hint="Leave all empty if everything is collected at once",
        ),
        yes_no(
            name("confirmed"),
            "Has the pharmacy said that it is open on the day of the first collection?",
            "Select yes if the pharmacy has confirmed the first collection",
        ),
    )


def _pharmacy() -> Choice:
    inside: tuple[Field, ...] = (
        Line(
            "pharmacy",
            "ODS code of the pharmacy",
            "Enter the ODS code of the pharmacy",
            "For example, FA123",
        ),
        Boxes("closed_weekdays", "Days of the week it is closed", options(words.WEEKDAYS)),
        yes_no(
            "closed_on_holidays",
            "Is it closed on bank holidays?",
            "Select yes if it is closed on bank holidays",
        ),
        *(
            Day(
                f"closed{each}",
                "Another day it is closed (optional)",
                "Day it is closed",
                required=False,
            )
            for each in range(1, CLOSED_DATES + 1)
        ),
    )
    return yes_no(
        "has_pharmacy",
        "Is the pharmacy chosen?",
        "Select yes if the pharmacy is chosen",
        "A prescription form needs one",
        if_yes=inside,
    )


def _depot() -> Choice:
    inside: tuple[Field, ...] = (
        Choice(
            "depot_lasts",
            "How long does it last?",
            options(words.FORMULATIONS),
            "Select how long it lasts",
        ),
        Day("depot_given", "When is it given?", "Date it is given"),
        Day(
            "depot_due",
            "When is the next one due? (optional)",
            "Date the next one is due",
            required=False,
        ),
        Day(
            "depot_booked",
            "When is a clinician booked to give it? (optional)",
            "Date the next one is booked",
            required=False,
        ),
    )
    return yes_no(
        "has_depot",
        "Is there a long-acting injection?",
        "Select yes if there is a long-acting injection",
        if_yes=inside,
    )


def _prescriber(case: Case) -> Choice:
    booked = [each for each in case.state.standing_appointments if each.with_prescriber]
    hint = "The appointment that is booked with a prescriber counts before this" if booked else ""
    day_of = Day("prescriber_on", "On which day?", "Date of the first prescriber")
    answers = (Option("yes", "Yes", inside=(day_of,)), Option("no", "Not yet"))
    return Choice(
        "has_prescriber",
        "Is it known when the person first sees a community prescriber?",
        answers,
        "Select yes if the day is known",
        hint,
    )


def filled(case: Case) -> Filled:
    """Return what is known before anybody asks, with what is recorded already."""
    leaves_on, known = case.state.leaves_on, case.state.prescription
    return {
        **today_filled(case),
        **typed_day("dose_on", leaves_on),
        **typed_day("home_from", leaves_on),
        **typed_day("prescriber_on", prescriber_on(case.state)),
        **(answers_of(known) if known else {}),
    }
