"""What the pack says of care: yes and no for everybody, the detail behind it for clinicians."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from api.pages.casework import words
from api.pages.dates import day
from api.pages.packs.facts import NEEDS, line, yes_no
from api.pages.papers import Line, Part
from domain.cover import Depot, PrescriptionForm, ReleasedDose, Supply, TakeHome
from domain.cover.wording import days_in_words
from domain.facts import TreatmentPicture
from domain.handover_pack import PackContents
from domain.state import Release
from domain.wording import counted

NO_MEDICINE: Final = "No supply is recorded"


def summary_parts(contents: PackContents) -> Sequence[Part]:
    """Return what justice staff may know (R125): arranged or not, until when, offered or not."""
    care, until = contents.care, contents.medicine_until
    return (
        Part(
            "Care",
            (
                line("Treatment needed", NEEDS[care.treatment_need]),
                line("Prescription arranged", yes_no(care.prescription_arranged)),
                line("Medicine until", day(until) if until else NO_MEDICINE),
                line("Naloxone offered", yes_no(care.naloxone_offered)),
            ),
            "Clinical detail is in the other version, which goes to the two drug services.",
        ),
    )


def clinical_parts(contents: PackContents) -> Sequence[Part]:
    """Return what the two drug services hand to each other; never a medicine or a dose."""
    release = contents.release
    return (
        Part("Treatment", _treatment(release.treatment, release.contingency)),
        Part("Medicine", _medicine(contents), "Doses are confirmed between clinicians, not here."),
        Part("Naloxone", _naloxone(release)),
    )


def _treatment(picture: TreatmentPicture | None, contingency: str | None) -> Sequence[Line]:
    if picture is None:
        return (line("Treatment needed", None),)
    group = words.GROUPS[picture.group] if picture.group else "No need for treatment"
    used = [words.SUBSTANCES[each] for each in picture.substances]
    return (
        line("Treatment needed", NEEDS[picture.need]),
        line("Group", group),
        line("Uses", *used),
        line("On medicine for opiate dependence", yes_no(picture.opiate_treatment)),
        line("Opiate history", yes_no(picture.has_opiate_history)),
        line("Believed drug free after opiate use", yes_no(picture.believed_drug_free)),
        line("If the person uses again", words.CONTINGENCIES.get(contingency or "", contingency)),
    )


def _medicine(contents: PackContents) -> Sequence[Line]:
    release, cover, until = contents.release, contents.cover, contents.medicine_until
    if release.prescription is None:
        return (line("Supply", NO_MEDICINE),)
    uncovered = days_in_words(cover.uncovered_on) if cover else ""
    wrong = [each.sentence for each in cover.problems] if cover else []
    return (
        line("Supply", *(_supply(each) for each in release.prescription.supplies)),
        line("Medicine until", day(until) if until else "The first day is not covered"),
        line("Days without medicine", uncovered or "No day was found"),
        *([line("To put right", *wrong)] if wrong else []),
        line("Last dose confirmed", *_last_dose(release)),
    )


def _supply(supply: Supply) -> str:
    match supply:
        case ReleasedDose():
            return "Dose on the day of release, before leaving"
        case TakeHome():
            return f"Given at the gate: {counted(supply.days, 'day')} from {day(supply.from_on)}"
        case PrescriptionForm():
            visits = counted(len(supply.collections), "collection")
            first = day(supply.collections[0].collect_on)
            asked = "" if supply.is_first_collection_confirmed else " (pharmacy not asked yet)"
            return f"{words.FORM_TYPES[supply.form]}: {visits} from {first}{asked}"
        case Depot():
            booked = supply.next_booked_on
            following = f"next booked for {day(booked)}" if booked else "next not booked"
            kind = words.FORMULATIONS[supply.formulation].lower()
            return f"Injection, {kind}, given on {day(supply.given_on)}; {following}"
        case _:
            assert_never(supply)


def _last_dose(release: Release) -> Sequence[str]:
    confirmed, record = release.last_dose, release.released
    if confirmed is None:
        return ("Not yet",)
    told = {"prescriber": confirmed.with_prescriber, "pharmacy": confirmed.with_pharmacy}
    names = " and ".join(name for name, known in told.items() if known) or "nobody"
    given = record.last_supervised_dose_on if record else None
    return (
        f"On {day(confirmed.confirmed_on)}, with {names}",
        *([f"Last supervised dose on {day(given)}"] if given else []),
    )


def _naloxone(release: Release) -> Sequence[Line]:
    known, record = release.naloxone, release.released
    if known is None:
        return (line("Naloxone", None),)
    held = "Held" if known.conversation_by else "Not recorded"
    return (
        line("Naloxone", f"{words.NALOXONE[known.answer]}, {day(known.on)}"),
        line("Conversation about overdose", held),
        *([line("In hand at the gate", yes_no(record.naloxone_in_hand))] if record else []),
    )
