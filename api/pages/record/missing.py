"""What a step still waits for, in one sentence, from the facts that the reader may see.

What satisfies a step is decided in `domain.satisfaction`; this only puts the first thing that is
missing into words. A step that asks for something new changes both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from api.pages.dates import day
from domain.access_detail import CareSummary
from domain.codes import HandoverParty, Pathway
from domain.facts import AppointmentStatus, ConditionStatus, Essential, PathwayStatus
from domain.journey import Step
from domain.london_time import london_date
from domain.state import Release, StepStatus

PARTIES: Final = {
    HandoverParty.PRISON_DRUG_SERVICE: "prison drug service",
    HandoverParty.PRISON_RESETTLEMENT: "prison resettlement",
    HandoverParty.COMMUNITY_DRUG_SERVICE: "community drug service",
    HandoverParty.PROBATION: "probation",
}


def missing(shown: Release, step: Step, care: CareSummary) -> str | None:
    """Return what an open step waits for; None for any other."""
    known = shown.steps.get(step)
    if known is None or known.status is not StepStatus.OPEN:
        return None
    return _MISSING[step](shown, care)


def _screening(shown: Release, _: CareSummary) -> str:
    left = len(set(Pathway) - set(shown.answers))
    if left:
        return f"{left} of {len(Pathway)} pathways are not answered."
    return "Whether drug or alcohol treatment is needed is not known."


def _plan(shown: Release, _: CareSummary) -> str:
    if shown.planned_on is None:
        return "No plan is recorded."
    required = PathwayStatus.SUPPORT_REQUIRED
    needs = {each.pathway for each in shown.answers.values() if each.status is required}
    left = needs - {each.pathway for each in shown.actions}
    if left:
        return f"Without an action: {in_words(sorted(each.value for each in left))}."
    return "The plan does not say what happens if the person uses opiates again."


def _referral(shown: Release, _: CareSummary) -> str:
    live = shown.live_referral
    if live is None:
        return "Nobody has been asked to take the person on."
    return f"Sent on {day(live.sent_on)}. The service has not accepted it."


def _prescription(shown: Release, care: CareSummary) -> str:
    if not care.prescription_arranged:
        return "No prescription is arranged."
    if shown.prescription is not None and shown.last_dose is None:
        return "The last dose is not confirmed with the prescriber, or a day has no medicine."
    return "Not every day is covered, or the last dose is not confirmed."


def _naloxone(_: Release, care: CareSummary) -> str:
    if care.naloxone_offered:
        return "Offered, but training or the talk about overdose is not recorded."
    return "Naloxone has not been offered."


def _appointment(shown: Release, _: CareSummary) -> str:
    booked = shown.next_appointment
    if booked is None:
        return "No appointment is booked."
    if booked.place is None:
        return "The place of the appointment is not known."
    if booked.told_on is None:
        return "The person has not been told of the appointment."
    return "The appointment is outside the medicine cover, or later than 21 days."


def _essentials(shown: Release, _: CareSummary) -> str:
    left = [each.value for each in Essential if each not in shown.essentials]
    return f"Not answered: {in_words(left)}."


def _licence(shown: Release, _: CareSummary) -> str:
    waiting = [
        each.condition.value
        for each in shown.conditions.values()
        if each.status in (ConditionStatus.REQUESTED, ConditionStatus.REFUSED)
    ]
    return f"Without evidence: {in_words(waiting)}." if waiting else "No evidence is recorded."


def _handover(shown: Release, _: CareSummary) -> str:
    if shown.handover is None:
        return "The pack has not been sent."
    left = [PARTIES[each] for each in HandoverParty if each not in shown.handover.acknowledged]
    return f"Not acknowledged by {in_words(left)}."


def _release(shown: Release, _: CareSummary) -> str:
    return f"Planned for {day(shown.expected_on)}."


def _first_contact(shown: Release, _: CareSummary) -> str:
    missed = [each for each in shown.appointments if each.status is AppointmentStatus.MISSED]
    following = shown.next_appointment
    if following is not None:
        return f"Appointment on {day(london_date(following.at))}: not recorded as attended."
    if missed:
        return f"Missed on {day(london_date(missed[-1].at))}. A new appointment is needed."
    return "Nobody from treatment has seen the person."


_MISSING: Final[dict[Step, Callable[[Release, CareSummary], str]]] = {
    Step.SCREENING: _screening,
    Step.PLAN: _plan,
    Step.REFERRAL: _referral,
    Step.PRESCRIPTION: _prescription,
    Step.NALOXONE: _naloxone,
    Step.APPOINTMENT: _appointment,
    Step.ESSENTIALS: _essentials,
    Step.LICENCE: _licence,
    Step.HANDOVER: _handover,
    Step.RELEASE: _release,
    Step.FIRST_CONTACT: _first_contact,
    Step.ENGAGEMENT: lambda _s, _c: "Structured treatment has not started.",
    Step.RETENTION: lambda _s, _c: "How treatment stands after twelve weeks is not recorded.",
    Step.REVIEW: lambda _s, _c: "A near miss waits for its review.",
    Step.SAFEGUARDING: lambda _s, _c: "No safeguarding referral is recorded.",
}


def in_words(codes: list[str]) -> str:
    """Return codes as a list in a sentence: `id, gp and travel`."""
    words = [each.replace("_", " ") if each not in ("id", "gp") else each.upper() for each in codes]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
