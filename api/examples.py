"""One example of each thing that can be recorded, shown in the description of the API.

They tell one invented story in codes; a test sends every one of them.
"""

from __future__ import annotations

from typing import Any, Final

Example = dict[str, Any]

NEW_RELEASE: Final[Example] = {
    "prison_number": "A1234BC",
    "crn": "X123456",
    "forename": "Sam",
    "surname": "Example",
    "date_of_birth": "1990-05-17",
    "sex": "male",
    "ethnicity": "not_stated",
    "prison": "LEI",
    "release_date": "2026-12-15",
    "release_type": "conditional",
    "reception_date": "2026-06-01",
    "local_authority": "E06000001",
    "probation_unit": "N54STHA",
    "treatment_group": "opiate",
    "mobile": "07700 900123",
}

_DAY: Final = "2026-11-20"
_SERVICE: Final = "cds-hartlepool"

COMMANDS: Final[dict[str, Example]] = {
    "record_screening": {
        "on": _DAY,
        "answers": [
            {
                "pathway": "drugs_and_alcohol",
                "status": "support_required",
                "sources": ["self_report", "prison_record"],
                "why_note": "why",
            }
        ],
        "treatment": {"need": "needed", "stated_group": "opiate"},
        "notes": {"why": "Says he used before this sentence; the record agrees."},
    },
    "record_plan": {
        "on": _DAY,
        "actions": [
            {
                "id": "housing-1",
                "pathway": "accommodation",
                "owner": "resettlement",
                "due_on": "2026-12-01",
            }
        ],
    },
    "record_action_outcome": {"on": _DAY, "action": "housing-1", "outcome": "accepted"},
    "send_referral": {"on": _DAY, "service": _SERVICE},
    "record_referral_received": {"on": _DAY},
    "accept_referral": {"on": _DAY},
    "reject_referral": {"on": _DAY, "reason": "out_of_area"},
    "withdraw_referral": {"on": _DAY},
    "arrange_prescription": {
        "on": _DAY,
        "supplies": [
            {"kind": "released_dose", "on": "2026-12-15"},
            {
                "kind": "prescription_form",
                "form": "fp10mda",
                "schedule": "2",
                "signed_on": "2026-12-10",
                "appropriate_on": "2026-12-16",
                "collections": [
                    {"collect_on": "2026-12-16", "covers_days": 1},
                    {"collect_on": "2026-12-17", "covers_days": 1},
                ],
                "pharmacy_id": "pharmacy-1",
                "is_first_collection_confirmed": True,
            },
        ],
        "pharmacy": {"pharmacy_id": "pharmacy-1", "closed_weekdays": [6]},
        "prescriber_on": "2026-12-17",
    },
    "confirm_last_dose": {"on": _DAY, "with_prescriber": True, "with_pharmacy": True},
    "record_naloxone": {
        "on": _DAY,
        "answer": "supplied_and_trained",
        "conversation_by": "nurse-17",
    },
    "book_appointment": {
        "on": _DAY,
        "service": _SERVICE,
        "at": "2026-12-17T10:30:00Z",
        "place": "place-4",
        "with_prescriber": True,
        "told_on": _DAY,
    },
    "tell_appointment": {"on": _DAY, "appointment": "a1"},
    "cancel_appointment": {"on": _DAY, "appointment": "a1"},
    "record_essentials": {
        "on": _DAY,
        "items": [
            {"item": "first_night_address", "answer": "arranged"},
            {"item": "bank_account", "answer": "declined", "reason": "has_one"},
        ],
    },
    "request_licence_condition": {"on": _DAY, "condition": "testing"},
    "evidence_licence_condition": {
        "on": _DAY,
        "condition": "testing",
        "criteria": {
            "linked_to_offending": True,
            "dependent_or_propensity": True,
            "requires_and_susceptible_to_treatment": True,
            "appointment_known_and_confirmed": True,
            "type_set_on_health_advice": True,
            "necessity_note": "necessity",
            "proportionality_note": "proportionality",
        },
        "notes": {
            "necessity": "Earlier testing was what kept the person in contact.",
            "proportionality": "Monthly, and only for as long as treatment lasts.",
        },
    },
    "withdraw_licence_condition": {"on": _DAY, "condition": "testing"},
    "send_handover": {"on": _DAY, "pack": "pack-1"},
    "acknowledge_handover": {"on": _DAY, "party": "probation"},
    "record_release": {
        "at": "2026-11-20T09:40:00Z",
        "route": "planned",
        "last_supervised_dose_on": _DAY,
        "naloxone_in_hand": True,
    },
    "record_contact": {"on": _DAY, "appointment": "a1", "attended": True},
    "record_contact_attempt": {"on": _DAY, "reached": False},
    "record_treatment_start": {"on": _DAY, "service": _SERVICE},
    "record_retention": {"on": _DAY, "outcome": "in_treatment"},
    "mark_not_needed": {"on": _DAY, "step": "referral", "reason": "already_in_treatment"},
    "record_declined": {"on": _DAY, "step": "referral", "reason": "wants_no_treatment"},
    "report_obstacle": {"on": _DAY, "step": "referral", "reason": "no_answer"},
    "reopen_step": {"on": _DAY, "step": "referral"},
    "move_release_date": {"on": _DAY, "scheduled_on": "2026-12-22"},
    "transfer": {"on": _DAY, "prison": "HLI"},
    "change_destination": {
        "on": _DAY,
        "destination": "E08000025",
        "probation_unit": "N52BIRM",
        "nation": "england",
    },
    "recall": {"on": _DAY},
    "record_hospital_admission": {"on": _DAY},
    "record_hospital_discharge": {"on": _DAY},
    "record_death": {"on": _DAY},
    "cancel_release": {"on": _DAY, "reason": "new_sentence"},
    "merge": {"on": _DAY, "into": "rel-2"},
    "end_journey": {"on": _DAY, "reason": "wants_no_treatment"},
    "correct_release": {"at": "2026-11-20T10:00:00Z", "reason": "typing_error"},
    "correct_treatment_start": {"on": "2026-11-19", "reason": "typing_error"},
    "correct_treatment_picture": {
        "treatment": {"need": "needed", "substances": ["alcohol"]},
        "reason": "typing_error",
    },
    "record_near_miss": {"on": _DAY, "near_miss": "non_fatal_overdose"},
    "record_review": {"on": _DAY, "review": "n1", "contacted_on": _DAY},
    "flag_exploitation": {"on": _DAY, "sign": "cuckooing"},
    "record_safeguarding_referral": {"on": _DAY},
    "acknowledge_escalation": {"step": "screening"},
    "pass_on_escalation": {"step": "screening"},
}
"""The body of each kind of command, without its kind."""

SEVERAL: Final[Example] = {
    "commands": [
        {"kind": "record_referral_received", "on": _DAY},
        {"kind": "accept_referral", "on": _DAY},
    ],
}
"""Two facts of one sitting, accepted or refused together."""
