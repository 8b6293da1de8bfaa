"""A submission: commands of one person, accepted or refused together."""

from __future__ import annotations

import hashlib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.codes import Role
from domain.commands.community import (
    EndJourney,
    RecordContact,
    RecordContactAttempt,
    RecordRelease,
    RecordRetention,
    RecordTreatmentStart,
)
from domain.commands.corrections import (
    CorrectRelease,
    CorrectTreatmentPicture,
    CorrectTreatmentStart,
)
from domain.commands.custody import (
    AcknowledgeHandover,
    EvidenceLicenceCondition,
    RecordActionOutcome,
    RecordEssentials,
    RecordPlan,
    RecordScreening,
    RequestLicenceCondition,
    SendHandover,
    WithdrawLicenceCondition,
)
from domain.commands.life_events import (
    CancelRelease,
    ChangeDestination,
    Merge,
    MoveReleaseDate,
    Recall,
    RecordDeath,
    RecordHospitalAdmission,
    RecordHospitalDischarge,
    Transfer,
)
from domain.commands.pinning import AdoptPolicy, SetCalendar
from domain.commands.reviews import (
    FlagExploitation,
    RecordNearMiss,
    RecordReview,
    RecordSafeguardingReferral,
)
from domain.commands.steps import (
    AcknowledgeEscalation,
    MarkNotNeeded,
    PassOnEscalation,
    RecordDeclined,
    ReopenStep,
)
from domain.commands.treatment import (
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
from domain.facts import (
    Code,
)

Command = Annotated[
    RecordScreening
    | RecordPlan
    | RecordActionOutcome
    | SendReferral
    | RecordReferralReceived
    | AcceptReferral
    | RejectReferral
    | WithdrawReferral
    | ArrangePrescription
    | ConfirmLastDose
    | RecordNaloxone
    | BookAppointment
    | TellAppointment
    | CancelAppointment
    | RecordEssentials
    | RequestLicenceCondition
    | EvidenceLicenceCondition
    | WithdrawLicenceCondition
    | SendHandover
    | AcknowledgeHandover
    | RecordRelease
    | RecordContact
    | RecordContactAttempt
    | RecordTreatmentStart
    | RecordRetention
    | MarkNotNeeded
    | RecordDeclined
    | ReopenStep
    | MoveReleaseDate
    | Transfer
    | ChangeDestination
    | Recall
    | RecordHospitalAdmission
    | RecordHospitalDischarge
    | RecordDeath
    | CancelRelease
    | Merge
    | EndJourney
    | CorrectRelease
    | CorrectTreatmentStart
    | CorrectTreatmentPicture
    | RecordNearMiss
    | RecordReview
    | FlagExploitation
    | RecordSafeguardingReferral
    | AcknowledgeEscalation
    | PassOnEscalation
    | AdoptPolicy
    | SetCalendar,
    Field(discriminator="kind"),
]

CORRECTIONS = (CorrectRelease, CorrectTreatmentStart, CorrectTreatmentPicture, RecordDeath)
"""The commands that a closed release still takes: corrections, and a death whenever it is known."""


class Actor(BaseModel):
    """Who asks: an opaque account id and the role they acted in."""

    model_config = ConfigDict(frozen=True)

    id: Code
    role: Role


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
