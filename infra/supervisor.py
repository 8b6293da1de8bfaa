"""Runs several processes as one service: in order up, in reverse order down.

The order and the signals are the reason to change this file. It knows nothing of Temporal or of
the web, so that it can be tested with any commands.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Literal

from infra.child import BackOff, Child, ChildFailedError, Keeper, Say

OnReady = Callable[[], Awaitable[None]]

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def say_on_stderr(message: str) -> None:
    """Write one line for the person at the terminal."""
    sys.stderr.write(f"throughcare: {message}\n")
    sys.stderr.flush()


async def supervise(
    children: Sequence[Child],
    *,
    on_ready: OnReady | None = None,
    say: Say = say_on_stderr,
    back_off: BackOff | None = None,
    starts_within: timedelta = timedelta(seconds=60),
) -> int:
    """Run the children until SIGTERM, SIGINT or SIGHUP, and return the exit code for the shell.

    Each child is started when the one before it is ready. One that dies is restarted; the others
    go on. They are stopped in reverse order; a second signal kills at once.

    Args:
        children: In the order of their start.
        on_ready: Awaited once, when all are ready; an error in it ends the service.
        say: Receives one sentence for each change.
        back_off: How eagerly to restart.
        starts_within: How long one child may take to become ready for the first time.

    Raises:
        ChildFailedError: A child could not be brought up; the others were stopped again.
    """
    keepers = [Keeper(child, back_off or BackOff(), say) for child in children]
    async with _stop_requests(keepers, say) as stop_requested:
        serving = asyncio.create_task(_serve(keepers, on_ready, starts_within))
        stopping = asyncio.create_task(stop_requested.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()
        finally:
            # Children first: a keeper that is cancelled no longer knows how its process ended.
            for keeper in reversed(keepers):
                await keeper.stop()
            await _cancelled(serving, stopping)
        say("stopped.")
    return 0


async def _serve(
    keepers: Sequence[Keeper], on_ready: OnReady | None, starts_within: timedelta
) -> None:
    """Bring the children up one after another, then keep them; ends only by an error."""
    tasks: list[asyncio.Task[None]] = []
    try:
        for keeper in keepers:
            tasks.append(asyncio.create_task(keeper.run()))
            await _until_up(keeper, tasks, starts_within)
            if keeper.child.prepare is not None:
                await keeper.child.prepare()
        for keeper in keepers:
            keeper.is_settled = True
        if on_ready is not None:
            await on_ready()
        await asyncio.gather(*tasks)
    finally:
        await _cancelled(*tasks)


async def _until_up(
    keeper: Keeper, running: Sequence[asyncio.Task[None]], within: timedelta
) -> None:
    """Return when the child is ready; raise when any child has failed for good, or time is up."""
    up = asyncio.create_task(keeper.is_up.wait())
    try:
        done, _ = await asyncio.wait(
            {up, *running}, timeout=within.total_seconds(), return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        up.cancel()
    for task in done - {up}:
        task.result()
    if not done:
        raise ChildFailedError(
            f"The {keeper.child.name} process was not ready within {within.total_seconds():g} s. "
            "See above for the reason."
        )


@contextlib.asynccontextmanager
async def _stop_requests(keepers: Sequence[Keeper], say: Say) -> AsyncIterator[asyncio.Event]:
    """Turn signals into an event: the first asks for a clean stop, the second kills."""
    loop = asyncio.get_running_loop()
    requested = asyncio.Event()

    def request() -> None:
        if not requested.is_set():
            say("stopping; once more to kill.")
            requested.set()
            return
        for keeper in keepers:
            keeper.kill()

    for number in _SIGNALS:
        loop.add_signal_handler(number, request)
    try:
        yield requested
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


async def _cancelled(*tasks: asyncio.Task[None] | asyncio.Task[Literal[True]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
