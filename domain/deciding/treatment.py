"""Deciding what connects a person to treatment: referral, prescription, naloxone, appointment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from domain.commands import (
    AcceptReferral,
    ArrangePrescription,
    BookAppointment,
    CancelAppointment,
    ConfirmLastDose,
    RecordNaloxone,
    RecordReferralReceived,
    RejectReferral,
    SendReferral,
    TellAppointment,
    WithdrawReferral,
)
from domain.deciding.checks import booked_appointment, happened, refuse
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import (
    Appointment,
    AppointmentStatus,
    LastDose,
    Naloxone,
    NaloxoneAnswer,
    Prescription,
    Referral,
    ReferralStatus,
)
from domain.journey import Step
from domain.london_time import london_date

FURTHEST_APPOINTMENT: Final = timedelta(days=183)
"""An appointment later than this after release is a slip of the pen."""


def send_referral(story: Story, command: SendReferral) -> None:
    """Ask a service; a referral that still stands must be withdrawn or answered first."""
    happened(story, command.on)
    if story.state.live_referral:
        message = "A referral is already with a service. Withdraw it before sending another."
        refuse(Refusal.WRONG_STATE, message)
    referral = Referral(
        id=f"r{len(story.state.referrals) + 1}",
        service=command.service,
        status=ReferralStatus.REQUESTED,
        sent_on=command.on,
        sent_at=story.now,
    )
    _tell_referral(story, EventKind.REFERRAL_SENT, referral, command.on)


def receive_referral(story: Story, command: RecordReferralReceived) -> None:
    """Record that the service has it in hand; the answer stays due."""
    referral = _awaiting(story, command.on)
    if referral.status is ReferralStatus.RECEIVED:
        refuse(
            Refusal.ALREADY_DONE, "The referral is recorded as received already. Record the answer."
        )
    received = referral.model_copy(update={"status": ReferralStatus.RECEIVED})
    _tell_referral(story, EventKind.REFERRAL_RECEIVED, received, command.on)


def accept_referral(story: Story, command: AcceptReferral) -> None:
    """Record that the service takes the person on, which alone closes the loop."""
    _answer(story, command.on, EventKind.REFERRAL_ACCEPTED, status=ReferralStatus.ACCEPTED)


def reject_referral(story: Story, command: RejectReferral) -> None:
    """Record a refusal with its reason; another service must be asked."""
    status = ReferralStatus.REJECTED
    _answer(story, command.on, EventKind.REFERRAL_REJECTED, status=status, reason=command.reason)


def withdraw_referral(story: Story, command: WithdrawReferral) -> None:
    """Take the standing referral back, accepted or not."""
    happened(story, command.on)
    referral = story.state.live_referral
    if referral is None:
        refuse(Refusal.WRONG_STATE, "There is no referral to withdraw. Choose one that stands.")
    update = {"status": ReferralStatus.WITHDRAWN, "answered_on": command.on}
    withdrawn = referral.model_copy(update=update)
    _tell_referral(story, EventKind.REFERRAL_WITHDRAWN, withdrawn, command.on)


def _awaiting(story: Story, on: date) -> Referral:
    happened(story, on)
    referral = story.state.live_referral
    if referral is None:
        refuse(Refusal.OUT_OF_ORDER, "No referral has been sent. Send one first.")
    if referral.status is ReferralStatus.ACCEPTED:
        refuse(
            Refusal.ALREADY_DONE,
            "The referral is accepted already. Withdraw it if that has changed.",
        )
    if on < referral.sent_on:
        refuse(
            Refusal.DATE_TOO_EARLY, "The referral was sent after this date. Check the date.", "on"
        )
    return referral


def _answer(story: Story, on: date, kind: EventKind, **update: Any) -> None:  # noqa: ANN401
    referral = _awaiting(story, on)
    answered = referral.model_copy(update={**update, "answered_on": on})
    _tell_referral(story, kind, answered, on)


def _tell_referral(story: Story, kind: EventKind, referral: Referral, on: date) -> None:
    story.tell(kind, referral.model_dump(mode="json"), on=on, step=Step.REFERRAL)


def arrange_prescription(story: Story, command: ArrangePrescription) -> None:
    """Record what is arranged; whether it covers every day is the step's own check."""
    happened(story, command.on)
    limit = story.state.leaves_on + FURTHEST_APPOINTMENT
    if command.prescriber_on is not None and command.prescriber_on > limit:
        message = "The prescriber is seen more than half a year after the release. Check the date."
        refuse(Refusal.DATE_TOO_LATE, message, "prescriber_on")
    if any(on > limit for on in _dates(command.model_dump(include={"supplies"}))):
        message = "A supply is planned more than half a year after the release. Check its dates."
        refuse(Refusal.DATE_TOO_LATE, message, "supplies")
    included = {"supplies", "pharmacy", "prescriber_on"}
    prescription = Prescription.model_validate(command.model_dump(include=included))
    data = prescription.model_dump(mode="json")
    story.tell(EventKind.PRESCRIPTION_ARRANGED, data, on=command.on, step=Step.PRESCRIPTION)


def _dates(written: Any) -> Iterator[date]:  # noqa: ANN401 - any part of a supply
    if isinstance(written, date):
        yield written
    elif isinstance(written, dict):
        for each in written.values():
            yield from _dates(each)
    elif isinstance(written, list | tuple):
        for each in written:
            yield from _dates(each)


def confirm_last_dose(story: Story, command: ConfirmLastDose) -> None:
    """Record that clinicians confirmed the last dose to each other."""
    happened(story, command.on)
    if story.state.prescription is None:
        message = "No prescription is recorded. Record how medicine continues first."
        refuse(Refusal.OUT_OF_ORDER, message)
    confirmed = LastDose(
        confirmed_on=command.on,
        with_prescriber=command.with_prescriber,
        with_pharmacy=command.with_pharmacy,
    )
    data = confirmed.model_dump(mode="json")
    story.tell(EventKind.LAST_DOSE_CONFIRMED, data, on=command.on, step=Step.PRESCRIPTION)


def record_naloxone(story: Story, command: RecordNaloxone) -> None:
    """Record what came of offering naloxone."""
    happened(story, command.on)
    if command.conversation_by is None:
        message = "Name who held the overdose conversation; each agency assumes another did."
        refuse(Refusal.INCOMPLETE, message, "conversation_by")
    if command.answer is NaloxoneAnswer.DECLINED and command.declined_reason is None:
        message = "Give the coded reason for which the person declined."
        refuse(Refusal.INCOMPLETE, message, "declined_reason")
    naloxone = Naloxone.model_validate(command.model_dump(exclude={"kind"}))
    data = naloxone.model_dump(mode="json")
    story.tell(EventKind.NALOXONE_RECORDED, data, on=command.on, step=Step.NALOXONE)


def book_appointment(story: Story, command: BookAppointment) -> None:
    """Record an appointment; it cannot lie before the day the person leaves."""
    happened(story, command.on)
    if command.told_on is not None:
        happened(story, command.told_on, "told_on")
    if london_date(command.at) < story.state.leaves_on:
        message = "The appointment is before the release. Check the date."
        refuse(Refusal.DATE_TOO_EARLY, message, "at")
    if london_date(command.at) > story.state.leaves_on + FURTHEST_APPOINTMENT:
        message = "The appointment is more than half a year after the release. Check the date."
        refuse(Refusal.DATE_TOO_LATE, message, "at")
    appointment = Appointment(
        id=f"a{len(story.state.appointments) + 1}",
        **command.model_dump(exclude={"kind", "on"}),
    )
    _tell_appointment(story, EventKind.APPOINTMENT_BOOKED, appointment, command.on)


def tell_appointment(story: Story, command: TellAppointment) -> None:
    """Record that the person was told; an appointment nobody told them of closes nothing."""
    happened(story, command.on)
    appointment = booked_appointment(story.state, command.appointment)
    told = appointment.model_copy(update={"told_on": command.on})
    _tell_appointment(story, EventKind.APPOINTMENT_TOLD, told, command.on)


def cancel_appointment(story: Story, command: CancelAppointment) -> None:
    """Cancel a booked appointment; the step opens again unless another one stands."""
    happened(story, command.on)
    appointment = booked_appointment(story.state, command.appointment)
    cancelled = appointment.model_copy(update={"status": AppointmentStatus.CANCELLED})
    _tell_appointment(story, EventKind.APPOINTMENT_CANCELLED, cancelled, command.on)


def _tell_appointment(story: Story, kind: EventKind, appointment: Appointment, on: date) -> None:
    story.tell(kind, appointment.model_dump(mode="json"), on=on, step=Step.APPOINTMENT)
