"""A recorded prescription as answers, so that whoever changes one part need not type the rest."""

from __future__ import annotations

from datetime import timedelta
from itertools import zip_longest

from api.pages.casework.collecting import Visit, visits
from api.pages.casework.form import Filled, typed_day
from api.pages.casework.supplying import CLOSED_DATES, FORMS_AT_MOST
from domain.cover import Depot, Pharmacy, PrescriptionForm, ReleasedDose, TakeHome
from domain.facts import Prescription


def answers_of(prescription: Prescription) -> Filled:
    """Return what would be answered to record it again; what the form cannot hold is left open."""
    supplies = prescription.supplies
    forms = [each for each in supplies if isinstance(each, PrescriptionForm)]
    return {
        **_dose(next((each for each in supplies if isinstance(each, ReleasedDose)), None)),
        **_take_home(next((each for each in supplies if isinstance(each, TakeHome)), None)),
        **_depot(next((each for each in supplies if isinstance(each, Depot)), None)),
        **_forms(forms[:FORMS_AT_MOST]),
        **_pharmacy(prescription.pharmacy),
        "has_prescriber": "yes" if prescription.prescriber_on else "no",
    }


def _dose(supply: ReleasedDose | None) -> Filled:
    if supply is None:
        return {"has_dose": "no"}
    return {"has_dose": "yes", **typed_day("dose_on", supply.on)}


def _take_home(supply: TakeHome | None) -> Filled:
    if supply is None:
        return {"has_home": "no"}
    return {
        "has_home": "yes",
        "home_days": str(supply.days),
        **typed_day("home_from", supply.from_on),
    }


def _depot(supply: Depot | None) -> Filled:
    if supply is None:
        return {"has_depot": "no"}
    return {
        "has_depot": "yes",
        "depot_lasts": supply.formulation.value,
        **typed_day("depot_given", supply.given_on),
        **typed_day("depot_due", supply.next_due_on),
        **typed_day("depot_booked", supply.next_booked_on),
    }


def _forms(forms: list[PrescriptionForm]) -> Filled:
    found: dict[str, str | list[str]] = {}
    for number, form in zip_longest(range(1, FORMS_AT_MOST + 1), forms):
        found[f"has_form{number}"] = "yes" if form else "no"
        if form:
            found |= _form(f"form{number}", form)
    return found


def _form(name: str, form: PrescriptionForm) -> dict[str, str | list[str]]:
    return {
        f"{name}_type": form.form.value,
        f"{name}_schedule": form.schedule.value,
        f"{name}_confirmed": "yes" if form.is_first_collection_confirmed else "no",
        **typed_day(f"{name}_signed", form.signed_on),
        **typed_day(f"{name}_appropriate", form.appropriate_on),
        **_pattern(name, form),
    }


def _pattern(name: str, form: PrescriptionForm) -> dict[str, str | list[str]]:
    """Return the days and the pattern of a form; nothing when no pattern means its visits."""
    held = tuple(Visit(each.collect_on, each.covers_days) for each in form.collections)
    first_on = held[0].collect_on
    last_on = held[-1].collect_on + timedelta(days=held[-1].covers_days - 1)
    weekdays = sorted({each.collect_on.weekday() for each in held[1:]})
    if visits(first_on, last_on, weekdays) != held:
        return {}
    return {
        **typed_day(f"{name}_first", first_on),
        **typed_day(f"{name}_last", last_on),
        f"{name}_weekdays": [str(each) for each in weekdays],
    }


def _pharmacy(pharmacy: Pharmacy | None) -> Filled:
    if pharmacy is None:
        return {"has_pharmacy": "no"}
    closed = zip(range(1, CLOSED_DATES + 1), sorted(pharmacy.closed_on), strict=False)
    dates = [typed_day(f"closed{number}", on) for number, on in closed]
    return {
        "has_pharmacy": "yes",
        "pharmacy": pharmacy.pharmacy_id,
        "closed_weekdays": [str(each) for each in sorted(pharmacy.closed_weekdays)],
        "closed_on_holidays": "yes" if pharmacy.closes_on_bank_holidays else "no",
        **{name: value for each in dates for name, value in each.items()},
    }
