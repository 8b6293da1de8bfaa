"""A server and a worker of their own for one benchmark run, on disk as in service."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import func, select
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from domain.rules import Rules
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.migrating import upgrade
from infra.database.read_model import SqlReadModel
from infra.database.tables import ReleaseRow
from infra.engine.gateway import Engine
from infra.keys import load_keys
from infra.settings import Settings
from infra.temporal.binary import find_binary
from infra.temporal.client import connect
from infra.temporal.embedded import database_path, server_command, server_environment
from infra.temporal.namespace import is_answering, prepare_namespace
from tests.bench.bare import BARE_QUEUE
from tests.builders import the_rules
from workflows.names import RELEASES_QUEUE

IDLE_FOR = 2.0
"""Seconds at less than a twentieth of a core that count as idle."""


@dataclass(frozen=True)
class Rig:
    """What a benchmark works with."""

    client: Client
    engine: Engine
    settings: Settings
    database: Database
    release_worker: int
    bare_worker: int

    def shown(self) -> int:
        """Return how many releases the read model shows."""
        with self.database.read() as session:
            return session.execute(select(func.count()).select_from(ReleaseRow)).scalar_one()

    async def until_shown(self, count: int) -> None:
        """Wait until the read model shows `count` releases."""
        while self.shown() < count:  # noqa: ASYNC110 - the worker is another process
            await asyncio.sleep(0.2)

    async def until_idle(self, *, bare: bool) -> None:
        """Wait until one of the two workers has nothing left to do."""
        while True:
            before = self._worker_seconds(bare=bare)
            await asyncio.sleep(IDLE_FOR)
            if self._worker_seconds(bare=bare) - before < IDLE_FOR / 20:
                return

    def _worker_seconds(self, *, bare: bool) -> float:
        pid = self.bare_worker if bare else self.release_worker
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def temporal_kib(self) -> float:
        """Return the size of Temporal's database with its log, in KiB."""
        return _kib(database_path(self.settings))

    def sql_kib(self) -> float:
        """Return the size of our database with its log, in KiB."""
        return _kib(self.settings.state_dir / "throughcare.db")

    def worker_kib(self, *, bare: bool) -> float:
        """Return the resident memory of one of the two workers, in KiB."""
        pid = self.bare_worker if bare else self.release_worker
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
        return float(line.split()[1])

    def engine_of(self, rules: Rules) -> Engine:
        """Return the gateway by which releases are pinned to `rules`, which are stored first."""
        keys = load_keys(self.settings)
        read_model = SqlReadModel(self.database, audit_key_from(keys.id_key))
        read_model.store_policy(rules.policy)
        return Engine(self.client, rules, snapshots=lambda _: None)


@contextlib.asynccontextmanager
async def rig(
    kind: str = "releases", settings: Mapping[str, str] = MappingProxyType({})
) -> AsyncIterator[Rig]:
    """Start a server and workers in a folder that is removed afterwards.

    Args:
        kind: Of the worker of releases; see `tests.bench.worker`.
        settings: More of the service's settings, as variables of the environment.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **settings,
            "THROUGHCARE_STATE_DIR": folder,
            "THROUGHCARE_TEMPORAL_PORT": str(free_port()),
        }
        os.environ.update(environment)
        own = Settings()
        keys = load_keys(own)
        upgrade(own.database_url)
        database = Database(own.database_url)
        SqlReadModel(database, audit_key_from(keys.id_key)).store_policy(the_rules().policy)
        with _process(server_command(find_binary(own), own), server_environment()):
            client = await _ready(own)
            command = [sys.executable, "-m", "tests.bench.worker"]
            given = dict(os.environ)
            releases = _process([*command, kind], given)
            with releases as mine, _process([*command, "bare"], given) as theirs:
                await _polled(client, (RELEASES_QUEUE, BARE_QUEUE))
                engine = Engine(client, the_rules(), snapshots=lambda _: None)
                yield Rig(client, engine, own, database, mine.pid, theirs.pid)
        database.close()
        for name in settings:
            del os.environ[name]


async def _ready(settings: Settings) -> Client:
    client = await connect(settings, lazy=True)
    async with asyncio.timeout(30):
        while not await is_answering(client):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.1)
    await prepare_namespace(client, retention=timedelta(days=400))
    return client


async def _polled(client: Client, queues: tuple[str, ...]) -> None:
    """Wait until workers poll every queue, so that their start is in nobody's figure."""
    async with asyncio.timeout(60):
        for queue in queues:
            request = DescribeTaskQueueRequest(
                namespace=client.namespace,
                task_queue=TaskQueue(name=queue),
                task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            )
            service = client.workflow_service
            while not (await service.describe_task_queue(request)).pollers:  # noqa: ASYNC110
                await asyncio.sleep(0.1)


@contextlib.contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    started = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.send_signal(signal.SIGKILL)
        started.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kib(database: Path) -> float:
    parts = (database, database.with_name(f"{database.name}-wal"))
    return sum(each.stat().st_size for each in parts if each.exists()) / 1024
