"""Work set on its way as durable activities of its own, outside any release's history.

Each is started once under an id of its own, at its time, the gravest first. A hint that is lost,
with the process that held it, is found by the sweep: the row is the promise (ADR 0008).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final, NamedTuple

import structlog
from temporalio.client import Client
from temporalio.common import ActivityIDConflictPolicy, ActivityIDReusePolicy, Priority
from temporalio.exceptions import ActivityAlreadyStartedError
from temporalio.service import RPCError

from activities.delivery_ports import Due
from activities.options import SEND_GIVE_UP_AFTER, SEND_RETRY, SEND_WITHIN
from activities.ports import Told
from domain.policy import Channel, Severity
from infra.messages.receipts import Applied
from workflows.names import NOTICES_QUEUE, PHONE_QUEUE

AT_ONCE: Final = 16

_PRIORITY: Final = {each: place for place, each in enumerate(Severity, start=1)}
"""Temporal hands out tasks of a lower key first; S1 is 1."""

log = structlog.get_logger()


class Hint(NamedTuple):
    """One activity to start.

    Attributes:
        id: Of the activity; a repeat under the same id starts nothing.
        activity: Its name.
        argument: What it works on.
        queue: Whose workers run it.
        at: Not before this instant; None is now.
    """

    id: str
    activity: str
    argument: str
    queue: str
    severity: Severity
    at: datetime | None = None


class Queues(NamedTuple):
    """Whose workers run what, and under which id: the one place where hints are made."""

    notices: str = NOTICES_QUEUE
    phone: str = PHONE_QUEUE

    def route(self, told: Told) -> Hint:
        """Return the routing of a notice."""
        return Hint(f"notice/{told.id}", "send_notice", told.id, self.notices, told.severity)

    def send(self, due: Due) -> Hint:
        """Return the sending of a message at its time."""
        queue = self.notices if due.channel is Channel.EMAIL else self.phone
        work = f"message/{due.id}@{_stamp(due.due_at)}"
        return Hint(work, "send_message", due.id, queue, due.severity, due.due_at)

    def tell(self, due: Due) -> Hint:
        """Return the telling of a bundle at its time."""
        work = f"bundle/{due.id}@{_stamp(due.due_at)}"
        return Hint(work, "tell_bundle", due.id, self.notices, due.severity, due.due_at)

    def weigh(self, notice_id: str, severity: Severity, at: datetime | None) -> Hint:
        """Return the weighing of evidence; each new piece of it is weighed anew."""
        work = f"weigh/{notice_id}@{_stamp(at or datetime.now(UTC))}"
        return Hint(work, "weigh", notice_id, self.notices, severity, at)

    def answer(self, reply_id: str) -> Hint:
        """Return the answering of a reply; whoever writes is waiting."""
        return Hint(f"reply/{reply_id}", "answer_reply", reply_id, self.notices, Severity.S1)

    def look_ahead(self, at: datetime) -> Hint:
        """Return a look at the closed days after `at`."""
        work = f"look-ahead/{_stamp(at)}"
        return Hint(work, "look_ahead", at.isoformat(), self.notices, Severity.S3, at)

    def following(self, applied: Applied) -> list[Hint]:
        """Return what follows from a provider's report."""
        found = [*map(self.send, applied.again), *map(self.route, applied.told)]
        if applied.weigh is not None:
            found.append(self.weigh(*applied.weigh, None))
        return found


class Dispatcher:
    """Starts what is handed over from any thread; implements both dispatcher ports."""

    def __init__(self, client: Client, queues: Queues | None = None) -> None:
        """Start activities through `client`, once `run` is awaited."""
        self._client = client
        self._queues = queues or Queues()
        self._waiting: asyncio.PriorityQueue[tuple[int, int, Hint]] = asyncio.PriorityQueue()
        self._order = count()
        self._loop: asyncio.AbstractEventLoop | None = None

    def dispatch(self, notices: Sequence[Told]) -> None:
        """Have notices routed; see `activities.ports.Dispatcher`."""
        self._hand_over(map(self._queues.route, notices))

    def send(self, messages: Sequence[Due]) -> None:
        """Have messages sent; see `activities.delivery_ports.DeliveryDispatcher`."""
        self._hand_over(map(self._queues.send, messages))

    def tell(self, bundles: Sequence[Due]) -> None:
        """Have bundles told; see `activities.delivery_ports.DeliveryDispatcher`."""
        self._hand_over(map(self._queues.tell, bundles))

    def weigh(self, notice_id: str, severity: Severity, at: datetime | None) -> None:
        """Have evidence weighed; see `activities.delivery_ports.DeliveryDispatcher`."""
        self._hand_over([self._queues.weigh(notice_id, severity, at)])

    def answer(self, reply_id: str) -> None:
        """Have a reply acted on."""
        self._hand_over([self._queues.answer(reply_id)])

    def look_ahead(self, at: datetime) -> None:
        """Have the days before the next closed ones looked at, at `at`."""
        self._hand_over([self._queues.look_ahead(at)])

    def _hand_over(self, hints: Iterable[Hint]) -> None:
        if self._loop is None:
            return
        for each in hints:
            entry = (_PRIORITY[each.severity], next(self._order), each)
            self._loop.call_soon_threadsafe(self._waiting.put_nowait, entry)

    def follow(self, applied: Applied) -> None:
        """Set on its way what follows from a provider's report."""
        self._hand_over(self._queues.following(applied))

    async def run(self) -> None:
        """Start what is handed over, until cancelled."""
        self._loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._pump())

    async def _pump(self) -> None:
        while True:
            _, _, hint = await self._waiting.get()
            await start(self._client, hint)


async def start(client: Client, hint: Hint) -> None:
    """Start one activity, or find it started; what cannot be started now is left to the sweep."""
    try:
        await client.start_activity(
            hint.activity,
            hint.argument,
            id=hint.id,
            task_queue=hint.queue,
            start_to_close_timeout=SEND_WITHIN,
            schedule_to_close_timeout=SEND_GIVE_UP_AFTER,
            retry_policy=SEND_RETRY,
            start_delay=_delay(hint.at),
            priority=Priority(priority_key=_PRIORITY[hint.severity]),
            id_conflict_policy=ActivityIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=ActivityIDReusePolicy.ALLOW_DUPLICATE,
        )
    except ActivityAlreadyStartedError:
        return
    except RPCError as error:
        log.warning("work_not_started", work=hint.activity, status=error.status.name)
    except RuntimeError as error:
        # A lazy client that cannot connect raises this and nothing more specific.
        if "client connect" not in str(error):
            raise
        log.warning("work_not_started", work=hint.activity, status="NO_SERVER")


async def every(pause: timedelta, sweep: Callable[[], Awaitable[None]]) -> None:
    """Await `sweep` again and again, until cancelled."""
    while True:
        await sweep()
        await asyncio.sleep(pause.total_seconds())


def _delay(at: datetime | None) -> timedelta | None:
    if at is None:
        return None
    left = at - datetime.now(UTC)
    return left if left > timedelta(0) else None


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
