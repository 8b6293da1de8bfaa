"""Server and worker are killed while people work: what was acknowledged is there, once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from domain.commands import Command, FlagExploitation, RecordNearMiss, Submission
from domain.facts import ExploitationSign, NearMissKind
from domain.london_time import london_date
from infra.child import BackOff, Keeper
from infra.composition import Parts, composed
from infra.database import migrating
from infra.engine import EngineUnavailableError, OutcomeUnknownError
from infra.keys import load_keys
from infra.settings import Settings, TemporalSettings
from infra.temporal.embedded import database_path
from infra.up import server_child
from tests.builders import (
    WORKER,
    a_new_release,
    a_screening,
    a_submission,
    all_essentials,
    naloxone_given,
)
from tests.faults.nursery import real_worker
from tests.faults.stored import Stored
from workflows.names import workflow_id
from workflows.release import ReleaseWorkflow

pytestmark = [pytest.mark.server, pytest.mark.timeout(180)]

PEOPLE = 8
EACH_PAUSES = timedelta(milliseconds=150)


@dataclass
class Service:
    """A real server on disk, a real worker process, and what was acknowledged to whom."""

    settings: Settings
    parts: Parts
    worker: ForkServerProcess
    acknowledged: dict[str, dict[str, int]] = field(default_factory=dict)

    async def ask(self, release_id: str, submission: Submission) -> None:
        """Ask until there is a definite answer, and remember it."""
        while True:
            with contextlib.suppress(EngineUnavailableError, OutcomeUnknownError):
                outcome = await self.parts.engine.submit(release_id, submission)
                self.acknowledged.setdefault(release_id, {})[submission.key] = outcome.seq
                return
            await asyncio.sleep(EACH_PAUSES.total_seconds())

    def kill_the_worker(self) -> None:
        """Kill the worker without a word, and start another one."""
        self.worker.kill()
        self.worker.join()
        self.worker = real_worker(self.settings)

    def kill_the_server(self) -> None:
        """Kill the server without a word; its keeper starts it again."""
        path = f"start-dev.*{database_path(self.settings)}"
        found = subprocess.run(["pgrep", "-f", path], capture_output=True, text=True, check=True)  # noqa: S607
        os.kill(int(found.stdout), signal.SIGKILL)


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    settings = Settings(state_dir=tmp_path, temporal=TemporalSettings(port=a_free_port()))
    load_keys(settings)
    migrating.upgrade(settings.database_url)
    child = await server_child(settings, lambda _: None)
    keeper = Keeper(child, BackOff(first=timedelta(milliseconds=50)), lambda _: None)
    keeping = asyncio.create_task(keeper.run())
    await keeper.is_up.wait()
    assert child.prepare is not None
    await child.prepare()
    async with composed(settings) as parts:
        parts.read_model.store_policy(parts.rules.policy)
        service = Service(settings, parts, real_worker(settings))
        yield service
        service.worker.kill()
        service.worker.join()
    await keeper.stop()
    await keeping


def commands(on: date) -> list[Command]:
    return [
        a_screening(on),
        all_essentials(on),
        naloxone_given(on),
        RecordNearMiss(on=on, near_miss=NearMissKind.MISSED_FIRST_NIGHT),
        FlagExploitation(on=on, sign=ExploitationSign.CUCKOOING),
        FlagExploitation(on=on, sign=ExploitationSign.COUNTY_LINES),
    ]


async def live(service: Service, number: int) -> str:
    """Start a release and work on it, one sitting after the other, and once more to be sure."""
    today = london_date(datetime.now(UTC))
    new = a_new_release(
        release_id=f"rel-{number}",
        reception_on=today,
        scheduled_on=today + timedelta(days=90),
        as_given=True,
    )
    while True:
        with contextlib.suppress(EngineUnavailableError, OutcomeUnknownError):
            await service.parts.engine.begin(new, WORKER)
            break
        await asyncio.sleep(EACH_PAUSES.total_seconds())
    for count, command in enumerate(commands(today)):
        submission = a_submission(command, key=f"{number}-{count}")
        await service.ask(new.release_id, submission)
        await service.ask(new.release_id, submission)
        await asyncio.sleep(EACH_PAUSES.total_seconds())
    return new.release_id


async def test_what_was_acknowledged_is_recorded_once_in_both_stores(service: Service) -> None:
    living = [asyncio.create_task(live(service, number)) for number in range(PEOPLE)]
    for kill in (service.kill_the_worker, service.kill_the_server, service.kill_the_worker):
        await asyncio.sleep(0.7)
        kill()
    releases = await asyncio.gather(*living)

    stored = Stored(service.parts.database)
    for release_id in releases:
        handle = service.parts.client.get_workflow_handle_for(
            ReleaseWorkflow.run, workflow_id(release_id)
        )
        journal = (await handle.query(ReleaseWorkflow.journal, 0)).events
        trail = stored.events(release_id)
        recorded = {each.key: each.seq for each in trail if each.key}
        assert trail == list(journal)
        assert [each.seq for each in trail] == list(range(1, len(trail) + 1))
        assert recorded == service.acknowledged[release_id]
        assert len([each for each in trail if each.key]) == len(
            commands(london_date(datetime.now(UTC)))
        )
        assert stored.release(release_id) == (await handle.query(ReleaseWorkflow.status)).release
