"""One release with known dates, for tests of when the shipped policy makes something due.

It leaves on Thursday 4 June 2026. Between its steps lie Easter, the bank holidays of 4 and 25 May
and the change to summer time, so that a figure on the wrong clock shows.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from domain.codes import Nation, ReleaseType, SubstanceGroup, TreatmentNeed
from domain.facts import (
    Appointment,
    AppointmentStatus,
    ConditionStatus,
    DrugCondition,
    ExploitationFlag,
    ExploitationSign,
    Handover,
    LicenceCondition,
    NearMissKind,
    NearMissReview,
    Referral,
    ReferralStatus,
    ReleaseRecord,
    TreatmentPicture,
    TreatmentStart,
)
from domain.journey import Step
from domain.state import Release, StepState, StepStatus

RECEIVED_ON: Final = date(2026, 3, 4)
LEAVES_ON: Final = date(2026, 6, 4)
STARTED_AT: Final = datetime(2026, 3, 4, 9, tzinfo=UTC)
OPEN: Final = StepState(armed_at=STARTED_AT)


def a_release(**changes: Any) -> Release:  # noqa: ANN401 - any field of the state
    fields: dict[str, Any] = {
        "release_id": "r1",
        "policy_version": "any",
        "nation": Nation.ENGLAND,
        "prison": "LEI",
        "destination": "E08000035",
        "probation_unit": "N54LDS",
        "release_type": ReleaseType.CONDITIONAL,
        "reception_on": RECEIVED_ON,
        "scheduled_on": LEAVES_ON,
        "expected_on": LEAVES_ON,
        "started_at": STARTED_AT,
        "recorded_at": STARTED_AT,
        "steps": dict.fromkeys(Step, OPEN),
    }
    return Release(**fields | changes)


def released(**changes: Any) -> Release:  # noqa: ANN401
    at = datetime(2026, 6, 4, 9, 30, tzinfo=UTC)
    return a_release(released=ReleaseRecord(at=at, on=LEAVES_ON, naloxone_in_hand=True), **changes)


def screened(on: date) -> Release:
    done = StepState(armed_at=STARTED_AT, status=StepStatus.DONE, on=on)
    return a_release(steps=dict.fromkeys(Step, OPEN) | {Step.SCREENING: done})


def begun_late(at: datetime) -> Release:
    armed = StepState(armed_at=at)
    return a_release(started_at=at, recorded_at=at, steps=dict.fromkeys(Step, armed))


def referred(on: date) -> Release:
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    sent = Referral(id="f1", service="s1", status=ReferralStatus.REQUESTED, sent_on=on, sent_at=at)
    return a_release(referrals=(sent,))


def handed_over(on: date) -> Release:
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return a_release(handover=Handover(pack="p1", sent_on=on, sent_at=at))


def with_condition() -> Release:
    asked = LicenceCondition(condition=DrugCondition.TESTING, status=ConditionStatus.REQUESTED)
    return a_release(conditions={DrugCondition.TESTING: asked})


def with_appointment(at: datetime) -> Release:
    return released(appointments=(Appointment(id="a1", service="s1", at=at),))


def with_missed_appointment(on: date) -> Release:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    missed = AppointmentStatus.MISSED
    met = Appointment(id="a1", service="s1", at=at, status=missed, outcome_on=on)
    return released(appointments=(met,))


def in_treatment(since_on: date) -> Release:
    return released(treatment_start=TreatmentStart(on=since_on, service="s1"))


def with_near_miss(at: datetime) -> Release:
    kind = NearMissKind.NON_FATAL_OVERDOSE
    review = NearMissReview(id="v1", kind=kind, happened_on=at.date(), opened_at=at)
    return released(reviews=(review,))


def with_exploitation(on: date) -> Release:
    flag = ExploitationFlag(sign=ExploitationSign.CUCKOOING, on=on)
    return released(flags=(flag, flag))


def on_opiate_treatment(state: Release) -> Release:
    picture = TreatmentPicture(
        need=TreatmentNeed.NEEDED,
        stated_group=SubstanceGroup.OPIATE,
        opiate_treatment=True,
    )
    return state.model_copy(update={"treatment": picture})
