"""One supervised process: started, watched, restarted, stopped.

How a single process is kept alive is the reason to change this file; which processes there are is
decided in `infra/up.py`, their order in `infra/supervisor.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from domain.errors import ThroughcareError
from infra import leash

Say = Callable[[str], None]

_LOOK_EVERY = timedelta(milliseconds=100)


class ChildFailedError(ThroughcareError):
    """A process could not be brought up; the message names it and says where to look."""


@dataclass(frozen=True)
class Child:
    """What to run and how to tell that it works.

    Attributes:
        name: For messages and logs.
        command: Program and arguments; no shell is involved.
        is_ready: Asked again and again after each start; none means ready once started.
        prepare: Awaited once, after the first readiness and before the next child is started.
        environment: None hands on our own.
        log_path: Where its output is appended; none shares ours.
        hands_down: Descriptors of ours that it gets under the same numbers.
        grace: How long it may take to stop before it is killed.
    """

    name: str
    command: Sequence[str]
    is_ready: Callable[[], Awaitable[bool]] | None = None
    prepare: Callable[[], Awaitable[None]] | None = None
    environment: Mapping[str, str] | None = None
    log_path: Path | None = None
    hands_down: Sequence[int] = ()
    grace: timedelta = timedelta(seconds=20)


@dataclass(frozen=True)
class BackOff:
    """How eagerly a process is restarted.

    Attributes:
        first: The wait before the first restart; it doubles with each further one.
        longest: No wait is longer.
        healthy_after: A process that ran so long starts again from the first wait.
        attempts: Starts that may fail in a row before the service was ready for the first time.
    """

    first: timedelta = timedelta(milliseconds=500)
    longest: timedelta = timedelta(seconds=15)
    healthy_after: timedelta = timedelta(seconds=30)
    attempts: int = 3

    def wait(self, failures: int) -> timedelta:
        """Return the wait before the restart after `failures` short lives in a row, from one."""
        doublings = min(failures - 1, 16)
        return min(self.first * (1 << doublings), self.longest)


class Keeper:
    """Keeps one child running until it is told to stop."""

    def __init__(self, child: Child, back_off: BackOff, say: Say) -> None:
        self.child = child
        self.is_up = asyncio.Event()
        self.is_settled = False
        """Set once the whole service was ready: from then on restarting never gives up."""
        self._back_off = back_off
        self._say = say
        self._stopping = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """Start the child and start it again whenever it dies, until `stop`.

        Raises:
            ChildFailedError: It died again and again before the service was ever ready.
        """
        loop = asyncio.get_running_loop()
        failures = 0
        while not self._stopping.is_set():
            started = loop.time()
            exit_code = await self._live_once()
            if self._stopping.is_set():
                return
            was_healthy = loop.time() - started >= self._back_off.healthy_after.total_seconds()
            failures = 1 if was_healthy else failures + 1
            if failures >= self._back_off.attempts and not self.is_settled:
                raise ChildFailedError(self._gave_up(exit_code))
            wait = self._back_off.wait(failures).total_seconds()
            self._say(f"{self.child.name} stopped ({_ending(exit_code)}); again in {wait:g} s.")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    async def stop(self) -> None:
        """End the child: politely, then after its grace by force. Safe to repeat."""
        self._stopping.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self.child.grace.total_seconds())
        except TimeoutError:
            self._say(f"{self.child.name} did not stop in time and is killed.")
            self.kill()
            await process.wait()

    def kill(self) -> None:
        """End the child and whatever it started, at once."""
        self._stopping.set()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                # It leads a process group of its own, so nothing it started is left.
                os.killpg(self._process.pid, signal.SIGKILL)

    async def _live_once(self) -> int:
        """Start the child, announce its readiness, and return its exit code when it ends."""
        self._process = process = await self._started()
        if self._stopping.is_set():  # told to stop while it was being started
            self.kill()
        announcing = asyncio.create_task(self._announce())
        try:
            return await process.wait()
        finally:
            announcing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await announcing

    async def _started(self) -> asyncio.subprocess.Process:
        child = self.child
        # Opened for each start and closed here at once: the child holds its own copy.
        with contextlib.ExitStack() as files:
            output = files.enter_context(child.log_path.open("ab")) if child.log_path else None
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", leash.__file__, str(os.getpid())),
                *child.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                env=child.environment,
                pass_fds=child.hands_down,
                start_new_session=True,  # Ctrl-C is for the supervisor, which keeps the order
            )

    async def _announce(self) -> None:
        is_ready = self.child.is_ready
        while is_ready is not None and not await is_ready():  # noqa: ASYNC110 - another process's
            await asyncio.sleep(_LOOK_EVERY.total_seconds())
        self._say(f"{self.child.name} {'is back' if self.is_up.is_set() else 'is up'}.")
        self.is_up.set()

    def _gave_up(self, exit_code: int) -> str:
        where = f"Look into {self.child.log_path}" if self.child.log_path else "See above"
        return (
            f"The {self.child.name} process does not start ({_ending(exit_code)}, "
            f"{self._back_off.attempts} attempts). {where} for the reason."
        )


def _ending(exit_code: int) -> str:
    if exit_code < 0:
        return f"killed by {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"
