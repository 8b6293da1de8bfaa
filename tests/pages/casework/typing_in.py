"""What people type into forms, by the names of the inputs."""

from __future__ import annotations

from datetime import date

from tests.pages.conftest import Page

Typed = dict[str, str | list[str]]


def day(name: str, on: date) -> Typed:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def everything_in(page: Page) -> Typed:
    """Return what the page's form would send, every ticked box of a field included."""
    found: Typed = {**page.fields()}
    for each in page.soup.select("main form input[type=checkbox][checked]"):
        name = str(each["name"])
        held = found[name]
        ticked = held if isinstance(held, list) else []
        found[name] = [*ticked, str(each["value"])]
    return found


RELEASED_ON = date(2026, 12, 1)
SEEN_ON = date(2026, 12, 3)
PATHWAYS = (
    "accommodation",
    "attitudes_thinking_and_behaviour",
    "children_families_and_communities",
    "education_skills_and_work",
    "finance_and_id",
    "health",
)

SCREENING: Typed = {
    **{f"status_{each}": "support_not_required" for each in PATHWAYS},
    **{f"sources_support_not_required_{each}": ["self_report", "oasys"] for each in PATHWAYS},
    "status_drugs_and_alcohol": "support_required",
    "why_drugs_and_alcohol": "Says that every stay outside ended in heroin.",
    "sources_support_required_drugs_and_alcohol": ["self_report", "health"],
    "need": "needed",
    "substances": ["heroin", "crack"],
    "facts": ["opiate_treatment", "opiate_history"],
}
PLAN: Typed = {
    "add_drugs_and_alcohol": "yes",
    "owner_drugs_and_alcohol": "resettlement",
    **day("due_drugs_and_alcohol", date(2026, 11, 27)),
    "what_drugs_and_alcohol": "Agree on a service and send the referral.",
}
PHARMACY: Typed = {
    "has_pharmacy": "yes",
    "pharmacy": "FA123",
    "closed_weekdays": ["6"],
    "closed_on_holidays": "yes",
}
FORM: Typed = {
    "has_form1": "yes",
    "form1_type": "fp10mda",
    "form1_schedule": "2",
    **day("form1_signed", date(2026, 11, 20)),
    **day("form1_first", date(2026, 12, 2)),
    **day("form1_last", date(2026, 12, 8)),
    "form1_weekdays": ["0", "1", "2", "3", "4", "5"],
    "form1_confirmed": "yes",
    "has_form2": "no",
}
PRESCRIPTION: Typed = {
    "has_dose": "yes",
    **day("dose_on", RELEASED_ON),
    "has_home": "no",
    **FORM,
    **PHARMACY,
    "has_depot": "no",
    "has_prescriber": "yes",
    **day("prescriber_on", SEEN_ON),
}
LAST_DOSE: Typed = {"with_prescriber": "yes", "with_pharmacy": "yes"}
NALOXONE: Typed = {"answer": "supplied_and_trained", "talked": "me"}
APPOINTMENT: Typed = {
    "service": "cds-hartlepool",
    **day("date", SEEN_ON),
    "time": "9:30am",
    "place": "main",
    "with_prescriber": "yes",
    "told": "no",
}
ESSENTIALS: Typed = {
    **dict.fromkeys(("first_night_address", "id", "bank_account", "gp", "travel"), "arranged"),
    "benefits_appointment": "declined",
    "benefits_appointment_declined": "does_not_want_it",
}
CRITERIA: Typed = {
    **dict.fromkeys(
        (
            "linked_to_offending",
            "dependent_or_propensity",
            "requires_and_susceptible_to_treatment",
            "appointment_known_and_confirmed",
            "type_set_on_health_advice",
        ),
        "yes",
    ),
    "necessity": "Stole to buy heroin.",
    "proportionality": "Weekly, and no more than the offence warrants.",
}
RELEASE: Typed = {
    "time": "9:15am",
    "naloxone_in_hand": "yes",
    **day("last_supervised_dose_on", RELEASED_ON),
}
