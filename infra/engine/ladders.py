"""What the delivery side asks of escalations, carried to the release's workflow from any thread."""

from __future__ import annotations

import asyncio
from typing import Final

from api.ports import ReleaseUnknownError
from domain.commands import (
    THE_SERVICE,
    AcknowledgeEscalation,
    Actor,
    Command,
    EscalateUnreached,
    PassOnEscalation,
    Submission,
    Unreached,
)
from domain.errors import Refused
from domain.journey import Step
from infra.engine.gateway import Engine

WITHIN: Final = 15.0
"""Seconds; longer than the engine takes to say that it does not know."""


class EngineLadders:
    """Implements `activities.delivery_ports.Ladders` over the engine's gateway."""

    def __init__(self, engine: Engine, loop: asyncio.AbstractEventLoop) -> None:
        """Ask `engine`, which lives in `loop`, from the threads that activities run in."""
        self._engine = engine
        self._loop = loop

    def unreached(
        self, release_id: str, step: Step, number: int, level: int, reason: Unreached
    ) -> bool:
        """Leave a rung that reaches nobody; see the port."""
        command = EscalateUnreached(step=step, number=number, level=level, reason=reason)
        return self._ask(release_id, f"unreached-{number}-{level}", THE_SERVICE, command)

    def take(self, release_id: str, step: Step, actor: Actor, key: str) -> bool:
        """Take the work for somebody who answered; see the port."""
        return self._ask(release_id, key, actor, AcknowledgeEscalation(step=step))

    def pass_on(self, release_id: str, step: Step, actor: Actor, key: str) -> bool:
        """Turn to the next rung for somebody who cannot act; see the port."""
        return self._ask(release_id, key, actor, PassOnEscalation(step=step))

    def _ask(self, release_id: str, key: str, actor: Actor, command: Command) -> bool:
        submission = Submission(key=key, actor=actor, commands=(command,))
        asked = asyncio.run_coroutine_threadsafe(
            self._engine.submit(release_id, submission), self._loop
        )
        try:
            asked.result(WITHIN)
        except (Refused, ReleaseUnknownError):
            return False
        return True
