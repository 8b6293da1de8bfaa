"""What the API reads and hands over: plain records between the web and the stores.

Infra fills them from SQL; `api.views` turns them into what a role may see. They hold more than
some roles may see, so nothing but a view is ever sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.codes import (
    EthnicityGroup,
    Nation,
    ReleaseType,
    Role,
    Sex,
    SubstanceGroup,
    TreatmentNeed,
)
from domain.events import Event
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus, Phase, Release, StepStatus


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A person and the release to start: the columns of an imported file, and a little more.

    Attributes:
        scheduled_on: The release date as the prison calculates it.
        local_authority: Where the person goes; upper tier once checked.
        service: The community drug service; None takes the one of the authority.
        treatment_group: None unless treatment is needed and the group is known.
        as_given: Leave the date alone, whatever the day-of-release rule says.
        started_at: When work began elsewhere, for a journey brought in half way.
    """

    prison_number: str
    crn: str | None
    forename: str
    surname: str
    born_on: date
    sex: Sex
    ethnicity: EthnicityGroup
    prison: str
    scheduled_on: date
    release_type: ReleaseType
    reception_on: date
    local_authority: str
    probation_unit: str
    treatment_need: TreatmentNeed
    treatment_group: SubstanceGroup | None
    mobile: str | None
    service: str | None = None
    as_given: bool = False
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """What starting led to; `created` is false when the release existed, which changes nothing."""

    release_id: str
    reference: str
    created: bool


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a submission led to: the number of the last event; `duplicate` marks a repeat."""

    seq: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who a release is about."""

    prison_number: str
    crn: str | None
    forename: str
    surname: str
    born_on: date
    sex: Sex | None
    ethnicity: EthnicityGroup | None
    mobile: str | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as the read model holds it; `due_at` and its source while the step is open."""

    step: Step
    status: StepStatus
    due_at: datetime | None
    severity: Severity | None
    source: str | None
    compressed: bool
    lapsed_at: datetime | None
    lapses: int


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """One release with everything beside its state.

    Attributes:
        person: None while the release is known to the engine but not registered.
        covered_until: The last day of unbroken prescription cover, None without a prescription.
    """

    reference: str
    person: Person | None
    state: Release
    steps: tuple[StepRow, ...]
    covered_until: date | None


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of a list of releases; it holds nothing clinical.

    Attributes:
        restricted: Closed to whoever asked; names and prison number are withheld already, and a
            view shows nothing by which the person could be told or the record opened.
    """

    release_id: str
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
    next_due_at: datetime | None
    next_due_severity: Severity | None
    worst_lapsed_severity: Severity | None
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One ladder with the short reference of its release, and whom it is about for the pages.

    Attributes:
        restricted: As of a `ReleaseRow`.
    """

    escalation_id: str
    release_id: str
    reference: str
    number: int
    step: Step
    severity: Severity
    status: LadderStatus
    level: int
    opened_at: datetime
    next_at: datetime
    acknowledged_by: str | None
    prison_number: str | None = None
    forename: str | None = None
    surname: str | None = None
    is_released: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One page of releases, and how many there are in all."""

    rows: tuple[ReleaseRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class EscalationPage:
    """One page of escalations, and how many there are in all."""

    rows: tuple[EscalationRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event, and the instant at which it was stored."""

    event: Event
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """Free text, with who wrote it.

    Attributes:
        name: Of an account; None for what has none.
        role: Of an account or a token; None when neither is known any more.
        at: When it was stored.
    """

    text: str
    name: str | None
    role: Role | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """Whether one part that the service relies on works.

    Attributes:
        is_needed: Whether the service cannot do its work without it. A broken audit chain must
            be seen, and must not stop anybody from being chased.
    """

    name: str
    is_ready: bool
    is_needed: bool = True
