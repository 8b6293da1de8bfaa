"""A real Temporal server with a clock that can be moved, and a worker of releases on it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from activities.projection import Projector
from domain.commands import Command, Submission
from domain.state import Release
from infra.engine.failures import translated
from infra.settings import Settings
from infra.temporal.binary import find_binary
from infra.temporal.encryption import data_converter
from infra.temporal.workers import release_worker
from tests.builders import WORKER, a_new_release, a_submission, the_rules
from tests.fakes import MemoryReadModel, RememberingDispatcher
from workflows.messages import Begin, Input, Outcome
from workflows.names import STAGE, workflow_id
from workflows.release import ReleaseWorkflow

# The last two make a skip cost 20 ms instead of a second; they are for test servers only.
DYNAMIC_CONFIG = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.timerProcessorMaxTimeShift="10ms"',
    "history.timerProcessorMaxPollRPS=2000",
)
A_LITTLE = timedelta(minutes=1)


@pytest.fixture(scope="session")
async def environment() -> AsyncIterator[WorkflowEnvironment]:
    """A server whose clock stands still until `fast_forward`."""
    arguments = [each for value in DYNAMIC_CONFIG for each in ("--dynamic-config-value", value)]
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=100_000),
        dev_server_existing_path=str(find_binary(Settings()).path),
        dev_server_extra_args=[*arguments, "--search-attribute", f"{STAGE.name}=Keyword"],
        data_converter=data_converter(None),
    ) as started:
        yield started


@dataclass
class Bench:
    """A worker on a queue of its own, with a read model to look into."""

    environment: WorkflowEnvironment
    client: Client
    queue: str
    read_model: MemoryReadModel
    dispatcher: RememberingDispatcher

    async def begin(self, **changes: Any) -> Running:
        """Start a release that leaves in twelve weeks, on the day given."""
        today = datetime.now(UTC).date()
        facts = {
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
        )
        await handle.execute_update(ReleaseWorkflow.begin, begin, id="begin")
        return Running(self, handle, new.release_id, new.scheduled_on)


@dataclass
class Running:
    """One running release."""

    bench: Bench
    handle: WorkflowHandle[ReleaseWorkflow, Outcome]
    release_id: str
    leaves_on: date

    @property
    def shown(self) -> Release:
        """The release as the read model shows it."""
        return self.bench.read_model.releases[self.release_id]

    def kinds(self) -> list[str]:
        """Return the kinds of all events in the read model, in order."""
        return [each.kind.value for each in self.bench.read_model.events[self.release_id]]

    async def now(self) -> datetime:
        """Return the release's virtual now."""
        return await self.bench.environment.get_current_time(self.handle)

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

    async def history_length(self) -> int:
        """Return how many events Temporal keeps of this release."""
        return len((await self.handle.fetch_history()).events)


@pytest.fixture
async def bench(environment: WorkflowEnvironment) -> AsyncIterator[Bench]:
    """A worker of releases with a read model in memory."""
    read_model, dispatcher = MemoryReadModel(), RememberingDispatcher()
    queue = f"releases-{uuid.uuid4().hex[:8]}"
    projector = Projector(read_model, dispatcher)
    async with release_worker(environment.client, projector, queue=queue):
        yield Bench(environment, environment.client, queue, read_model, dispatcher)
