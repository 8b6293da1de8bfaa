"""The story so far while a submission is decided: the state, and the events told on top of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.commands import Actor
from domain.events import Event, EventKind
from domain.evolve import evolve, remember
from domain.journey import Step
from domain.london_time import london_date
from domain.rules import Rules
from domain.state import Release


class Story:
    """Collects events and keeps the state in step with them.

    Attributes:
        state: The state after everything told so far.
        events: What was told, in order.
        actor: Who asks; None for what falls due by itself.
    """

    def __init__(
        self, state: Release, now: datetime, rules: Rules, actor: Actor | None = None
    ) -> None:
        """Begin after `state`, at `now` (aware UTC), for `actor`; None for what falls due."""
        self.state = state
        self.events: list[Event] = []
        self.now = now
        self.rules = rules
        self.actor = actor

    @property
    def today(self) -> date:
        """The London day of `now`."""
        return london_date(self.now)

    def tell(
        self,
        kind: EventKind,
        data: dict[str, Any] | None = None,
        *,
        on: date | None = None,
        step: Step | None = None,
        at: datetime | None = None,
    ) -> None:
        """Add an event and apply it.

        Args:
            kind: What happened.
            data: The fact, as JSON.
            on: The day it was true, when somebody stated it.
            step: The step it concerns.
            at: When it counts as recorded; now unless it fell due by itself earlier.
        """
        event = Event(
            seq=self.state.seq + 1,
            kind=kind,
            at=at or self.now,
            on=on,
            step=step,
            actor=self.actor.id if self.actor else None,
            data=data or {},
        )
        self.events.append(event)
        self.state = evolve(self.state, event)

    def sign(self, key: str, digest: str) -> None:
        """Mark the last event with the idempotency key of the submission that led to it."""
        last = self.events[-1].model_copy(update={"key": key, "digest": digest})
        self.events[-1] = last
        requests = remember(self.state, key, digest, last.seq)
        self.state = self.state.model_copy(update={"requests": requests})
