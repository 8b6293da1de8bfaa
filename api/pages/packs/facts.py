"""The parts of the pack that both editions hold, in the words of staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.dates import day, instant
from api.pages.papers import Line, Part
from api.pages.people import name_of
from api.pages.places import PlaceNames
from api.pages.roles import ROLES
from api.records import Person
from domain.codes import TreatmentNeed
from domain.facts import Appointment, ConditionStatus, ReferralStatus
from domain.handover_pack import PackContents
from domain.journey import DEFINITIONS
from domain.state import Release

NOT_YET: Final = "Not recorded yet"
NEEDS: Final = {
    TreatmentNeed.NEEDED: "Yes",
    TreatmentNeed.NOT_NEEDED: "No",
    TreatmentNeed.NOT_YET_KNOWN: "Not known yet",
}
_REFERRALS: Final = {
    ReferralStatus.REQUESTED: "Sent, not answered yet",
    ReferralStatus.RECEIVED: "Received, not answered yet",
    ReferralStatus.ACCEPTED: "Accepted",
    ReferralStatus.REJECTED: "Rejected",
    ReferralStatus.WITHDRAWN: "Withdrawn",
}
_CONDITIONS: Final = {
    ConditionStatus.REQUESTED: "Asked for, not evidenced yet",
    ConditionStatus.EVIDENCED: "Evidenced",
    ConditionStatus.REFUSED: "Refused",
    ConditionStatus.WITHDRAWN: "Withdrawn",
}


def line(what: str, *text: str | None) -> Line:
    """Return a fact; what is not known yet is said, never left out."""
    return Line(what, tuple(each for each in text if each) or (NOT_YET,))


def yes_no(value: object) -> str:
    """Return the word for something that is so or not."""
    return "Yes" if value else "No"


def person_part(person: Person | None, release: Release, places: PlaceNames) -> Part:
    """Return who it is about, and when and from where they leave."""
    leaves = "Released on" if release.released else "Expected release"
    return Part(
        "The person",
        (
            line("Name", name_of(person)),
            line("Date of birth", day(person.born_on) if person else None),
            line("Prison number", person.prison_number if person else None),
            line("Prison", places.prison(release.prison)),
            line(leaves, f"{release.leaves_on:%A} {day(release.leaves_on)}"),
            line("Going to", places.local_authority(release.destination)),
            line("Probation", places.probation_unit(release.probation_unit)),
        ),
    )


def missing_part(contents: PackContents) -> Sequence[Part]:
    """Return what the pack still waits for, first of all; nothing when it is complete."""
    if not contents.missing:
        return ()
    lines = [
        Line(DEFINITIONS[step].title, (f"Not complete. {ROLES[DEFINITIONS[step].owner]}.",))
        for step in contents.missing
    ]
    return (Part("Still missing", lines, "Ask the team that is named."),)


def appointment_part(release: Release, places: PlaceNames) -> Part:
    """Return the next appointment, or that there is none."""
    booked = release.next_appointment
    if booked is None:
        return Part("First appointment", (line("When", "Nothing is booked"),))
    return Part(
        "First appointment",
        (
            line("When", f"{booked.at:%A} {instant(booked.at)}"),
            line("With", places.service(booked.service)),
            line("Where", place_of(booked, places)),
            line("Prescriber there", yes_no(booked.with_prescriber)),
            line("Person told", day(booked.told_on) if booked.told_on else "Nobody has yet"),
        ),
    )


def place_of(booked: Appointment, places: PlaceNames) -> str | None:
    """Return where an appointment is; None while that is not known."""
    if booked.place is None:
        return None
    service, _, where = booked.place.partition(":")
    known = words.PLACES.get(where)
    if known is None:
        return booked.place
    return known if service == booked.service else f"{places.service(service)}: {known.lower()}"


def referral_part(release: Release, places: PlaceNames) -> Part:
    """Return where the newest referral stands."""
    if not release.referrals:
        return Part("Community treatment", (line("Referral", "Not sent yet"),))
    referral = release.referrals[-1]
    return Part(
        "Community treatment",
        (
            line("Service", places.service(referral.service)),
            line("Referral", _REFERRALS[referral.status]),
            line("Sent on", day(referral.sent_on)),
            line("Answered on", day(referral.answered_on) if referral.answered_on else "Not yet"),
        ),
    )


def essentials_part(release: Release) -> Part:
    """Return what is arranged for the first night."""
    known = release.essentials
    return Part(
        "Essentials",
        [
            line(name, words.ESSENTIAL_ANSWERS[known[item].answer] if item in known else None)
            for item, name in words.ESSENTIALS.items()
        ],
    )


def plan_part(release: Release) -> Sequence[Part]:
    """Return the actions of the plan, by need; nothing without a plan."""
    if not release.actions:
        return ()
    lines = [
        line(
            words.PATHWAYS[each.pathway],
            f"{ROLES[each.owner]}, by {day(each.due_on)}",
            words.OUTCOMES[each.outcome] if each.outcome else "Not done yet",
        )
        for each in release.actions
    ]
    return (Part("Resettlement plan", lines),)


def conditions_part(release: Release) -> Sequence[Part]:
    """Return the drug conditions that were asked for, without their grounds."""
    lines = [
        line(words.CONDITIONS[each.condition], _CONDITIONS[each.status])
        for each in release.conditions.values()
    ]
    return (Part("Drug conditions on the licence", lines),) if lines else ()
