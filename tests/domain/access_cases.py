"""Releases, subjects and one command of each kind, for the tests of who may do what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter

from domain.access import Subject
from domain.codes import HandoverParty, Nation, Pathway, ReleaseType, Role, Substance, TreatmentNeed
from domain.commands import Command
from domain.facts import (
    Appointment,
    Naloxone,
    NaloxoneAnswer,
    PlanAction,
    Prescription,
    Referral,
    ReferralStatus,
    ReleaseRecord,
    TreatmentPicture,
    TreatmentStart,
)
from domain.journey import Step
from domain.state import Phase, Release, StepState, StepStatus

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = "2026-11-02"

COMMAND: TypeAdapter[Command] = TypeAdapter(Command)

SUBJECTS = {
    Role.RESETTLEMENT: Subject("u-res", Role.RESETTLEMENT, prisons=frozenset({"BXI"})),
    Role.HEALTHCARE: Subject("u-hea", Role.HEALTHCARE, prisons=frozenset({"BXI"})),
    Role.PROBATION: Subject("u-prb", Role.PROBATION, units=frozenset({"PDU1"})),
    Role.PROVIDER: Subject("u-pro", Role.PROVIDER, services=frozenset({"svc-1"})),
    Role.COMMISSIONER: Subject("u-com", Role.COMMISSIONER, areas=frozenset({"E09000022"})),
    Role.ADMIN: Subject("u-adm", Role.ADMIN),
    Role.AUDITOR: Subject("u-aud", Role.AUDITOR),
}


def a_referral(
    service: str = "svc-1", status: ReferralStatus = ReferralStatus.ACCEPTED
) -> Referral:
    on = date(2026, 10, 20)
    return Referral(id="r1", service=service, status=status, sent_on=on, sent_at=AT)


def a_release(*, released_on: date | None = None, **changes: object) -> Release:
    """A release from BXI to PDU1 with a referral to svc-1 and every clinical fact recorded."""
    record = None
    if released_on is not None:
        at = datetime(released_on.year, released_on.month, released_on.day, 10, tzinfo=UTC)
        record = ReleaseRecord(
            at=at, on=released_on, last_supervised_dose_on=released_on, naloxone_in_hand=True
        )
    known: dict[str, Any] = {
        "release_id": "rel-1",
        "policy_version": "2026-11-default",
        "phase": Phase.COMMUNITY if released_on else Phase.CUSTODY,
        "nation": Nation.ENGLAND,
        "prison": "BXI",
        "destination": "E09000022",
        "probation_unit": "PDU1",
        "release_type": ReleaseType.CONDITIONAL,
        "reception_on": date(2026, 6, 1),
        "scheduled_on": date(2026, 12, 1),
        "expected_on": date(2026, 12, 1),
        "started_at": AT,
        "recorded_at": AT,
        "released": record,
        "treatment": TreatmentPicture(
            need=TreatmentNeed.NEEDED, substances=(Substance.HEROIN,), opiate_treatment=True
        ),
        "contingency": "contingency-1",
        "prescription": Prescription.model_validate(
            {"supplies": [{"kind": "take_home", "from_on": "2026-12-01", "days": 7}]}
        ),
        "naloxone": Naloxone(answer=NaloxoneAnswer.SUPPLIED_AND_TRAINED, on=date(2026, 11, 1)),
        "referrals": (a_referral(),),
        "appointments": (Appointment(id="a1", service="svc-1", at=AT),),
        "treatment_start": TreatmentStart(on=date(2026, 11, 3), service="svc-1"),
        "actions": (
            PlanAction(
                id="p1", pathway=Pathway.HEALTH, owner=Role.HEALTHCARE, due_on=date(2026, 11, 9)
            ),
        ),
        "steps": {
            Step.NALOXONE: StepState(
                armed_at=AT, status=StepStatus.NOT_NEEDED, reason="no_opiate_history"
            ),
            Step.PLAN: StepState(armed_at=AT, status=StepStatus.NOT_NEEDED, reason="duplicate"),
        },
    }
    return Release.model_validate(known | changes)


EXAMPLES: dict[str, dict[str, Any]] = {
    "record_screening": {"on": DAY},
    "record_plan": {"on": DAY},
    "record_action_outcome": {"on": DAY, "action": "p9", "outcome": "done"},
    "send_referral": {"on": DAY, "service": "svc-1"},
    "record_referral_received": {"on": DAY},
    "accept_referral": {"on": DAY},
    "reject_referral": {"on": DAY, "reason": "no_capacity"},
    "withdraw_referral": {"on": DAY},
    "arrange_prescription": {
        "on": DAY,
        "supplies": [{"kind": "take_home", "from_on": DAY, "days": 7}],
    },
    "confirm_last_dose": {"on": DAY, "with_prescriber": True, "with_pharmacy": True},
    "record_naloxone": {"on": DAY, "answer": "supplied_and_trained"},
    "book_appointment": {"on": DAY, "service": "svc-1", "at": "2026-12-02T10:00:00Z"},
    "tell_appointment": {"on": DAY, "appointment": "a1"},
    "cancel_appointment": {"on": DAY, "appointment": "a1"},
    "record_essentials": {"on": DAY, "items": [{"item": "gp", "answer": "arranged"}]},
    "request_licence_condition": {"on": DAY, "condition": "testing"},
    "evidence_licence_condition": {
        "on": DAY,
        "condition": "testing",
        "criteria": {
            "linked_to_offending": True,
            "dependent_or_propensity": True,
            "requires_and_susceptible_to_treatment": True,
            "appointment_known_and_confirmed": True,
            "type_set_on_health_advice": True,
            "necessity_note": "n1",
            "proportionality_note": "n2",
        },
    },
    "withdraw_licence_condition": {"on": DAY, "condition": "testing"},
    "send_handover": {"on": DAY, "pack": "pack-1"},
    "record_release": {"at": "2026-11-02T09:00:00Z", "naloxone_in_hand": True},
    "record_contact": {"on": DAY, "appointment": "a1", "attended": True},
    "record_contact_attempt": {"on": DAY, "reached": True},
    "record_treatment_start": {"on": DAY, "service": "svc-1"},
    "record_retention": {"on": DAY, "outcome": "in_treatment"},
    "move_release_date": {"on": DAY, "scheduled_on": "2026-12-08"},
    "transfer": {"on": DAY, "prison": "LEI"},
    "change_destination": {
        "on": DAY,
        "destination": "E06000001",
        "probation_unit": "PDU2",
        "nation": "england",
    },
    "recall": {"on": DAY},
    "record_hospital_admission": {"on": DAY},
    "record_hospital_discharge": {"on": DAY},
    "record_death": {"on": DAY},
    "cancel_release": {"on": DAY, "reason": "new_sentence"},
    "merge": {"on": DAY, "into": "rel-2"},
    "end_journey": {"on": DAY, "reason": "left_area"},
    "correct_release": {"at": "2026-11-02T09:00:00Z", "reason": "typing_error"},
    "correct_treatment_start": {"on": DAY, "reason": "typing_error"},
    "correct_treatment_picture": {"treatment": {"need": "not_needed"}, "reason": "typing_error"},
    "record_near_miss": {"on": DAY, "near_miss": "non_fatal_overdose"},
    "record_review": {"on": DAY, "review": "n1"},
    "flag_exploitation": {"on": DAY, "sign": "cuckooing"},
    "record_safeguarding_referral": {"on": DAY},
}
"""A body of each kind whose permission does not depend on whose step or party it names."""


def a_command(kind: str, **changes: object) -> Command:
    return COMMAND.validate_python({"kind": kind} | EXAMPLES.get(kind, {}) | changes)


def acknowledging(party: HandoverParty) -> Command:
    return a_command("acknowledge_handover", on=DAY, party=party)
