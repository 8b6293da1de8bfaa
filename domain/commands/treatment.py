"""What may be asked about referral, prescription, naloxone and appointments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.cover import Pharmacy, Supply
from domain.facts import (
    Code,
    Day,
    Fact,
    Instant,
    NaloxoneAnswer,
    RejectionReason,
)


class SendReferral(Fact):
    """Ask a community service to take the person on."""

    kind: Literal["send_referral"] = "send_referral"
    on: Day
    service: Code


class RecordReferralReceived(Fact):
    """The service has the referral in hand; it is not an answer."""

    kind: Literal["record_referral_received"] = "record_referral_received"
    on: Day


class AcceptReferral(Fact):
    """The service takes the person on."""

    kind: Literal["accept_referral"] = "accept_referral"
    on: Day


class RejectReferral(Fact):
    """The service does not take the person on; the step stays open for another service."""

    kind: Literal["reject_referral"] = "reject_referral"
    on: Day
    reason: RejectionReason


class WithdrawReferral(Fact):
    """Take a referral back, for example because the person will live elsewhere."""

    kind: Literal["withdraw_referral"] = "withdraw_referral"
    on: Day


class ArrangePrescription(Fact):
    """Record how every day is covered until the first community prescriber; replaces what was."""

    kind: Literal["arrange_prescription"] = "arrange_prescription"
    on: Day
    supplies: Annotated[tuple[Supply, ...], Field(min_length=1, max_length=40)]
    pharmacy: Pharmacy | None = None
    prescriber_on: Day | None = None


class ConfirmLastDose(Fact):
    """Clinician-to-clinician confirmation of the last dose."""

    kind: Literal["confirm_last_dose"] = "confirm_last_dose"
    on: Day
    with_prescriber: bool
    with_pharmacy: bool


class RecordNaloxone(Fact):
    """What came of offering naloxone, and who held the overdose conversation."""

    kind: Literal["record_naloxone"] = "record_naloxone"
    on: Day
    answer: NaloxoneAnswer
    declined_reason: Code | None = None
    conversation_by: Code | None = None


class BookAppointment(Fact):
    """Book an appointment with the community service."""

    kind: Literal["book_appointment"] = "book_appointment"
    on: Day
    service: Code
    at: Instant
    place: Code | None = None
    with_prescriber: bool = False
    told_on: Day | None = None


class TellAppointment(Fact):
    """The person was told date, time and place."""

    kind: Literal["tell_appointment"] = "tell_appointment"
    on: Day
    appointment: Code


class CancelAppointment(Fact):
    """An appointment will not take place; book another beside it."""

    kind: Literal["cancel_appointment"] = "cancel_appointment"
    on: Day
    appointment: Code
