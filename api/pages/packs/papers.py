"""The three documents, put together: two editions of the pack, and the page for the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from api.pages.dates import day, instant
from api.pages.packs import care, facts
from api.pages.papers import Line, Paper, Part
from api.pages.people import name_of
from api.pages.places import PlaceNames
from api.records import Person, ReleaseDetail
from domain.codes import Nation
from domain.handover_pack import Edition, PackContents, PersonSheet


class Document(StrEnum):
    """What can be opened, printed and made a PDF of; the wire value stands in addresses."""

    CLINICAL = "clinical"
    NON_CLINICAL = "non-clinical"
    PERSON = "person"

    @property
    def edition(self) -> Edition | None:
        """The edition of the pack that it is; None for the person's own page."""
        return None if self is Document.PERSON else Edition(self.value)


TITLES: Final[Mapping[Document, str]] = {
    Document.CLINICAL: "Handover pack: clinical version",
    Document.NON_CLINICAL: "Handover pack: version without clinical detail",
    Document.PERSON: "Your next steps",
}
PURPOSES: Final[Mapping[Document, str]] = {
    Document.CLINICAL: "For the prison drug service and the community drug service only.",
    Document.NON_CLINICAL: "For prison resettlement and probation.",
    Document.PERSON: "Keep this page with you.",
}


def pack_paper(
    detail: ReleaseDetail, contents: PackContents, places: PlaceNames, made_at: datetime
) -> Paper:
    """Return one edition of the pack."""
    document, release = Document(contents.edition.value), contents.release
    is_clinical = contents.edition is Edition.CLINICAL
    of_care = care.clinical_parts(contents) if is_clinical else care.summary_parts(contents)
    return Paper(
        title=TITLES[document],
        about=name_of(detail.person),
        purpose=PURPOSES[document],
        parts=(
            facts.person_part(detail.person, release, places),
            *facts.missing_part(contents),
            facts.appointment_part(release, places),
            facts.referral_part(release, places),
            *of_care,
            facts.essentials_part(release),
            *facts.conditions_part(release),
            *facts.plan_part(release),
        ),
        reference=detail.reference,
        version=release.seq,
        made_at=made_at,
    )


# Talk to Frank (talktofrank.com) for England; the Wales Drug and Alcohol Helpline (dan247.org.uk).
_HELPLINES: Final = {
    Nation.ENGLAND: "Talk to Frank: 0300 123 6600, free and private, day and night",
    Nation.WALES: "DAN 24/7: 0808 808 2234, free and private, day and night",
}
_AFTER_A_BREAK: Final = (
    "After a break, the amount you used before can kill you. Try not to use when you are alone."
)
_BY_HAND: Final = "Name and number: ______________________________"


def sheet_paper(
    person: Person | None,
    sheet: PersonSheet,
    nation: Nation,
    places: PlaceNames,
    *,
    version: int,
    made_at: datetime,
) -> Paper:
    """Return the page for the person: one page, and no word that tells where they come from."""
    return Paper(
        title=TITLES[Document.PERSON],
        about=name_of(person),
        purpose=PURPOSES[Document.PERSON],
        parts=(_appointment(sheet, places), _medicine(sheet), _to_call(sheet, nation, places)),
        reference="",
        version=version,
        made_at=made_at,
    )


def _appointment(sheet: PersonSheet, places: PlaceNames) -> Part:
    booked = sheet.appointment
    if booked is None:
        lines = (Line("When", ("Not booked yet. Call the service below and ask.",)),)
        return Part("Your appointment", lines)
    return Part(
        "Your appointment",
        (
            Line("When", (f"{booked.at:%A} {instant(booked.at)}",)),
            Line("With", (places.service(booked.service),)),
            Line("Where", (facts.place_of(booked, places) or "Call the service below and ask.",)),
        ),
        "If you cannot go, call them. They will give you another time.",
    )


def _medicine(sheet: PersonSheet) -> Part:
    until = sheet.medicine_until
    last = f"You have medicine until {until:%A} {day(until)}." if until else ""
    naloxone = (
        "You have naloxone. Carry it, and show the people around you where it is."
        if sheet.has_naloxone
        else "Ask the service below for naloxone. It can save a life in an overdose."
    )
    return Part(
        "Your medicine",
        (
            Line("Medicine", (last or "Ask the service below how you get your medicine.",)),
            Line("Naloxone", (naloxone,)),
            Line("Take care", (_AFTER_A_BREAK,)),
        ),
    )


def _to_call(sheet: PersonSheet, nation: Nation, places: PlaceNames) -> Part:
    service = (places.service(sheet.service),) if sheet.service else ()
    return Part(
        "Who to call",
        (
            Line("Your service", (*service, _BY_HAND)),
            Line("Your worker", (_BY_HAND,)),
            Line("Somebody to talk to", (_HELPLINES[nation],)),
            Line("Overdose or danger to life", ("Call 999. Say if somebody is not breathing.",)),
            Line("Unwell, not an emergency", ("Call NHS 111.",)),
        ),
    )
