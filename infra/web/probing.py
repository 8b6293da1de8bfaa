"""Asking one part of the service whether it works, without ever troubling it by asking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

from api.records import Part

ANSWERS_WITHIN: Final = timedelta(seconds=3)
FRESH_FOR: Final = timedelta(seconds=1)

log = structlog.get_logger()


class Probe:
    """One part and how to ask it; anybody may ask for readiness, as often as they like.

    An answer is kept for a moment, and a part that hangs is asked once, not once more for everybody
    who waits.
    """

    def __init__(
        self,
        name: str,
        ask: Callable[[], Awaitable[bool]],
        *,
        fresh_for: timedelta = FRESH_FOR,
        within: timedelta = ANSWERS_WITHIN,
        is_needed: bool = True,
    ) -> None:
        """Ask once at a time and once in `fresh_for`; nobody waits longer than `within`."""
        self._is_needed = is_needed
        self._name = name
        self._ask = ask
        self._fresh_for = fresh_for.total_seconds()
        self._within = within.total_seconds()
        self._asking: asyncio.Task[bool] | None = None
        self._asked_at = 0.0

    async def part(self) -> Part:
        """Return whether the part works; one that does not answer in time does not."""
        asking = self._current()
        await asyncio.wait({asking}, timeout=self._within)
        works = asking.done() and self._answer_of(asking)
        return Part(self._name, is_ready=works, is_needed=self._is_needed)

    def _current(self) -> asyncio.Task[bool]:
        now = asyncio.get_running_loop().time()
        asking = self._asking
        if asking is None or (asking.done() and now - self._asked_at >= self._fresh_for):
            asking = self._asking = asyncio.create_task(self._answer())
            self._asked_at = now
        return asking

    async def _answer(self) -> bool:
        return await self._ask()

    def _answer_of(self, asked: asyncio.Task[bool]) -> bool:
        if asked.cancelled():
            return False
        error = asked.exception()
        if error is not None:
            # Readiness never fails for a fault of its own: the part counts as broken, and why is
            # in the log.
            log.error("part_not_asked", error=type(error).__name__)
            return False
        return asked.result()
