"""The day-of-release sheet as a list to tick off and facts to hand on."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.casework import words
from api.pages.dates import day, instant, weekday
from api.pages.places import PlaceNames
from api.records import ReleaseDetail
from domain.access_detail import CareSummary
from domain.facts import Essential
from domain.state import Release


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to have before leaving.

    Attributes:
        known: What the record says.
        is_settled: Whether nothing is left to do about it.
    """

    what: str
    known: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page."""

    checks: tuple[Check, ...]
    facts: tuple[tuple[str, str], ...]


def sheet_of(detail: ReleaseDetail, shown: Release, care: CareSummary, places: PlaceNames) -> Sheet:
    """Return the sheet; clinical facts are yes and no for everybody, as R125 allows."""
    return Sheet(
        checks=(_medicine(detail, care), _naloxone(care), *_essentials(shown), _pack(shown)),
        facts=(*_appointment(shown, places), *_places(shown, places)),
    )


def _medicine(detail: ReleaseDetail, care: CareSummary) -> Check:
    until = detail.covered_until
    if until is not None:
        return Check("Medicine", f"Covered without a gap until {weekday(until)}", is_settled=True)
    if care.prescription_arranged:
        return Check("Medicine", "Arranged, but the first day is not covered", is_settled=False)
    return Check("Medicine", "No prescription is recorded", is_settled=False)


def _naloxone(care: CareSummary) -> Check:
    said = "Offered" if care.naloxone_offered else "Not offered yet"
    return Check("Naloxone in hand", said, is_settled=care.naloxone_offered)


def _essentials(shown: Release) -> tuple[Check, ...]:
    found = []
    for each in Essential:
        answer = shown.essentials.get(each)
        said = words.ESSENTIAL_ANSWERS[answer.answer] if answer else "Not answered"
        found.append(Check(words.ESSENTIALS[each], said, is_settled=answer is not None))
    return tuple(found)


def _pack(shown: Release) -> Check:
    if shown.handover is None:
        return Check("Handover pack", "Not sent", is_settled=False)
    sent = f"Sent on {day(shown.handover.sent_on)}"
    count = len(shown.handover.acknowledged)
    is_settled = count == 4  # noqa: PLR2004 - the four parties (R37)
    return Check("Handover pack", f"{sent}, acknowledged by {count} of 4", is_settled=is_settled)


def _appointment(shown: Release, places: PlaceNames) -> tuple[tuple[str, str], ...]:
    booked = shown.next_appointment
    if booked is None:
        said = "No appointment is booked. Call the service before the person leaves."
        return (("First appointment", said),)
    told = f"Told on {day(booked.told_on)}" if booked.told_on else "Has NOT been told of it"
    return (
        ("First appointment", instant(booked.at)),
        ("With", places.service(booked.service)),
        ("The person", told),
    )


def _places(shown: Release, places: PlaceNames) -> tuple[tuple[str, str], ...]:
    return (
        ("Going to", places.local_authority(shown.destination)),
        ("Probation", places.probation_unit(shown.probation_unit)),
        ("Treatment service", places.service(shown.service) if shown.service else "Not known"),
    )
