"""The answers so far as summary cards: one for each step that has any, for whoever may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from api.pages.casework import words
from api.pages.dates import day, instant
from api.pages.places import PlaceNames
from api.pages.record.steps import address_of
from api.pages.roles import ROLES
from domain.codes import TreatmentNeed
from domain.facts import AppointmentStatus, ConditionStatus, ReferralStatus
from domain.journey import DEFINITIONS, Step
from domain.state import Release

Rows = tuple[tuple[str, str], ...]

NEEDS: Final = {
    TreatmentNeed.NEEDED: "Needed",
    TreatmentNeed.NOT_NEEDED: "Not needed",
    TreatmentNeed.NOT_YET_KNOWN: "Not yet known",
}
REFERRALS: Final = {
    ReferralStatus.REQUESTED: "Sent, not yet answered",
    ReferralStatus.RECEIVED: "Received, not yet accepted",
    ReferralStatus.ACCEPTED: "Accepted",
    ReferralStatus.REJECTED: "Rejected",
    ReferralStatus.WITHDRAWN: "Withdrawn",
}
MEETINGS: Final = {
    AppointmentStatus.BOOKED: "Booked",
    AppointmentStatus.ATTENDED: "Attended",
    AppointmentStatus.MISSED: "Missed",
    AppointmentStatus.CANCELLED: "Cancelled",
}
CONDITION_ANSWERS: Final = {
    ConditionStatus.REQUESTED: "Asked for, evidence missing",
    ConditionStatus.EVIDENCED: "Evidenced",
    ConditionStatus.REFUSED: "Refused: a criterion is not met",
    ConditionStatus.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is recorded for one step."""

    title: str
    href: str
    rows: Rows


def cards_of(shown: Release, places: PlaceNames) -> tuple[Card, ...]:
    """Return a card for each step with something to show, in the journey's order.

    Args:
        shown: The state as the reader may see it: what is hidden from them makes no row.
        places: What services are called.
    """
    made = ((step, rows(shown, places)) for step, rows in _ROWS.items())
    return tuple(
        Card(DEFINITIONS[step].title, address_of(shown.release_id, step), rows)
        for step, rows in made
        if rows
    )


def _screening(shown: Release, _: PlaceNames) -> Rows:
    answers = (
        (words.PATHWAYS[pathway], words.PATHWAY_ANSWERS[each.status])
        for pathway, each in shown.answers.items()
    )
    picture = shown.treatment
    if picture is None:
        return tuple(answers)
    used = ", ".join(words.SUBSTANCES[each] for each in picture.substances)
    return (
        ("Treatment", NEEDS[picture.need]),
        *((("Uses", used),) if used else ()),
        ("On opioid treatment", _yes(picture.opiate_treatment)),
        *answers,
    )


def _plan(shown: Release, _: PlaceNames) -> Rows:
    return tuple(
        (
            words.PATHWAYS[each.pathway],
            f"{ROLES[each.owner]} by {day(each.due_on)}"
            + (f". {words.OUTCOMES[each.outcome]}" if each.outcome else ""),
        )
        for each in shown.actions
    )


def _referral(shown: Release, places: PlaceNames) -> Rows:
    return tuple(
        (places.service(each.service), f"{REFERRALS[each.status]}. Sent on {day(each.sent_on)}")
        for each in shown.referrals
    )


def _prescription(shown: Release, _: PlaceNames) -> Rows:
    given, dose = shown.prescription, shown.last_dose
    rows: list[tuple[str, str]] = []
    if given is not None:
        rows.append(("Supplies", str(len(given.supplies))))
        until = day(given.prescriber_on) if given.prescriber_on else "Not recorded"
        rows.append(("First community prescriber", until))
    if dose is not None:
        with_whom = [
            name
            for name, is_so in (
                ("the prescriber", dose.with_prescriber),
                ("the pharmacy", dose.with_pharmacy),
            )
            if is_so
        ]
        who = " and ".join(with_whom) or "nobody"
        rows.append(("Last dose confirmed", f"{day(dose.confirmed_on)}, with {who}"))
    return tuple(rows)


def _naloxone(shown: Release, _: PlaceNames) -> Rows:
    given = shown.naloxone
    if given is None:
        return ()
    return (
        ("Naloxone", words.NALOXONE[given.answer]),
        ("Recorded for", day(given.on)),
        ("Talk about overdose", "Held" if given.conversation_by else "Not recorded"),
    )


def _appointment(shown: Release, places: PlaceNames) -> Rows:
    rows: list[tuple[str, str]] = []
    for each in sorted(shown.appointments, key=lambda one: one.at):
        rows.append((instant(each.at), f"{MEETINGS[each.status]}, {places.service(each.service)}"))
        rows.append(("Person told", day(each.told_on) if each.told_on else "Not yet"))
    return tuple(rows)


def _essentials(shown: Release, _: PlaceNames) -> Rows:
    return tuple(
        (words.ESSENTIALS[item], words.ESSENTIAL_ANSWERS[each.answer])
        for item, each in shown.essentials.items()
    )


def _licence(shown: Release, _: PlaceNames) -> Rows:
    return tuple(
        (words.CONDITIONS[each.condition], CONDITION_ANSWERS[each.status])
        for each in shown.conditions.values()
    )


def _release(shown: Release, _: PlaceNames) -> Rows:
    record = shown.released
    if record is None:
        return ()
    return (("Released", instant(record.at)), ("How", words.ROUTES[record.route]))


def _contact(shown: Release, _: PlaceNames) -> Rows:
    return tuple(
        (f"Attempt on {day(each.on)}", f"{ROLES[each.by]}: {_reached(reached=each.reached)}")
        for each in shown.attempts
    )


def _engagement(shown: Release, places: PlaceNames) -> Rows:
    start = shown.treatment_start
    if start is None:
        return ()
    return (("Treatment started", day(start.on)), ("Service", places.service(start.service)))


def _retention(shown: Release, _: PlaceNames) -> Rows:
    answer = shown.retention
    return ((day(answer.on), words.RETENTION[answer.outcome]),) if answer else ()


def _reached(*, reached: bool) -> str:
    return "reached the person" if reached else "did not reach the person"


def _yes(value: bool) -> str:  # noqa: FBT001 - the whole meaning of the function
    return "Yes" if value else "No"


_ROWS: Final[dict[Step, Callable[[Release, PlaceNames], Rows]]] = {
    Step.SCREENING: _screening,
    Step.PLAN: _plan,
    Step.REFERRAL: _referral,
    Step.PRESCRIPTION: _prescription,
    Step.NALOXONE: _naloxone,
    Step.APPOINTMENT: _appointment,
    Step.ESSENTIALS: _essentials,
    Step.LICENCE: _licence,
    Step.RELEASE: _release,
    Step.FIRST_CONTACT: _contact,
    Step.ENGAGEMENT: _engagement,
    Step.RETENTION: _retention,
}
