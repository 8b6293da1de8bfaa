"""Who may ask what: one table of roles and commands, and which team works each step.

The rows follow the roles of the service ("Who uses it"): nobody records what another team knows
better. A new command, or a role that gains or loses one, changes this file and nothing else.
"""

from __future__ import annotations

from typing import Final

from domain.codes import HandoverParty, Role
from domain.commands import (
    AcceptReferral,
    AcknowledgeEscalation,
    AcknowledgeHandover,
    AdoptPolicy,
    ArrangePrescription,
    BookAppointment,
    CancelAppointment,
    CancelRelease,
    ChangeDestination,
    ConfirmLastDose,
    CorrectRelease,
    CorrectTreatmentPicture,
    CorrectTreatmentStart,
    EndJourney,
    EvidenceLicenceCondition,
    FlagExploitation,
    MarkNotNeeded,
    Merge,
    MoveReleaseDate,
    PassOnEscalation,
    Recall,
    RecordActionOutcome,
    RecordContact,
    RecordContactAttempt,
    RecordDeath,
    RecordDeclined,
    RecordEssentials,
    RecordHospitalAdmission,
    RecordHospitalDischarge,
    RecordNaloxone,
    RecordNearMiss,
    RecordPlan,
    RecordReferralReceived,
    RecordRelease,
    RecordRetention,
    RecordReview,
    RecordSafeguardingReferral,
    RecordScreening,
    RecordTreatmentStart,
    RejectReferral,
    ReopenStep,
    ReportObstacle,
    RequestLicenceCondition,
    SendHandover,
    SendReferral,
    SetCalendar,
    TellAppointment,
    Transfer,
    WithdrawLicenceCondition,
    WithdrawReferral,
)
from domain.facts import Fact
from domain.journey import DEFINITIONS, Step

Kinds = frozenset[type[Fact]]

PRISON_ROLES: Final = frozenset({Role.RESETTLEMENT, Role.HEALTHCARE})
CASEWORK_ROLES: Final = PRISON_ROLES | {Role.PROBATION, Role.PROVIDER}
"""The roles that work with a person; the others never see one."""

_EVERYBODY: Final[Kinds] = frozenset(
    {
        # Whoever knows first must be able to say so: an accident, an illness, a death.
        RecordHospitalAdmission,
        RecordHospitalDischarge,
        RecordDeath,
        RecordNearMiss,
        RecordReview,
        FlagExploitation,
        RecordSafeguardingReferral,
        # Limited further by who owns the step, the action or the party (`domain.access`).
        AcknowledgeHandover,
        AcknowledgeEscalation,
        PassOnEscalation,
        MarkNotNeeded,
        RecordDeclined,
        ReopenStep,
        ReportObstacle,
        RecordActionOutcome,
        TellAppointment,
    }
)

COMMANDS: Final[dict[Role, Kinds]] = {
    Role.RESETTLEMENT: _EVERYBODY
    | {
        RecordScreening,
        RecordPlan,
        SendReferral,
        WithdrawReferral,
        RecordEssentials,
        SendHandover,
        RecordRelease,
        MoveReleaseDate,
        Transfer,
        ChangeDestination,
        Recall,
        CancelRelease,
        Merge,
        CorrectRelease,
    },
    Role.HEALTHCARE: _EVERYBODY
    | {
        RecordScreening,
        RecordPlan,
        ArrangePrescription,
        ConfirmLastDose,
        RecordNaloxone,
        CorrectTreatmentPicture,
    },
    Role.PROBATION: _EVERYBODY
    | {
        RequestLicenceCondition,
        EvidenceLicenceCondition,
        WithdrawLicenceCondition,
        RecordContactAttempt,
        ChangeDestination,
        Recall,
        EndJourney,
        CorrectRelease,
    },
    Role.PROVIDER: _EVERYBODY
    | {
        RecordReferralReceived,
        AcceptReferral,
        RejectReferral,
        BookAppointment,
        CancelAppointment,
        RecordContact,
        RecordContactAttempt,
        RecordTreatmentStart,
        RecordRetention,
        EndJourney,
        CorrectTreatmentStart,
        CorrectTreatmentPicture,
    },
    Role.ADMIN: frozenset({AdoptPolicy, SetCalendar}),
    Role.COMMISSIONER: frozenset(),
    Role.AUDITOR: frozenset(),
}
"""What each role may ask at all."""

AFTER_RELEASE: Final[dict[Role, Kinds]] = {
    Role.PROBATION: frozenset({SendReferral, WithdrawReferral, SendHandover}),
    Role.PROVIDER: frozenset({ArrangePrescription, ConfirmLastDose, RecordNaloxone}),
}
"""What a community role may ask once the person is out: prison teams lose sight of them after a
fortnight, and work that is still open must not be left with nobody who can do it."""

MANAGERS_ONLY: Final[Kinds] = frozenset({EndJourney})
"""Giving up on treatment is a decision with a name under it."""

PARTIES: Final = {
    Role.HEALTHCARE: HandoverParty.PRISON_DRUG_SERVICE,
    Role.RESETTLEMENT: HandoverParty.PRISON_RESETTLEMENT,
    Role.PROVIDER: HandoverParty.COMMUNITY_DRUG_SERVICE,
    Role.PROBATION: HandoverParty.PROBATION,
}
"""The one party each role acknowledges the pack for (R37)."""

_JOINT: Final = {
    Step.REVIEW: frozenset({Role.HEALTHCARE, Role.PROVIDER, Role.PROBATION}),
    Step.SAFEGUARDING: frozenset({Role.RESETTLEMENT, Role.PROBATION}),
}

_SUCCESSORS: Final = {
    Step.REFERRAL: Role.PROBATION,
    Step.PRESCRIPTION: Role.PROVIDER,
    Step.NALOXONE: Role.PROVIDER,
    Step.HANDOVER: Role.PROBATION,
}


def team_of(step: Step, *, released: bool) -> frozenset[Role]:
    """Return the roles that answer for `step`: its owner and, after release, its successor."""
    team = _JOINT.get(step, frozenset({DEFINITIONS[step].owner}))
    return team | {_SUCCESSORS[step]} if released and step in _SUCCESSORS else team


def kinds_of(role: Role) -> frozenset[str]:
    """Return the wire names of every command that `role` may ever ask."""
    kinds = COMMANDS[role] | AFTER_RELEASE.get(role, frozenset())
    return frozenset(kind.model_fields["kind"].default for kind in kinds)
