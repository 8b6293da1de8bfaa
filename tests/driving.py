"""Drive releases on a real server: begin them, submit to them, move their clocks."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from activities.projection import Projector
from domain.commands import Command, Submission
from domain.events import Event
from domain.state import Release
from infra.engine.failures import translated
from infra.temporal.workers import SANDBOX, release_worker
from tests.builders import WORKER, a_new_release, a_submission, the_rules
from tests.fakes import MemoryReadModel, RememberingDispatcher
from workflows.messages import Begin, Input, Outcome, Status
from workflows.names import workflow_id
from workflows.release import ReleaseWorkflow

A_LITTLE = timedelta(minutes=1)
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

    async def begin(self, *, task_within: timedelta | None = None, **changes: object) -> Running:
        """Start a release that leaves in twelve weeks, on the day given.

        Args:
            task_within: How soon a task of a dead worker is given to another one.
            changes: What is different from that release.
        """
        today = datetime.now(UTC).date()
        facts: dict[str, object] = {
            "release_id": f"rel-{uuid.uuid4().hex[:12]}",
            "scheduled_on": today + timedelta(days=84),
            "reception_on": today,
            "as_given": True,
        }
        new = a_new_release(**{**facts, **changes})
        begin = Begin(new=new, actor=WORKER)
        handle = await self.client.start_workflow(
            ReleaseWorkflow.run,
            Input(begin=begin, rules=the_rules()),
            id=workflow_id(new.release_id),
            task_queue=self.queue,
            task_timeout=task_within,
        )
        await handle.execute_update(ReleaseWorkflow.begin, id="begin")
        return Running(self, handle, new.release_id, new.scheduled_on)


@dataclass
class Running:
    """One running release."""

    bench: Bench
    handle: Handle
    release_id: str
    leaves_on: date

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
                ReleaseWorkflow.submit, submission, id=f"{submission.key}/{submission.digest}"
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

    async def history_length(self) -> int:
        """Return how many events Temporal keeps of this release."""
        return len((await self.handle.fetch_history()).events)
