"""What connects a person to treatment: referral, prescription, naloxone, appointment."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from domain.cover import Pharmacy, Supply
from domain.facts.fact import Code, Day, Fact


class ReferralStatus(StrEnum):
    """Where a referral stands with the receiver; only `ACCEPTED` satisfies the step."""

    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class RejectionReason(StrEnum):
    """Why a community service will not take a referral."""

    OUT_OF_AREA = "out_of_area"
    NOT_ELIGIBLE = "not_eligible"
    NO_CAPACITY = "no_capacity"
    ALREADY_IN_TREATMENT_ELSEWHERE = "already_in_treatment_elsewhere"
    INFORMATION_MISSING = "information_missing"
    PERSON_DECLINED = "person_declined"


class Referral(Fact):
    """A referral to one community service, with the day of each answer."""

    id: Code
    service: Code
    status: ReferralStatus
    sent_on: Day
    sent_at: AwareDatetime
    answered_on: Day | None = None
    reason: RejectionReason | None = None


class Prescription(Fact):
    """How medicine continues after the gate. It holds no dose and no medicine."""

    supplies: Annotated[tuple[Supply, ...], Field(min_length=1, max_length=40)]
    pharmacy: Pharmacy | None = None
    prescriber_on: Day | None = None


class LastDose(Fact):
    """The last dose confirmed between clinicians, by phone or secure mail, not by record (R56)."""

    confirmed_on: Day
    with_prescriber: bool
    with_pharmacy: bool


class NaloxoneAnswer(StrEnum):
    """What came of offering naloxone (R62)."""

    SUPPLIED_AND_TRAINED = "supplied_and_trained"
    SUPPLIED_NOT_TRAINED = "supplied_not_trained"
    DECLINED = "declined"


class Naloxone(Fact):
    """Naloxone and the overdose conversation, held by a named person (R63)."""

    answer: NaloxoneAnswer
    on: Day
    declined_reason: Code | None = None
    conversation_by: Code | None = None

    @model_validator(mode="after")
    def _a_refusal_says_why(self) -> Naloxone:
        if self.answer is NaloxoneAnswer.DECLINED and self.declined_reason is None:
            msg = "declined_reason: give the coded reason the person gave"
            raise ValueError(msg)
        return self


class AppointmentStatus(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Appointment(Fact):
    """An appointment with the community service.

    Attributes:
        place: The id of a place; None while it is not known, which leaves the step open.
        told_on: The day the person was told; None while nobody has told them.
    """

    id: Code
    service: Code
    at: AwareDatetime
    place: Code | None = None
    with_prescriber: bool = False
    told_on: Day | None = None
    status: AppointmentStatus = AppointmentStatus.BOOKED
    outcome_on: Day | None = None
