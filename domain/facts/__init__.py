"""Facts about a release as staff state them: codes, dates and ids, never a name or free text.

The same models travel in commands, events and the state. Free text lives in the database and is
referred to by a note id (ADR 0001). A new thing that staff record changes one of the
modules here.
"""

from domain.facts.community import ContactAttempt, Retention, RetentionOutcome, TreatmentStart
from domain.facts.fact import Code, Day, Fact, Instant
from domain.facts.gate import (
    ConditionStatus,
    DrugCondition,
    Essential,
    EssentialAnswer,
    EssentialItem,
    Handover,
    LicenceCondition,
    LicenceCriteria,
    ReleaseRecord,
    ReleaseRoute,
)
from domain.facts.harm import (
    ExploitationFlag,
    ExploitationSign,
    NearMissKind,
    NearMissReview,
    ReviewOutcome,
)
from domain.facts.needs import (
    ActionOutcome,
    PathwayAnswer,
    PathwayStatus,
    PlanAction,
    TreatmentPicture,
)
from domain.facts.treatment import (
    Appointment,
    AppointmentStatus,
    LastDose,
    Naloxone,
    NaloxoneAnswer,
    Prescription,
    Referral,
    ReferralStatus,
    RejectionReason,
)

__all__ = (
    "ActionOutcome",
    "Appointment",
    "AppointmentStatus",
    "Code",
    "ConditionStatus",
    "ContactAttempt",
    "Day",
    "DrugCondition",
    "Essential",
    "EssentialAnswer",
    "EssentialItem",
    "ExploitationFlag",
    "ExploitationSign",
    "Fact",
    "Handover",
    "Instant",
    "LastDose",
    "LicenceCondition",
    "LicenceCriteria",
    "Naloxone",
    "NaloxoneAnswer",
    "NearMissKind",
    "NearMissReview",
    "PathwayAnswer",
    "PathwayStatus",
    "PlanAction",
    "Prescription",
    "Referral",
    "ReferralStatus",
    "RejectionReason",
    "ReleaseRecord",
    "ReleaseRoute",
    "Retention",
    "RetentionOutcome",
    "ReviewOutcome",
    "TreatmentPicture",
    "TreatmentStart",
)
