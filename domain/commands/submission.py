"""A submission: commands of one person, accepted or refused together."""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from domain.codes import Role
from domain.commands import (
    community,
    corrections,
    custody,
    life_events,
    pinning,
    reviews,
    steps,
    treatment,
)
from domain.facts import Code

Command = Annotated[
    custody.RecordScreening
    | custody.RecordPlan
    | custody.RecordActionOutcome
    | treatment.SendReferral
    | treatment.RecordReferralReceived
    | treatment.AcceptReferral
    | treatment.RejectReferral
    | treatment.WithdrawReferral
    | treatment.ArrangePrescription
    | treatment.ConfirmLastDose
    | treatment.RecordNaloxone
    | treatment.BookAppointment
    | treatment.TellAppointment
    | treatment.CancelAppointment
    | custody.RecordEssentials
    | custody.RequestLicenceCondition
    | custody.EvidenceLicenceCondition
    | custody.WithdrawLicenceCondition
    | custody.SendHandover
    | custody.AcknowledgeHandover
    | community.RecordRelease
    | community.RecordContact
    | community.RecordContactAttempt
    | community.RecordTreatmentStart
    | community.RecordRetention
    | steps.MarkNotNeeded
    | steps.RecordDeclined
    | steps.ReopenStep
    | steps.ReportObstacle
    | life_events.MoveReleaseDate
    | life_events.Transfer
    | life_events.ChangeDestination
    | life_events.Recall
    | life_events.RecordHospitalAdmission
    | life_events.RecordHospitalDischarge
    | life_events.RecordDeath
    | life_events.CancelRelease
    | life_events.Merge
    | community.EndJourney
    | corrections.CorrectRelease
    | corrections.CorrectTreatmentStart
    | corrections.CorrectTreatmentPicture
    | reviews.RecordNearMiss
    | reviews.RecordReview
    | reviews.FlagExploitation
    | reviews.RecordSafeguardingReferral
    | steps.AcknowledgeEscalation
    | steps.PassOnEscalation
    | steps.EscalateUnreached
    | pinning.AdoptPolicy
    | pinning.SetCalendar,
    Field(discriminator="kind"),
]

CORRECTIONS = (
    corrections.CorrectRelease,
    corrections.CorrectTreatmentStart,
    corrections.CorrectTreatmentPicture,
    life_events.RecordDeath,
)
"""What a closed release still takes: corrections, and a death whenever it is known."""


class Actor(BaseModel):
    """Who asks: an opaque account id and the role they acted in."""

    model_config = ConfigDict(frozen=True)

    id: Code
    role: Role


THE_SERVICE: Final = Actor(id="throughcare", role=Role.ADMIN)
"""Who says that a rung reached nobody: no account, so that nobody can be taken for it."""


class Submission(BaseModel):
    """Commands of one person, accepted or refused together.

    Attributes:
        key: The idempotency key. The same key with the same commands is the same submission;
            with other commands it is refused.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    key: Code
    actor: Actor
    commands: Annotated[tuple[Command, ...], Field(min_length=1, max_length=50)]

    @property
    def digest(self) -> str:
        """A short digest of who asks what, to tell a repeat from a reused key."""
        asked = self.model_dump_json(exclude={"key"})
        return hashlib.sha256(asked.encode()).hexdigest()[:16]
