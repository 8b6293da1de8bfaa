"""What people may ask of a release, in the imperative; one class per command.

A submission carries one to fifty commands of one person that are accepted or refused together: a
form, an API call, or a journey that is brought in half way. Days are the days facts were true;
when they were recorded is the clock's business, so a fact recorded late is an ordinary command.
"""

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
    EscalateUnreached,
    MarkNotNeeded,
    PassOnEscalation,
    RecordDeclined,
    ReopenStep,
    Unreached,
)
from domain.commands.submission import CORRECTIONS, THE_SERVICE, Actor, Command, Submission
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

__all__ = (
    "CORRECTIONS",
    "THE_SERVICE",
    "AcceptReferral",
    "AcknowledgeEscalation",
    "AcknowledgeHandover",
    "Actor",
    "AdoptPolicy",
    "ArrangePrescription",
    "BookAppointment",
    "CancelAppointment",
    "CancelRelease",
    "ChangeDestination",
    "Command",
    "ConfirmLastDose",
    "CorrectRelease",
    "CorrectTreatmentPicture",
    "CorrectTreatmentStart",
    "EndJourney",
    "EscalateUnreached",
    "EvidenceLicenceCondition",
    "FlagExploitation",
    "MarkNotNeeded",
    "Merge",
    "MoveReleaseDate",
    "PassOnEscalation",
    "Recall",
    "RecordActionOutcome",
    "RecordContact",
    "RecordContactAttempt",
    "RecordDeath",
    "RecordDeclined",
    "RecordEssentials",
    "RecordHospitalAdmission",
    "RecordHospitalDischarge",
    "RecordNaloxone",
    "RecordNearMiss",
    "RecordPlan",
    "RecordReferralReceived",
    "RecordRelease",
    "RecordRetention",
    "RecordReview",
    "RecordSafeguardingReferral",
    "RecordScreening",
    "RecordTreatmentStart",
    "RejectReferral",
    "ReopenStep",
    "RequestLicenceCondition",
    "SendHandover",
    "SendReferral",
    "SetCalendar",
    "Submission",
    "TellAppointment",
    "Transfer",
    "Unreached",
    "WithdrawLicenceCondition",
    "WithdrawReferral",
)
