"""What people may ask of a release, in the imperative; one class per command.

A submission carries one to fifty commands of one person that are accepted or refused together: a
form, an API call, or a journey that is brought in half way. Days are the days facts were true;
when they were recorded is the clock's business, so a fact recorded late is an ordinary command.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.calendars import WorkingCalendar
from domain.codes import HandoverParty, Role
from domain.cover import Pharmacy, Supply
from domain.facts import (
    ActionOutcome,
    Code,
    Day,
    DrugCondition,
    EssentialItem,
    ExploitationSign,
    Fact,
    Instant,
    LicenceCriteria,
    NaloxoneAnswer,
    NearMissKind,
    PathwayAnswer,
    PlanAction,
    RejectionReason,
    ReleaseRoute,
    RetentionOutcome,
    ReviewOutcome,
    TreatmentPicture,
)
from domain.journey import Step
from domain.policy import Policy


class RecordScreening(Fact):
    """Answer some or all of the seven pathways, and the treatment need once it is known."""

    kind: Literal["record_screening"] = "record_screening"
    on: Day
    answers: Annotated[tuple[PathwayAnswer, ...], Field(max_length=7)] = ()
    treatment: TreatmentPicture | None = None


class RecordPlan(Fact):
    """Add actions to the plan; an action with a known id replaces the earlier one."""

    kind: Literal["record_plan"] = "record_plan"
    on: Day
    actions: Annotated[tuple[PlanAction, ...], Field(max_length=60)] = ()
    contingency: Code | None = None


class RecordActionOutcome(Fact):
    """Close one action by what came of it; a referral sent is not an outcome."""

    kind: Literal["record_action_outcome"] = "record_action_outcome"
    on: Day
    action: Code
    outcome: ActionOutcome


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


class RecordEssentials(Fact):
    """Answer some or all of the six essentials."""

    kind: Literal["record_essentials"] = "record_essentials"
    on: Day
    items: Annotated[tuple[EssentialItem, ...], Field(min_length=1, max_length=6)]


class RequestLicenceCondition(Fact):
    """Ask for a drug condition; from now on its evidence is due."""

    kind: Literal["request_licence_condition"] = "request_licence_condition"
    on: Day
    condition: DrugCondition


class EvidenceLicenceCondition(Fact):
    """Evidence the criteria of a requested condition."""

    kind: Literal["evidence_licence_condition"] = "evidence_licence_condition"
    on: Day
    condition: DrugCondition
    criteria: LicenceCriteria


class WithdrawLicenceCondition(Fact):
    """The condition is not wanted after all."""

    kind: Literal["withdraw_licence_condition"] = "withdraw_licence_condition"
    on: Day
    condition: DrugCondition


class SendHandover(Fact):
    """Send the pack to the four parties; the sender's own party has it by sending."""

    kind: Literal["send_handover"] = "send_handover"
    on: Day
    pack: Code


class AcknowledgeHandover(Fact):
    """One party has the pack and has read it."""

    kind: Literal["acknowledge_handover"] = "acknowledge_handover"
    on: Day
    party: HandoverParty


class RecordRelease(Fact):
    """The person has left; `at` is when, UTC."""

    kind: Literal["record_release"] = "record_release"
    at: Instant
    route: ReleaseRoute = ReleaseRoute.PLANNED
    last_supervised_dose_on: Day | None = None
    naloxone_in_hand: bool


class RecordContact(Fact):
    """Whether the person came to an appointment."""

    kind: Literal["record_contact"] = "record_contact"
    on: Day
    appointment: Code
    attended: bool


class RecordContactAttempt(Fact):
    """One attempt to reach the person after a miss."""

    kind: Literal["record_contact_attempt"] = "record_contact_attempt"
    on: Day
    reached: bool


class RecordTreatmentStart(Fact):
    """Structured treatment started in the community on `on`."""

    kind: Literal["record_treatment_start"] = "record_treatment_start"
    on: Day
    service: Code


class RecordRetention(Fact):
    """How treatment stands after twelve weeks, or how it ended before."""

    kind: Literal["record_retention"] = "record_retention"
    on: Day
    outcome: RetentionOutcome


class MarkNotNeeded(Fact):
    """A step does not apply to this person, for a coded reason that stays visible."""

    kind: Literal["mark_not_needed"] = "mark_not_needed"
    on: Day
    step: Step
    reason: Code


class RecordDeclined(Fact):
    """The person declined a step; they stay in the denominator."""

    kind: Literal["record_declined"] = "record_declined"
    on: Day
    step: Step
    reason: Code


class ReopenStep(Fact):
    """A step marked not needed or declined is wanted after all."""

    kind: Literal["reopen_step"] = "reopen_step"
    on: Day
    step: Step


# Life happens to a release


class MoveReleaseDate(Fact):
    """The release date has moved; the day-of-release rule applies unless `as_given`."""

    kind: Literal["move_release_date"] = "move_release_date"
    on: Day
    scheduled_on: Day
    as_given: bool = False


class Transfer(Fact):
    """The person has moved to another prison; owners change, work is kept."""

    kind: Literal["transfer"] = "transfer"
    on: Day
    prison: Code


class ChangeDestination(Fact):
    """Another area, probation unit or service will receive the person."""

    kind: Literal["change_destination"] = "change_destination"
    on: Day
    destination: Code
    probation_unit: Code
    service: Code | None = None
    nation: Literal["england", "wales"]


class Recall(Fact):
    """Recalled or returned to custody: the community leg closes, its history stays."""

    kind: Literal["recall"] = "recall"
    on: Day


class RecordHospitalAdmission(Fact):
    """In hospital: appointments wait, the three-week limit does not."""

    kind: Literal["record_hospital_admission"] = "record_hospital_admission"
    on: Day


class RecordHospitalDischarge(Fact):
    """Out of hospital again."""

    kind: Literal["record_hospital_discharge"] = "record_hospital_discharge"
    on: Day


class RecordDeath(Fact):
    """The person has died; everything stops and only the death lead is told (R114)."""

    kind: Literal["record_death"] = "record_death"
    on: Day


class CancelRelease(Fact):
    """The release will not happen, for example because of a new sentence."""

    kind: Literal["cancel_release"] = "cancel_release"
    on: Day
    reason: Code


class Merge(Fact):
    """This record is the same person's as another one, where the work goes on."""

    kind: Literal["merge"] = "merge"
    on: Day
    into: Code


class EndJourney(Fact):
    """A person decides that treatment will not start: the only way out without one."""

    kind: Literal["end_journey"] = "end_journey"
    on: Day
    reason: Code


# Corrections: also accepted for a closed release, so that past rates can be put right


class CorrectRelease(Fact):
    """The recorded release was wrong; everything counted from it is counted anew."""

    kind: Literal["correct_release"] = "correct_release"
    at: Instant
    reason: Code


class CorrectTreatmentStart(Fact):
    """The recorded start was wrong; `on` None takes it back altogether."""

    kind: Literal["correct_treatment_start"] = "correct_treatment_start"
    on: Day | None
    reason: Code


class CorrectTreatmentPicture(Fact):
    """The recorded need, substances or opiate history were wrong."""

    kind: Literal["correct_treatment_picture"] = "correct_treatment_picture"
    treatment: TreatmentPicture
    reason: Code


# Near misses and safeguarding


class RecordNearMiss(Fact):
    """Something nearly killed, or could have; opens a review."""

    kind: Literal["record_near_miss"] = "record_near_miss"
    on: Day
    near_miss: NearMissKind


class RecordReview(Fact):
    """Add to a review; it closes when contact, both agencies, outcome and telling are there."""

    kind: Literal["record_review"] = "record_review"
    on: Day
    review: Code
    contacted_on: Day | None = None
    agencies: Annotated[tuple[Code, ...], Field(max_length=12)] = ()
    outcome: ReviewOutcome | None = None
    told: Annotated[tuple[Role, ...], Field(max_length=7)] = ()


class FlagExploitation(Fact):
    """A sign of exploitation; repeated signs without a safeguarding referral are an alert."""

    kind: Literal["flag_exploitation"] = "flag_exploitation"
    on: Day
    sign: ExploitationSign


class RecordSafeguardingReferral(Fact):
    """A safeguarding referral was made to the authority where the person is (R121)."""

    kind: Literal["record_safeguarding_referral"] = "record_safeguarding_referral"
    on: Day


# Escalations and the rules themselves


class AcknowledgeEscalation(Fact):
    """Take the work for the length of the lease; it stays due."""

    kind: Literal["acknowledge_escalation"] = "acknowledge_escalation"
    step: Step


class PassOnEscalation(Fact):
    """Whoever was paged cannot act; the next rung is paged at once."""

    kind: Literal["pass_on_escalation"] = "pass_on_escalation"
    step: Step


class AdoptPolicy(Fact):
    """Move this release to another version of the policy, for a recorded reason."""

    kind: Literal["adopt_policy"] = "adopt_policy"
    policy: Policy
    reason: Code


class SetCalendar(Fact):
    """Use a newer list of bank holidays."""

    kind: Literal["set_calendar"] = "set_calendar"
    calendar: WorkingCalendar


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
