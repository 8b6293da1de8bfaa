"""The whole document, and the figures that belong to no single step."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.cover import CoverLimits
from domain.journey import DEFINITIONS, Step
from domain.policy.chains import Chain, Hours
from domain.policy.citing import Citation, Document, WallTime
from domain.policy.delivery import BEFORE_ANY_WAS_WRITTEN, Delivery
from domain.policy.due_rules import StepPolicy
from domain.policy.severities import Severity
from domain.release_day import ReleaseDayRule


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

    Attributes:
        decided_by: The board or the role that decided on this version, never a person's name: the
            document travels with releases.

    Raises:
        ValueError: On load, when a step or a severity is missing, or a figure is impossible.
    """

    version: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,39}$")]
    title: str
    effective_on: date
    decided_by: Annotated[str, Field(max_length=120)] | None = None
    steps: dict[Step, StepPolicy]
    short_notice: ShortNotice
    hours: Hours
    chains: dict[Severity, Chain]
    engagement: Engagement
    cover: CoverPolicy
    day_of_release: DayOfRelease
    delivery: Delivery = BEFORE_ANY_WAS_WRITTEN

    @model_validator(mode="after")
    def _nothing_is_missing(self) -> Self:
        steps = [each for each in DEFINITIONS if each not in self.steps]
        severities = [each for each in Severity if each not in self.chains]
        if steps or severities:
            msg = f"missing: {', '.join([*steps, *severities])}"
            raise ValueError(msg)
        return self
