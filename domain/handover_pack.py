"""What a handover pack holds: a pure choice over what its readers may see (R37, R38, R124, R125).

The pack comes in two editions, because two of its four parties may not see clinical detail. An
edition is built from `redacted` and from nothing else, so that what a role may not see cannot
get into the pack it receives. The third document is for the person, who may be asked what it is by
whoever finds it. What belongs to the pack changes this file; who sees what changes
`domain.access_detail`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.access_detail import CLINICAL_ROLES, CareSummary, redacted, summary_of
from domain.access_table import CASEWORK_ROLES
from domain.codes import HandoverParty, Role
from domain.cover import CoverReport
from domain.events import EventKind
from domain.facts import Appointment, NaloxoneAnswer
from domain.journey import Step
from domain.state import Release


class Edition(StrEnum):
    """The two editions of the pack; the wire value stands in addresses."""

    CLINICAL = "clinical"
    NON_CLINICAL = "non-clinical"


PARTY_EDITIONS: Final = {
    HandoverParty.PRISON_DRUG_SERVICE: Edition.CLINICAL,
    HandoverParty.COMMUNITY_DRUG_SERVICE: Edition.CLINICAL,
    HandoverParty.PRISON_RESETTLEMENT: Edition.NON_CLINICAL,
    HandoverParty.PROBATION: Edition.NON_CLINICAL,
}
"""Which edition each of the four parties receives (R37)."""

PACK_STEPS: Final = (
    *(Step.SCREENING, Step.PLAN, Step.REFERRAL, Step.PRESCRIPTION, Step.NALOXONE),
    *(Step.APPOINTMENT, Step.ESSENTIALS, Step.LICENCE),
)
"""The steps whose answers the pack carries; one that is open is missing from it."""

_READ_AS: Final = {Edition.CLINICAL: Role.PROVIDER, Edition.NON_CLINICAL: Role.PROBATION}
"""Whose eyes an edition is made for; the other role of its kind sees the same (R124)."""

_SUPPLIED: Final = frozenset(
    {NaloxoneAnswer.SUPPLIED_AND_TRAINED, NaloxoneAnswer.SUPPLIED_NOT_TRAINED}
)


@dataclass(frozen=True, slots=True)
class PackContents:
    """All that one edition may say.

    Attributes:
        release: As the readers of the edition may see it.
        medicine_until: The last day of unbroken cover, which R125 lets everybody know.
        cover: Day by day; None in the non-clinical edition, whatever is known.
        missing: The steps whose answers are not there yet, in the order of the journey.
    """

    edition: Edition
    release: Release
    care: CareSummary
    medicine_until: date | None
    cover: CoverReport | None
    missing: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """What the person takes along: nothing that tells where they come from.

    Attributes:
        has_naloxone: Whether it was supplied, where whoever prints it may know; else False.
    """

    appointment: Appointment | None
    service: str | None
    medicine_until: date | None
    has_naloxone: bool


def editions_for(role: Role) -> tuple[Edition, ...]:
    """Return the editions that `role` may open, its own first; none for roles without cases."""
    if role in CLINICAL_ROLES:
        return (Edition.CLINICAL, Edition.NON_CLINICAL)
    return (Edition.NON_CLINICAL,) if role in CASEWORK_ROLES else ()


def pack_contents(
    release: Release, edition: Edition, *, medicine_until: date | None, cover: CoverReport | None
) -> PackContents:
    """Return what `edition` of the pack holds of a release as it stands.

    Args:
        release: The whole state.
        edition: Decides what is kept.
        medicine_until: As the cover check found it.
        cover: The same check, day by day.
    """
    is_clinical = edition is Edition.CLINICAL
    return PackContents(
        edition=edition,
        release=redacted(release, _READ_AS[edition]),
        care=summary_of(release),
        medicine_until=medicine_until,
        cover=cover if is_clinical else None,
        missing=missing_from(release),
    )


def missing_from(release: Release) -> tuple[Step, ...]:
    """Return the steps that the pack waits for; that a step is open is nothing clinical."""
    return tuple(step for step in PACK_STEPS if not release.is_answered(step))


def person_sheet(release: Release, role: Role, *, medicine_until: date | None) -> PersonSheet:
    """Return what the person's own page says when `role` prints it."""
    shown = redacted(release, role)
    appointment = shown.next_appointment
    referral = shown.live_referral
    service = appointment.service if appointment else referral.service if referral else None
    return PersonSheet(
        appointment=appointment,
        service=service or shown.service,
        medicine_until=medicine_until,
        has_naloxone=shown.naloxone is not None and shown.naloxone.answer in _SUPPLIED,
    )


LEAVES_THE_PACK_AS_IT_IS: Final = frozenset(
    {
        EventKind.HANDOVER_SENT,
        EventKind.HANDOVER_ACKNOWLEDGED,
        EventKind.STEP_OPENED,
        EventKind.STEP_COMPLETED,
        EventKind.STEP_REARMED,
        EventKind.OBSTACLE_REPORTED,
        EventKind.STEP_WARNED,
        EventKind.STEP_LAPSED,
        EventKind.STEP_MISSED,
        EventKind.ESCALATION_OPENED,
        EventKind.ESCALATION_RAISED,
        EventKind.ESCALATION_ACKNOWLEDGED,
        EventKind.ACKNOWLEDGEMENT_EXPIRED,
        EventKind.ESCALATION_EXHAUSTED,
        EventKind.ESCALATION_CLOSED,
        EventKind.POLICY_ADOPTED,
        EventKind.CALENDAR_SET,
    }
)
"""What can happen after the pack was sent without anything in it being old; all else makes it old,
a kind of event that is new to this list included."""


def makes_pack_old(kind: EventKind) -> bool:
    """Return whether a pack that was sent before it may no longer be right."""
    return kind not in LEAVES_THE_PACK_AS_IT_IS
