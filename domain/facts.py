"""Facts about a release as staff state them: codes, dates and ids, never a name or free text.

The same models travel in commands, events and the state. Free text lives in the database and is
referred to by a note id (ADR 0001). A new thing that staff record changes this file.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from domain.codes import (
    HandoverParty,
    NeedSource,
    Pathway,
    Role,
    Substance,
    SubstanceGroup,
    TreatmentNeed,
    group_of,
)
from domain.cover import Pharmacy, Supply

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$")]
"""An opaque id or reference code."""

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 1, 1, tzinfo=UTC)),
]
"""An instant that a person states; as wide as `Day`, so that every one has a London date."""


class Fact(BaseModel):
    """Frozen; unknown keys pass, so that an old history stays readable after a field goes.

    The edges (JSON, forms, files) validate with `extra="forbid"` instead.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


# Screening and plan


class PathwayStatus(StrEnum):
    """What a screening finds on one pathway (R34)."""

    SUPPORT_REQUIRED = "support_required"
    SUPPORT_NOT_REQUIRED = "support_not_required"
    SUPPORT_DECLINED = "support_declined"


class PathwayAnswer(Fact):
    """One pathway's answer; a need says why and every answer names the sources checked (R29)."""

    pathway: Pathway
    status: PathwayStatus
    sources: Annotated[tuple[NeedSource, ...], Field(min_length=1, max_length=6)]
    why_note: Code | None = None

    @model_validator(mode="after")
    def _a_need_says_why(self) -> PathwayAnswer:
        if self.status is PathwayStatus.SUPPORT_REQUIRED and self.why_note is None:
            msg = "why_note: say why support is required"
            raise ValueError(msg)
        return self

    @property
    def self_report_only(self) -> bool:
        """Whether nothing but the person's own word was checked, the flaw R29 names."""
        return set(self.sources) == {NeedSource.SELF_REPORT}


class TreatmentPicture(Fact):
    """What is known of the person's need for drug or alcohol treatment.

    Attributes:
        stated_group: The group as another system states it, while the substances are not known.
        opiate_treatment: On opioid substitution treatment now; raises several severities.
        believed_drug_free: After opiate use; then the plan must hold a contingency (R43).
    """

    need: TreatmentNeed
    substances: tuple[Substance, ...] = ()
    stated_group: SubstanceGroup | None = None
    opiate_treatment: bool = False
    opiate_history: bool = False
    believed_drug_free: bool = False

    @model_validator(mode="after")
    def _a_need_names_its_substances(self) -> TreatmentPicture:
        unknown = not self.substances and self.stated_group is None
        if self.need is TreatmentNeed.NEEDED and unknown:
            msg = "substances: name at least one when treatment is needed"
            raise ValueError(msg)
        return self

    @property
    def group(self) -> SubstanceGroup | None:
        """The group of the national statistics, None without a treatment need (R10)."""
        if self.need is not TreatmentNeed.NEEDED:
            return None
        return group_of(self.substances) if self.substances else self.stated_group

    @property
    def has_opiate_history(self) -> bool:
        """Whether naloxone and the overdose conversation are due to this person (R62)."""
        return self.opiate_history or self.opiate_treatment or self.group is SubstanceGroup.OPIATE


class ActionOutcome(StrEnum):
    """How an action ended; "referral sent" is deliberately not among them (R36)."""

    ACCEPTED = "accepted"
    ATTENDED = "attended"
    DONE = "done"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"


class PlanAction(Fact):
    """One thing somebody will do about a need; `id` is unique within the release."""

    id: Code
    pathway: Pathway
    owner: Role
    due_on: Day
    note: Code | None = None
    outcome: ActionOutcome | None = None
    outcome_on: Day | None = None


# Referral, prescription, naloxone, appointment


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


class ContactAttempt(Fact):
    """One attempt to reach a person who was not seen."""

    on: Day
    by: Role
    reached: bool


# Essentials, licence, handover, release


class Essential(StrEnum):
    """What a person needs on the first night."""

    FIRST_NIGHT_ADDRESS = "first_night_address"
    ID = "id"
    BANK_ACCOUNT = "bank_account"
    BENEFITS_APPOINTMENT = "benefits_appointment"
    GP = "gp"
    TRAVEL = "travel"


class EssentialAnswer(StrEnum):
    """Arranged, or one of the two honest ways of not arranging it."""

    ARRANGED = "arranged"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"


class EssentialItem(Fact):
    """One essential's answer; anything but arranged needs a coded reason."""

    item: Essential
    answer: EssentialAnswer
    reason: Code | None = None

    @model_validator(mode="after")
    def _an_exception_says_why(self) -> EssentialItem:
        if self.answer is not EssentialAnswer.ARRANGED and self.reason is None:
            msg = "reason: give the coded reason"
            raise ValueError(msg)
        return self


class DrugCondition(StrEnum):
    """Treatment and testing are separate conditions, recorded and reported apart (R73)."""

    TREATMENT = "treatment"
    TESTING = "testing"


class ConditionStatus(StrEnum):
    """Where a requested condition stands."""

    REQUESTED = "requested"
    EVIDENCED = "evidenced"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LicenceCriteria(Fact):
    """The five criteria of PI 30/14, and notes on necessity and proportionality (R68, R69)."""

    linked_to_offending: bool
    dependent_or_propensity: bool
    requires_and_susceptible_to_treatment: bool
    appointment_known_and_confirmed: bool
    type_set_on_health_advice: bool
    necessity_note: Code
    proportionality_note: Code

    @property
    def all_met(self) -> bool:
        """Whether every one of the five holds; one that does not blocks the condition."""
        return (
            self.linked_to_offending
            and self.dependent_or_propensity
            and self.requires_and_susceptible_to_treatment
            and self.appointment_known_and_confirmed
            and self.type_set_on_health_advice
        )


class LicenceCondition(Fact):
    """One drug condition asked for."""

    condition: DrugCondition
    status: ConditionStatus
    criteria: LicenceCriteria | None = None


class Handover(Fact):
    """The pack as sent, and the day each party acknowledged it."""

    pack: Code
    sent_on: Day
    sent_at: AwareDatetime
    acknowledged: dict[HandoverParty, Day] = Field(default_factory=dict)


class ReleaseRoute(StrEnum):
    """How the person left; everything but `PLANNED` compresses what is still open (R39)."""

    PLANNED = "planned"
    EARLY = "early"
    FROM_COURT = "from_court"
    SHORT_NOTICE = "short_notice"


class ReleaseRecord(Fact):
    """Release day as it happened."""

    at: AwareDatetime
    on: Day
    route: ReleaseRoute = ReleaseRoute.PLANNED
    last_supervised_dose_on: Day | None = None
    naloxone_in_hand: bool


# After release


class TreatmentStart(Fact):
    """The day structured treatment started; being booked or seen is another fact (R4)."""

    on: Day
    service: Code


class RetentionOutcome(StrEnum):
    """How treatment stood twelve weeks after it started (R17)."""

    IN_TREATMENT = "in_treatment"
    LEFT_TREATMENT_COMPLETE = "left_treatment_complete"
    LEFT_EARLY = "left_early"


class Retention(Fact):
    """The twelve-week answer and the day it was true."""

    outcome: RetentionOutcome
    on: Day


class NearMissKind(StrEnum):
    """What opens a review (R117, R118)."""

    NON_FATAL_OVERDOSE = "non_fatal_overdose"
    RELEASED_WITHOUT_COVER = "released_without_cover"
    MISSED_FIRST_NIGHT = "missed_first_night"


class ReviewOutcome(StrEnum):
    """What a joint review found (R119)."""

    PRACTICE_CHANGED = "practice_changed"
    LEARNING_SHARED = "learning_shared"
    NO_FURTHER_ACTION = "no_further_action"


class NearMissReview(Fact):
    """A review: the person contacted, both agencies named, an outcome and who was told."""

    id: Code
    kind: NearMissKind
    happened_on: Day
    opened_at: AwareDatetime
    contacted_on: Day | None = None
    agencies: tuple[Code, ...] = ()
    outcome: ReviewOutcome | None = None
    told: tuple[Role, ...] = ()


class ExploitationSign(StrEnum):
    """Signs that repeated become an alert (R122)."""

    CUCKOOING = "cuckooing"
    COUNTY_LINES = "county_lines"
    REPEATED_ASSAULT = "repeated_assault"


class ExploitationFlag(Fact):
    """One sign and the day it was seen."""

    sign: ExploitationSign
    on: Day
