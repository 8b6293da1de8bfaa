"""The resources of the API, as they are sent.

Models are named after their resource, because tools that explore an API by its description find
their way by those names. Facts keep the shape that they have in commands.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.codes import EthnicityGroup, Nation, ReleaseType, Sex, TreatmentNeed
from domain.events import EventKind
from domain.facts import (
    Appointment,
    ContactAttempt,
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
    ReleaseRoute,
    Retention,
    TreatmentPicture,
    TreatmentStart,
)
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus, Phase, StepStatus


class Resource(BaseModel):
    """A part of a response; it never holds a field that the description does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Resource):
    """Who a release is about."""

    prison_number: str
    crn: str | None
    forename: str
    surname: str
    date_of_birth: date
    sex: Sex | None
    ethnicity: EthnicityGroup | None
    mobile: str | None


class ReleaseStep(Resource):
    """One step of the journey, with the source of the figure that makes it due."""

    step: Step
    status: StepStatus
    due_at: AwareDatetime | None
    severity: Severity | None
    source: str | None
    compressed: Annotated[bool, Field(description="Due sooner: the rule's own time had passed.")]
    lapsed_at: AwareDatetime | None
    lapses: int
    answered_on: date | None
    reason: str | None


class ReleaseDay(Resource):
    """Release day as it happened."""

    at: AwareDatetime
    on: date
    route: ReleaseRoute


class Care(Resource):
    """What everybody who works with a person may know of their care."""

    treatment_need: TreatmentNeed
    prescription_arranged: bool
    covered_until: Annotated[
        date | None, Field(description="The last day without a gap in the prescription.")
    ]
    naloxone_offered: bool


class ClinicalDetail(Resource):
    """What only healthcare and the treatment service see. It holds no medicine and no dose."""

    treatment: TreatmentPicture | None
    contingency: str | None
    prescription: Prescription | None
    last_dose: LastDose | None
    naloxone: Naloxone | None
    last_supervised_dose_on: date | None
    naloxone_in_hand: bool | None


class Release(Resource):
    """One release of one person, in the detail that the caller's role may see."""

    id: str
    reference: Annotated[str, Field(description="Short, to say on the phone.")]
    version: Annotated[int, Field(description="The number of the last event.")]
    person: Person | None
    phase: Phase
    closure: Closure | None
    closed_at: AwareDatetime | None
    nation: Nation
    prison: str
    destination: str
    probation_unit: str
    service: str | None
    release_type: ReleaseType
    reception_on: date
    scheduled_on: date
    expected_on: date
    earlier_dates: tuple[date, ...]
    released: ReleaseDay | None
    short_notice: bool
    in_hospital: bool
    started_at: AwareDatetime
    recorded_at: AwareDatetime
    policy_version: str
    previous_release: str | None
    merged_into: str | None
    died_on: date | None
    returned_on: date | None
    planned_on: date | None
    safeguarding_referred_on: date | None
    care: Care
    clinical: Annotated[
        ClinicalDetail | None, Field(description="Null for roles that see no clinical detail.")
    ]
    steps: list[ReleaseStep]
    answers: list[PathwayAnswer]
    actions: list[PlanAction]
    referrals: list[Referral]
    appointments: list[Appointment]
    attempts: list[ContactAttempt]
    essentials: list[EssentialItem]
    conditions: list[LicenceCondition]
    handover: Handover | None
    treatment_start: TreatmentStart | None
    retention: Retention | None
    reviews: list[NearMissReview]
    flags: list[ExploitationFlag]


class ReleaseSummary(Resource):
    """One line of a list of releases; the same for every role."""

    id: str
    reference: str
    prison_number: str | None
    forename: str | None
    surname: str | None
    prison: str
    destination: str
    nation: Nation
    probation_unit: str
    service: str | None
    release_type: ReleaseType
    phase: Phase
    closure: Closure | None
    expected_on: date
    released_on: date | None
    short_notice: bool
    next_due_step: Step | None
    next_due_at: AwareDatetime | None
    next_due_severity: Severity | None
    worst_lapsed_severity: Severity | None


class RestrictedRow(Resource):
    """A line of a list that is in the caller's scope, of a record that is closed to them."""

    restricted: Annotated[
        Literal[True], Field(description="Nothing else is said. Ask the service owner.")
    ] = True


class Paged(Resource):
    """Which part of a list this is; pages count from 1."""

    page: int
    per_page: int
    total: Annotated[int, Field(description="In all pages together.")]


class ReleaseList(Paged):
    """One page of releases."""

    items: list[ReleaseSummary | RestrictedRow]


class Escalation(Resource):
    """The ladder of one lapsed step."""

    id: str
    release_id: str
    reference: str
    step: Step
    severity: Severity
    status: LadderStatus
    level: int
    opened_at: AwareDatetime
    next_at: Annotated[
        AwareDatetime, Field(description="When the next rung is paged, or a lease runs out.")
    ]
    acknowledged_by: str | None


class EscalationList(Paged):
    """One page of escalations."""

    items: list[Escalation | RestrictedRow]


class Event(Resource):
    """One thing that happened; what the caller's role may not see is left out of its data."""

    seq: int
    kind: EventKind
    at: AwareDatetime
    on: Annotated[date | None, Field(description="The day it was true, when somebody stated it.")]
    step: Step | None
    actor: str | None
    recorded_at: AwareDatetime
    data: dict[str, Any]


class EventList(Resource):
    """Events in order; ask again with `after` until `next_after` is null."""

    items: list[Event]
    next_after: int | None
