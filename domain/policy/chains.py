"""Who is paged when a step lapses: the ladder of each severity."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.policy.citing import Citation, Document, WallTime


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
