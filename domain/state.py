"""The state of one release: everything its workflow must remember, as codes, dates and ids.

State changes only by applying events (`domain.evolve`). A field here must have a default, so that
a snapshot written by an older version stays readable.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.codes import Nation, Pathway, ReleaseType, Sex
from domain.facts import (
    Appointment,
    AppointmentStatus,
    ContactAttempt,
    DrugCondition,
    Essential,
    EssentialAnswer,
    EssentialItem,
    ExploitationFlag,
    Handover,
    LastDose,
    LicenceCondition,
    Naloxone,
    NearMissReview,
    PathwayAnswer,
    PlanAction,
    Prescription,
    Referral,
    ReferralStatus,
    ReleaseRecord,
    Retention,
    TreatmentPicture,
    TreatmentStart,
)
from domain.journey import Step
from domain.policy import Severity


class Phase(StrEnum):
    """Where the person is in the journey; `CLOSED` is final but for corrections."""

    CUSTODY = "custody"
    COMMUNITY = "community"
    CLOSED = "closed"


class Closure(StrEnum):
    """Why a release closed."""

    COMPLETED = "completed"
    LEFT_TREATMENT = "left_treatment"
    NOT_ENGAGED = "not_engaged"
    NO_TREATMENT_NEED = "no_treatment_need"
    CANCELLED = "cancelled"
    RECALLED = "recalled"
    DIED = "died"
    MERGED = "merged"


class StepStatus(StrEnum):
    """How a step stands; whether it lapsed is held apart, because late work is still work."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    DECLINED = "declined"
    MISSED = "missed"


class StepState(BaseModel):
    """One step of one release.

    Attributes:
        armed_at: When the step's clock was last set: the start, a moved date, a reopening. A due
            time that had passed by then is compressed instead of lapsing at once.
        lapsed_at: When it fell due unanswered; None while it has not, or once it is due again.
        lapses: How often it lapsed in all. Moving a date does not take it back.
        warnings: How many of the policy's reminders went out.
        on: The day it was answered, as a fact.
        reason: The coded reason of `NOT_NEEDED`, `DECLINED` or `MISSED`.
    """

    model_config = ConfigDict(frozen=True)

    status: StepStatus = StepStatus.OPEN
    armed_at: AwareDatetime
    lapsed_at: AwareDatetime | None = None
    lapses: int = 0
    warnings: int = 0
    on: date | None = None
    reason: str | None = None


class LadderStatus(StrEnum):
    """How an escalation stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    CLOSED = "closed"


class Escalation(BaseModel):
    """The ladder of one lapsed step.

    Attributes:
        number: Counts the escalations of this release, so that each has an id of its own.
        level: The rung last paged, from 1; rounds go on counting.
        next_at: When the next rung is paged or the lease runs out.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    step: Step
    severity: Severity
    status: LadderStatus = LadderStatus.OPEN
    opened_at: AwareDatetime
    level: int = 1
    next_at: AwareDatetime
    acknowledged_by: str | None = None


class Accepted(BaseModel):
    """What a remembered idempotency key led to: a digest of what was asked, and the last event."""

    model_config = ConfigDict(frozen=True)

    digest: str
    seq: int


class Release(BaseModel):
    """One release of one person.

    Attributes:
        seq: The number of the last event; the read model's version.
        expected_on: E, the day the release is planned for, after the day-of-release rule.
        scheduled_on: The day before that rule, as the prison's system calculated it.
        started_at: When work on the release began; may lie before it was recorded here.
        recorded_at: When it was recorded here; no ladder starts earlier than this.
        discharged_on: When the person last left hospital; appointments wait until then.
        earlier_dates: Every earlier `expected_on`, oldest first.
        requests: The idempotency keys of the last accepted submissions.
    """

    model_config = ConfigDict(frozen=True)

    release_id: str
    seq: int = 0
    policy_version: str
    phase: Phase = Phase.CUSTODY
    closure: Closure | None = None
    closed_at: AwareDatetime | None = None

    nation: Nation
    sex: Sex | None = None
    prison: str
    destination: str
    probation_unit: str
    service: str | None = None
    release_type: ReleaseType
    reception_on: date
    scheduled_on: date
    expected_on: date
    started_at: AwareDatetime
    recorded_at: AwareDatetime
    short_notice: bool = False
    in_hospital: bool = False
    earlier_dates: tuple[date, ...] = ()
    previous_release: str | None = None
    merged_into: str | None = None
    died_on: date | None = None
    returned_on: date | None = None
    discharged_on: date | None = None

    steps: dict[Step, StepState] = Field(default_factory=dict)
    answers: dict[Pathway, PathwayAnswer] = Field(default_factory=dict)
    treatment: TreatmentPicture | None = None
    actions: tuple[PlanAction, ...] = ()
    planned_on: date | None = None
    contingency: str | None = None
    referrals: tuple[Referral, ...] = ()
    prescription: Prescription | None = None
    last_dose: LastDose | None = None
    naloxone: Naloxone | None = None
    appointments: tuple[Appointment, ...] = ()
    attempts: tuple[ContactAttempt, ...] = ()
    essentials: dict[Essential, EssentialItem] = Field(default_factory=dict)
    conditions: dict[DrugCondition, LicenceCondition] = Field(default_factory=dict)
    handover: Handover | None = None
    released: ReleaseRecord | None = None
    treatment_start: TreatmentStart | None = None
    retention: Retention | None = None
    reviews: tuple[NearMissReview, ...] = ()
    flags: tuple[ExploitationFlag, ...] = ()
    safeguarding_referred_on: date | None = None

    escalations: dict[Step, Escalation] = Field(default_factory=dict)
    escalations_opened: int = 0
    requests: dict[str, Accepted] = Field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether anything is still due."""
        return self.phase is not Phase.CLOSED

    @property
    def leaves_on(self) -> date:
        """R once the person was released, E until then."""
        return self.released.on if self.released else self.expected_on

    @property
    def has_opiate_treatment(self) -> bool:
        """Whether the person is known to be on opioid substitution treatment."""
        return self.treatment is not None and self.treatment.opiate_treatment

    @property
    def has_address(self) -> bool:
        """Whether a first-night address is arranged (R110)."""
        item = self.essentials.get(Essential.FIRST_NIGHT_ADDRESS)
        return item is not None and item.answer is EssentialAnswer.ARRANGED

    @property
    def live_referral(self) -> Referral | None:
        """The latest referral that still counts: neither rejected nor withdrawn."""
        over = (ReferralStatus.REJECTED, ReferralStatus.WITHDRAWN)
        return next((each for each in reversed(self.referrals) if each.status not in over), None)

    @property
    def standing_appointments(self) -> tuple[Appointment, ...]:
        """Appointments that were not cancelled, earliest first."""
        kept = (
            each for each in self.appointments if each.status is not AppointmentStatus.CANCELLED
        )
        return tuple(sorted(kept, key=lambda each: each.at))

    @property
    def next_appointment(self) -> Appointment | None:
        """The earliest appointment whose outcome is not recorded."""
        booked = AppointmentStatus.BOOKED
        return next((each for each in self.standing_appointments if each.status is booked), None)

    def is_answered(self, step: Step) -> bool:
        """Whether nothing more is asked for `step`; a step that never arose is answered."""
        state = self.steps.get(step)
        return state is None or state.status is not StepStatus.OPEN
