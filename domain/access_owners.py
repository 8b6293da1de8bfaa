"""Whose a command's object is: the service it concerns, and whether it states clinical detail."""

from __future__ import annotations

from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    BookAppointment,
    CancelAppointment,
    Command,
    CorrectTreatmentStart,
    RecordContact,
    RecordReferralReceived,
    RecordRetention,
    RecordScreening,
    RecordTreatmentStart,
    RejectReferral,
    TellAppointment,
)
from domain.facts import TreatmentPicture
from domain.state import Release


def service_of(command: Command, release: Release) -> str | None:
    """Return the community service that alone may ask `command`; None when it concerns none.

    None also for an appointment or a referral that does not exist: the rules refuse those.
    """
    match command:
        case BookAppointment() | RecordTreatmentStart():
            return command.service
        case RecordReferralReceived() | AcceptReferral() | RejectReferral() | AcknowledgeHandover():
            return release.live_referral.service if release.live_referral else None
        case TellAppointment() | CancelAppointment() | RecordContact():
            asked = command.appointment
            found = (each.service for each in release.appointments if each.id == asked)
            return next(found, None)
        case RecordRetention() | CorrectTreatmentStart():
            return release.treatment_start.service if release.treatment_start else None
        case _:
            return None


def states_clinical_detail(command: Command, release: Release) -> bool:
    """Return whether a screening states, or would replace, clinical detail (R124).

    Whether treatment is needed, and the group another system states, may come from anybody who
    screens. Substances and opiate history may not, nor may an answer wipe out what healthcare said.
    """
    if not isinstance(command, RecordScreening) or command.treatment is None:
        return False
    return _is_clinical(command.treatment) or _is_clinical(release.treatment)


def _is_clinical(picture: TreatmentPicture | None) -> bool:
    return picture is not None and bool(
        picture.substances
        or picture.opiate_treatment
        or picture.opiate_history
        or picture.believed_drug_free
    )
