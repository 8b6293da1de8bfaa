"""How many requests the web puts to the engine at once; the others wait for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from api.ports import EngineUnavailableError

AT_ONCE: Final = 16
"""More at one worker only make all of them wait (measured: a p99 of seconds with fifty)."""

WAITS_WITHIN: Final = timedelta(seconds=5)


class Turns:
    """A limited number of turns, taken in the order of asking."""

    def __init__(self, at_once: int = AT_ONCE, within: timedelta = WAITS_WITHIN) -> None:
        """Let `at_once` in, and send away whoever would wait longer than `within`."""
        self._free = asyncio.Semaphore(at_once)
        self._within = within.total_seconds()

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a turn for the length of a block.

        Raises:
            EngineUnavailableError: None came free in time; nothing was asked of the engine.
        """
        try:
            async with asyncio.timeout(self._within):
                await self._free.acquire()
        except TimeoutError:
            raise EngineUnavailableError from None
        try:
            yield
        finally:
            self._free.release()
