"""The words of starting a release, and the answers as they are checked before it is recorded."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from api.pages.dates import day, weekday
from api.pages.forms import FormReader
from api.pages.places import PlaceNames
from api.pages.starting import Part
from domain.codes import EthnicityGroup, ReleaseType, Sex

SEXES: Final = {Sex.FEMALE: "Female", Sex.MALE: "Male"}
ETHNICITIES: Final = {
    EthnicityGroup.ASIAN: "Asian or Asian British",
    EthnicityGroup.BLACK: "Black, Black British, Caribbean or African",
    EthnicityGroup.MIXED: "Mixed or multiple ethnic groups",
    EthnicityGroup.WHITE: "White",
    EthnicityGroup.OTHER: "Other ethnic group",
    EthnicityGroup.NOT_STATED: "Not stated",
}
RELEASE_TYPES: Final = {
    ReleaseType.CONDITIONAL: "Conditional release (CRD)",
    ReleaseType.AUTOMATIC: "Automatic release (ARD)",
    ReleaseType.POST_RECALL: "Release after a recall (PRRD)",
    ReleaseType.FIXED_TERM_RECALL: "End of a fixed-term recall (FTR)",
    ReleaseType.EARLY_TRANSFER: "Early transfer (ETD)",
    ReleaseType.MID_TRANSFER: "Mid transfer (MTD)",
    ReleaseType.LATE_TRANSFER: "Late transfer (LTD)",
    ReleaseType.HOME_DETENTION_CURFEW: "Home detention curfew (HDC)",
    ReleaseType.PAROLE: "Parole (APD)",
    ReleaseType.INDETERMINATE: "Indeterminate sentence",
    ReleaseType.COURT: "From court",
    ReleaseType.REMAND_END: "End of remand",
}


class Answer(NamedTuple):
    """One answer with where it is changed."""

    name: str
    value: str
    part: Part


def rows_of(form: FormReader, places: PlaceNames) -> tuple[Answer, ...]:
    """Return the answers of a form that was read without a fault."""
    typed = form.typed
    moved = "Leave as it is" if typed.get("release_date_as_given") else "Apply the Friday rule"
    service = typed.get("service")
    return (
        Answer("Prison number", typed["prison_number"].upper(), Part.NUMBER),
        Answer("Name", f"{typed['forename']} {typed['surname']}", Part.PERSON),
        Answer("Date of birth", day(_day(form, "date_of_birth")), Part.PERSON),
        Answer("Sex", SEXES[Sex(typed["sex"])], Part.PERSON),
        Answer("Mobile", typed.get("mobile") or "Not given", Part.PERSON),
        Answer("CRN", (typed.get("crn") or "Not given"), Part.PERSON),
        Answer("Prison", places.prison(typed["prison"]), Part.RELEASE),
        Answer("Reception into custody", day(_day(form, "reception_date")), Part.RELEASE),
        Answer("Release date", weekday(_day(form, "release_date")), Part.RELEASE),
        Answer("If that is a Friday or an eve", moved, Part.RELEASE),
        Answer("Type", RELEASE_TYPES[ReleaseType(typed["release_type"])], Part.RELEASE),
        Answer("Going to", places.local_authority(typed["local_authority"]), Part.RELEASE),
        Answer("Probation", places.probation_unit(typed["probation_unit"]), Part.RELEASE),
        Answer(
            "Treatment service",
            places.service(service) if service else "The service of the area",
            Part.RELEASE,
        ),
    )


def _day(form: FormReader, name: str) -> date:
    year, month, on = (int(form.typed[f"{name}-{each}"]) for each in ("year", "month", "day"))
    return date(year, month, on)
