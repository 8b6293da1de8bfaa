"""Notices set on their way as durable activities of their own, outside any release's history.

Each is started once under the notice's id. A hint that is lost, with the process that held it,
is found by the sweep: the queued row is the promise (ADR 0008).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import structlog
from temporalio.client import Client
from temporalio.common import ActivityIDConflictPolicy, ActivityIDReusePolicy
from temporalio.exceptions import ActivityAlreadyStartedError
from temporalio.service import RPCError

from activities.options import SEND_GIVE_UP_AFTER, SEND_RETRY, SEND_WITHIN
from workflows.names import NOTICES_QUEUE

SWEEP_EVERY: Final = timedelta(seconds=15)
AT_ONCE: Final = 16

log = structlog.get_logger()


class NoticeDispatcher:
    """Starts the sending of notices handed over from any thread."""

    def __init__(self, client: Client, queue: str = NOTICES_QUEUE) -> None:
        """Start activities through `client` on `queue`, once `run` is awaited."""
        self._client = client
        self._queue = queue
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None

    def dispatch(self, notice_ids: Sequence[str]) -> None:
        """Hand notices over; see `activities.ports.Dispatcher`."""
        if self._loop is None:
            return
        for each in notice_ids:
            self._loop.call_soon_threadsafe(self._waiting.put_nowait, each)

    async def run(self, overdue: Callable[[], Sequence[str]]) -> None:
        """Start what is handed over, and sweep for what was lost, until cancelled.

        Args:
            overdue: Returns the ids of notices that have been queued for a while.
        """
        self._loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep(overdue))
            for _ in range(AT_ONCE):
                group.create_task(self._pump())

    async def _sweep(self, overdue: Callable[[], Sequence[str]]) -> None:
        while True:
            for each in await asyncio.to_thread(overdue):
                self._waiting.put_nowait(each)
            await asyncio.sleep(SWEEP_EVERY.total_seconds())

    async def _pump(self) -> None:
        while True:
            await self._start(await self._waiting.get())

    async def _start(self, notice_id: str) -> None:
        try:
            await self._client.start_activity(
                "send_notice",
                notice_id,
                id=f"notice/{notice_id}",
                task_queue=self._queue,
                start_to_close_timeout=SEND_WITHIN,
                schedule_to_close_timeout=SEND_GIVE_UP_AFTER,
                retry_policy=SEND_RETRY,
                id_conflict_policy=ActivityIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=ActivityIDReusePolicy.ALLOW_DUPLICATE,
            )
        except ActivityAlreadyStartedError:
            return
        except RPCError as error:
            log.warning("notice_not_started", status=error.status.name)
