"""The policy document: every figure behind due times, severities and escalation, with its source.

A policy is data. It is pinned when a release starts and changed for a release only by a command
that records why. What changes here is the *shape* of the document, never a figure (ADR 0002).
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from domain.cover import CoverLimits
from domain.journey import DEFINITIONS, Step
from domain.london_time import CLOCK_CHANGE_HOUR
from domain.release_day import ReleaseDayRule


class Document(BaseModel):
    """A part of the document: frozen. Only the loader refuses unknown keys."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


def _wall_time(at: time) -> time:
    if at.tzinfo is not None:
        msg = 'give the London wall time alone, such as "17:00", without a zone'
        raise ValueError(msg)
    if at.hour == CLOCK_CHANGE_HOUR:
        msg = "01:00 to 01:59 happens twice or never when the clocks change; choose another time"
        raise ValueError(msg)
    return at


WallTime = Annotated[time, AfterValidator(_wall_time)]
"""A London wall time that happens exactly once on every day of the year."""


class Certainty(StrEnum):
    """How sure the source is; `DEFAULT` means ours, for a service owner to decide."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    MEMORY = "memory"
    DEFAULT = "default"


class Citation(Document):
    """Where a figure comes from, shown beside it on request."""

    source: Annotated[str, Field(min_length=2, max_length=200)]
    certainty: Certainty
    note: Annotated[str, Field(max_length=400)] = ""


class Severity(StrEnum):
    """S1 a life, S2 today, S3 the next working day, S4 a report."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class Anchor(StrEnum):
    """The fact from which a due time counts."""

    RECEPTION = "reception"
    START = "start"
    SCREENED = "screened"
    EXPECTED_RELEASE = "expected_release"
    REFERRAL_SENT = "referral_sent"
    HANDOVER_SENT = "handover_sent"
    APPOINTMENT = "appointment"
    MISSED_APPOINTMENT = "missed_appointment"
    RELEASE = "release"
    TREATMENT_START = "treatment_start"
    INCIDENT = "incident"


class Clock(StrEnum):
    """What is counted; working days leave out weekends and bank holidays of England and Wales."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


class DueRule(Document):
    """A due time: `count` of `clock` from `anchor` (negative before it), at a London wall time.

    `at` is ignored for hours. `end_of_day` is the last instant of that London day.
    """

    anchor: Anchor
    clock: Clock
    count: Annotated[int, Field(ge=-400, le=400)]
    at: WallTime | Literal["end_of_day"] = "end_of_day"
    cite: Citation


class Condition(StrEnum):
    """A state of the release that raises a step's severity."""

    OPIATE_GROUP = "opiate_group"
    OPIATE_TREATMENT = "opiate_treatment"
    NO_ADDRESS_WITH_OPIATE_TREATMENT = "no_address_with_opiate_treatment"
    FIRST_FOURTEEN_DAYS = "first_fourteen_days"
    SHORT_NOTICE = "short_notice"


class Raise(Document):
    """Use severity `to` while `when` holds; the first that holds wins."""

    when: Condition
    to: Severity
    cite: Citation


class StepPolicy(Document):
    """When a step is due and how bad it is when it lapses.

    Attributes:
        due: The step's own due time.
        late_start: Instead of `due`, when work started only after `due` would have passed.
        answer: Once something was sent: when the other side must have answered.
        after_miss: After a missed appointment.
        without_appointment: When there is no appointment to count from.
        warnings: Reminders to the owner before the lapse.
    """

    due: DueRule
    late_start: DueRule | None = None
    answer: DueRule | None = None
    after_miss: DueRule | None = None
    without_appointment: DueRule | None = None
    warnings: tuple[DueRule, ...] = ()
    severity: Severity
    severity_cite: Citation
    raised: tuple[Raise, ...] = ()


class Target(StrEnum):
    """Who a level of the ladder turns to; people and rotas are resolved when it is delivered."""

    NAMED_WORKER = "named_worker"
    DUTY_ROTA = "duty_rota"
    DEPUTY = "deputy"
    TEAM_MANAGER = "team_manager"
    ON_CALL_MANAGER = "on_call_manager"
    HEAD_OF_SERVICE = "head_of_service"
    SERVICE_OWNER = "service_owner"


class Channel(StrEnum):
    """How a page travels; a worklist entry is always made as well."""

    WORKLIST = "worklist"
    EMAIL = "email"
    SMS = "sms"
    VOICE = "voice"


class Unit(StrEnum):
    """Minutes run always; the others only while offices are open."""

    MINUTES = "minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


class Wait(Document):
    """A length of time on one of the three clocks."""

    count: Annotated[int, Field(ge=1, le=20_160)]
    unit: Unit


class Level(Document):
    """One rung: who is paged, how, and how long they have before the next rung."""

    target: Target
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    wait: Wait


class Again(Document):
    """When the top is paged again: every day, or every Monday, at one London wall time.

    One time for all, so that a person finds everything that waits for them at once.
    """

    every: Literal["day", "week"]
    at: WallTime


class Chain(Document):
    """The ladder of one severity.

    Attributes:
        levels: Rungs from first to last.
        rounds: How often the whole chain is climbed before it counts as exhausted.
        lease: How long an acknowledgement holds before the ladder resumes.
        again: Once exhausted, when the top is paged again, for ever.
    """

    levels: Annotated[tuple[Level, ...], Field(min_length=1, max_length=8)]
    rounds: Annotated[int, Field(ge=1, le=5)] = 1
    lease: Wait
    again: Again
    cite: Citation


class Hours(Document):
    """Office hours in London wall time, for everything on a working clock."""

    opens: WallTime
    closes: WallTime
    cite: Citation

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            msg = "opens must be earlier than closes"
            raise ValueError(msg)
        return self


class ShortNotice(Document):
    """What happens to due times that had passed before the work could begin.

    Attributes:
        under_days: Fewer days than this to the release make it a short-notice release.
        at_least_minutes: The least time anybody gets.
        working_days: The most time they get, ending at `by` on that day, or at `by` on the day
            of release when that is sooner.
    """

    under_days: Annotated[int, Field(ge=1, le=84)]
    at_least_minutes: Annotated[int, Field(ge=15, le=1_440)]
    working_days: Annotated[int, Field(ge=1, le=5)]
    by: WallTime
    cite: Citation


class Engagement(Document):
    """The figures behind the two outcomes; both limits of the window are included."""

    window_from_day: Annotated[int, Field(ge=0, le=21)]
    window_to_day: Annotated[int, Field(ge=1, le=84)]
    window_cite: Citation
    retention_days: Annotated[int, Field(ge=28, le=365)]
    retention_cite: Citation
    death_notifiable_within_days: Annotated[int, Field(ge=1, le=90)]
    death_cite: Citation
    exploitation_flags: Annotated[int, Field(ge=1, le=10)]
    exploitation_cite: Citation

    @model_validator(mode="after")
    def _window_is_a_window(self) -> Self:
        if self.window_from_day > self.window_to_day:
            msg = "window_from_day must not be after window_to_day"
            raise ValueError(msg)
        return self


class CoverPolicy(Document):
    """The limits of the prescription check, each with its citation."""

    limits: CoverLimits
    cites: dict[str, Citation]

    @model_validator(mode="after")
    def _every_limit_is_cited(self) -> Self:
        missing = set(CoverLimits.model_fields) - set(self.cites)
        if missing:
            msg = f"no citation for {', '.join(sorted(missing))}"
            raise ValueError(msg)
        return self


class DayOfRelease(Document):
    """The day-of-release rule with its citation."""

    rule: ReleaseDayRule
    cite: Citation


class Policy(Document):
    """The whole document.

    Raises:
        ValueError: On load, when a step or a severity is missing, or a figure is impossible.
    """

    version: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,39}$")]
    title: str
    effective_on: date
    steps: dict[Step, StepPolicy]
    short_notice: ShortNotice
    hours: Hours
    chains: dict[Severity, Chain]
    engagement: Engagement
    cover: CoverPolicy
    day_of_release: DayOfRelease

    @model_validator(mode="after")
    def _nothing_is_missing(self) -> Self:
        steps = [each for each in DEFINITIONS if each not in self.steps]
        severities = [each for each in Severity if each not in self.chains]
        if steps or severities:
            msg = f"missing: {', '.join([*steps, *severities])}"
            raise ValueError(msg)
        return self
