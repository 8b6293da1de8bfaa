"""What travels between a release's workflow and its activities: codes, dates and ids only.

These are wire types kept in histories for years: fields are only added, with a default.
"""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.events import Event
from domain.journey import Step
from domain.policy import Severity
from domain.state import Release


class StepDue(BaseModel):
    """The due time of one open step, as the read model shows it.

    Attributes:
        anchor: The fact it counts from, a `domain.policy.Anchor` value.
        source: The citation of the figure.
    """

    model_config = ConfigDict(frozen=True)

    step: Step
    at: AwareDatetime
    severity: Severity
    anchor: str
    source: str
    compressed: bool = False


class Projection(BaseModel):
    """One write of the read model, in one transaction.

    Attributes:
        release: The state after `events`; it replaces an older one and never a newer one.
        events: What is new since the last projection, in order; each is written once.
        next_wakeup_at: When the workflow will act by itself, None once it is closed.
        run: Which continue-as-new run of the workflow wrote this, from 1.
        told_until: Events up to this number were projected before and told whom they concern;
            they come again only to repair the read model.
    """

    model_config = ConfigDict(frozen=True)

    release: Release
    events: tuple[Event, ...]
    due: tuple[StepDue, ...] = ()
    next_wakeup_at: AwareDatetime | None = None
    run: int = 1
    told_until: int = 0
