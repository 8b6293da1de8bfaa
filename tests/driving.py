"""Drive releases on a real server: begin them, submit to them, move their clocks."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from activities.projection import Projector
from domain.commands import Command, Submission
from domain.deciding import NewRelease
from domain.events import Event
from domain.london_time import london_date
from domain.rules import Rules
from domain.state import Release
from infra.engine import Engine
from infra.engine.failures import translated
from infra.engine.pinning import pinned
from infra.temporal.workers import SANDBOX, release_worker
from tests.builders import (
    WORKER,
    a_new_release,
    a_plan,
    a_screening,
    a_submission,
    the_rules,
)
from tests.fakes import MemoryReadModel, RememberingDispatcher
from workflows.messages import Again, Begin, Input, Outcome, Status
from workflows.names import workflow_id
from workflows.release import ReleaseWorkflow

A_LITTLE = timedelta(minutes=1)
OF_THE_MOVED_CLOCK = (
    "workflow_execution_options_updated",
    "workflow_execution_time_skipping_transitioned",
)
"""Events that only this test server writes."""

Handle = WorkflowHandle[ReleaseWorkflow, Outcome]


def a_queue() -> str:
    """Return the name of a queue that nobody else uses."""
    return f"releases-{uuid.uuid4().hex[:8]}"


@dataclass
class Bench:
    """A queue of releases, and the read model that its worker writes."""

    environment: WorkflowEnvironment
    queue: str = field(default_factory=a_queue)
    read_model: MemoryReadModel = field(default_factory=MemoryReadModel)
    dispatcher: RememberingDispatcher = field(default_factory=RememberingDispatcher)

    @property
    def client(self) -> Client:
        """The client of the server."""
        return self.environment.client

    @asynccontextmanager
    async def working(self, *, cached: int = 1_000) -> AsyncIterator[Bench]:
        """Run a worker; with `cached=0` it forgets every release after every task."""
        projector = Projector(self.read_model, self.dispatcher)
        worker = release_worker(
            self.client, projector, queue=self.queue, cached=cached, runner=SANDBOX
        )
        async with worker:
            yield self

    async def begin(
        self,
        *,
        task_within: timedelta | None = None,
        half_way: bool = False,
        **changes: object,
    ) -> Running:
        """Start a release that leaves in twelve weeks, on the day given.

        Args:
            task_within: How soon a task of a dead worker is given to another one.
            half_way: Work on it began forty days ago, and its plan is made.
            changes: What is different from that release.
        """
        new = a_new_release(**{**self._facts(half_way=half_way), **changes})
        submission = self._told(new) if half_way else None
        begin = Begin(new=new, actor=WORKER, submission=submission)
        handle = await self.client.start_workflow(
            ReleaseWorkflow.run,
            Input(begin=begin, rules=pinned(the_rules(), new)),
            id=workflow_id(new.release_id),
            task_queue=self.queue,
            task_timeout=task_within,
        )
        await handle.execute_update(ReleaseWorkflow.begin, id="begin")
        return Running(self, handle, new)

    def _facts(self, *, half_way: bool) -> dict[str, object]:
        now = datetime.now(UTC)
        began_at = now - timedelta(days=40) if half_way else None
        return {
            "release_id": f"rel-{uuid.uuid4().hex[:12]}",
            "scheduled_on": london_date(now) + timedelta(days=84),
            "reception_on": london_date(began_at or now),
            "as_given": True,
            "started_at": began_at,
        }

    def _told(self, new: NewRelease) -> Submission:
        on = new.reception_on + timedelta(days=1)
        return a_submission(a_screening(on), a_plan(on))


def an_engine(bench: Bench) -> Engine:
    """Return the gateway to the releases of a bench, with its read model for snapshots."""

    def snapshot(release_id: str) -> tuple[Release, Rules] | None:
        release = bench.read_model.releases.get(release_id)
        return (release, the_rules()) if release else None

    return Engine(bench.client, the_rules(), snapshot, queue=bench.queue)


@dataclass
class Running:
    """One running release."""

    bench: Bench
    handle: Handle
    new: NewRelease

    @property
    def release_id(self) -> str:
        """The release's id."""
        return self.new.release_id

    @property
    def leaves_on(self) -> date:
        """The day of release it was started with."""
        return self.new.scheduled_on

    @property
    def facts(self) -> dict[str, object]:
        """What it was started with, for a copy in the pure domain."""
        return self.new.model_dump()

    @property
    def shown(self) -> Release:
        """The release as the read model shows it."""
        return self.bench.read_model.releases[self.release_id]

    @property
    def events(self) -> list[Event]:
        """The events in the read model."""
        return self.bench.read_model.events[self.release_id]

    def kinds(self) -> list[str]:
        """Return the kinds of all events in the read model, in order."""
        return [each.kind.value for each in self.events]

    async def now(self) -> datetime:
        """Return the release's virtual now."""
        return await self.bench.environment.get_current_time(self.handle)

    async def status(self) -> Status:
        """Return what the workflow itself says."""
        return await self.handle.query(ReleaseWorkflow.status)

    async def journal(self) -> tuple[Event, ...]:
        """Return the events that the workflow's newest run recorded."""
        return (await self.handle.query(ReleaseWorkflow.journal, 0)).events

    async def submit(self, *commands: Command, key: str | None = None) -> Outcome:
        """Submit commands at the virtual now."""
        return await self.send(a_submission(*commands, key=key))

    async def send(self, submission: Submission) -> Outcome:
        """Submit as the gateway does, with its translation of failures."""
        async with translated():
            return await self.handle.execute_update(
                ReleaseWorkflow.submit, submission, id=update_id(submission)
            )

    async def wait_until(self, at: datetime) -> None:
        """Move the clock to `at`, letting everything fall due on the way."""
        ahead = at - await self.now()
        if ahead > timedelta(0):
            await self.bench.environment.fast_forward(self.handle, ahead)

    async def live_through(self, sittings: list[tuple[datetime, tuple[Command, ...]]]) -> None:
        """Hold one sitting after another, each at its time."""
        for when, commands in sittings:
            await self.wait_until(when)
            await self.submit(*commands)

    async def roll_over(self) -> None:
        """Have the release continue as new, and wait until it has."""
        newest = self.bench.client.get_workflow_handle(self.handle.id)
        before = (await newest.describe()).run_id
        await self.handle.signal(ReleaseWorkflow.roll_over)
        while (await newest.describe()).run_id == before:
            continue
        await self._has_begun()

    async def _has_begun(self) -> None:
        while await self.count("workflow_task_completed") == 0:
            continue

    async def shows_everything(self) -> None:
        """Wait until the read model shows what has happened so far."""
        await self.handle.execute_update(ReleaseWorkflow.begin)

    async def project_again(self, after_seq: int, earlier: tuple[Event, ...] = ()) -> None:
        """Ask for another projection, and wait until it is written."""
        again = Again(after_seq=after_seq, earlier=earlier)
        await self.handle.signal(ReleaseWorkflow.project_again, again)
        await self.handle.query(ReleaseWorkflow.status)

    async def history(self) -> list[HistoryEvent]:
        """Return what Temporal keeps of the newest run."""
        newest = self.bench.client.get_workflow_handle(self.handle.id)
        return list((await newest.fetch_history()).events)

    async def count(self, *kinds: str) -> int:
        """Return how many events of these kinds the newest run's history has."""
        return sum(kind_of(each) in kinds for each in await self.history())

    async def history_length(self) -> int:
        """Return how many events Temporal keeps of the newest run, but for the moved clock's."""
        return sum(kind_of(each) not in OF_THE_MOVED_CLOCK for each in await self.history())


def update_id(submission: Submission) -> str:
    """Return the update's id as the gateway chooses it."""
    return f"{submission.key}/{submission.digest}"


def kind_of(event: HistoryEvent) -> str:
    """Return a history event's kind, such as `timer_started`."""
    return EventType.Name(event.event_type).removeprefix("EVENT_TYPE_").lower()
