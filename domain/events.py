"""What happened to a release, in the past tense; the audit trail's vocabulary.

An event holds enough to rebuild the state from its predecessors alone (`domain.evolve`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.journey import Step


class EventKind(StrEnum):
    """Every kind of event; a wire value is never reused or renamed."""

    RELEASE_STARTED = "release_started"
    SCREENING_RECORDED = "screening_recorded"
    PLAN_RECORDED = "plan_recorded"
    ACTION_CLOSED = "action_closed"
    REFERRAL_SENT = "referral_sent"
    REFERRAL_RECEIVED = "referral_received"
    REFERRAL_ACCEPTED = "referral_accepted"
    REFERRAL_REJECTED = "referral_rejected"
    REFERRAL_WITHDRAWN = "referral_withdrawn"
    PRESCRIPTION_ARRANGED = "prescription_arranged"
    LAST_DOSE_CONFIRMED = "last_dose_confirmed"
    NALOXONE_RECORDED = "naloxone_recorded"
    APPOINTMENT_BOOKED = "appointment_booked"
    APPOINTMENT_TOLD = "appointment_told"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    ESSENTIALS_RECORDED = "essentials_recorded"
    CONDITION_REQUESTED = "condition_requested"
    CONDITION_EVIDENCED = "condition_evidenced"
    CONDITION_REFUSED = "condition_refused"
    CONDITION_WITHDRAWN = "condition_withdrawn"
    HANDOVER_SENT = "handover_sent"
    HANDOVER_ACKNOWLEDGED = "handover_acknowledged"
    RELEASED = "released"
    APPOINTMENT_ATTENDED = "appointment_attended"
    APPOINTMENT_MISSED = "appointment_missed"
    CONTACT_ATTEMPTED = "contact_attempted"
    TREATMENT_STARTED = "treatment_started"
    RETENTION_RECORDED = "retention_recorded"

    STEP_COMPLETED = "step_completed"
    STEP_NOT_NEEDED = "step_not_needed"
    STEP_DECLINED = "step_declined"
    STEP_MISSED = "step_missed"
    STEP_OPENED = "step_opened"
    STEP_REARMED = "step_rearmed"
    OBSTACLE_REPORTED = "obstacle_reported"
    STEP_WARNED = "step_warned"
    STEP_LAPSED = "step_lapsed"

    ESCALATION_OPENED = "escalation_opened"
    ESCALATION_RAISED = "escalation_raised"
    ESCALATION_ACKNOWLEDGED = "escalation_acknowledged"
    ACKNOWLEDGEMENT_EXPIRED = "acknowledgement_expired"
    ESCALATION_EXHAUSTED = "escalation_exhausted"
    ESCALATION_CLOSED = "escalation_closed"

    RELEASE_DATE_MOVED = "release_date_moved"
    TRANSFERRED = "transferred"
    DESTINATION_CHANGED = "destination_changed"
    HOSPITAL_ADMITTED = "hospital_admitted"
    HOSPITAL_DISCHARGED = "hospital_discharged"
    RECALLED = "recalled"
    DIED = "died"
    CANCELLED = "cancelled"
    MERGED = "merged"
    JOURNEY_ENDED = "journey_ended"
    RELEASE_CLOSED = "release_closed"
    RELEASE_CORRECTED = "release_corrected"
    TREATMENT_START_CORRECTED = "treatment_start_corrected"
    TREATMENT_PICTURE_CORRECTED = "treatment_picture_corrected"

    NEAR_MISS_RECORDED = "near_miss_recorded"
    REVIEW_RECORDED = "review_recorded"
    EXPLOITATION_FLAGGED = "exploitation_flagged"
    SAFEGUARDING_REFERRED = "safeguarding_referred"

    POLICY_ADOPTED = "policy_adopted"
    CALENDAR_SET = "calendar_set"


class Event(BaseModel):
    """One thing that happened.

    Attributes:
        seq: 1, 2, 3 … within the release, without gaps.
        at: When it was recorded, UTC; for what fell due by itself, the instant it fell due.
        on: The day it was true, when that is a fact somebody stated.
        actor: The account that asked; None for what fell due by itself.
        data: The fact, as JSON.
        key: On a submission's last event, its idempotency key, with the digest of what was asked.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    seq: int
    kind: EventKind
    at: AwareDatetime
    on: date | None = None
    step: Step | None = None
    actor: str | None = None
    data: dict[str, Any] = Field(default_factory=dict)
    key: str | None = None
    digest: str | None = None
