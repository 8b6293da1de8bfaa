"""Worker processes that can be killed, over a read model on disk that outlives them."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from tests.builders import the_rules
from tests.driving import Bench
from tests.faults.dying_worker import AUDIT_KEY
from tests.faults.nursery import dying_worker
from tests.faults.stored import Stored


@dataclass
class Mortal:
    """A queue whose workers are processes, and what they left in the database."""

    bench: Bench
    file: Path
    record: Stored
    workers: list[ForkServerProcess] = field(default_factory=list)

    def start_worker(self) -> ForkServerProcess:
        """Start a worker process."""
        address = self.bench.client.service_client.config.target_host
        self.workers.append(dying_worker(address, self.bench.queue, str(self.file)))
        return self.workers[-1]

    def ask_to_die(self, name: str) -> None:
        """Ask for one death at the point named."""
        (self.file.parent / name).touch()

    async def died(self, worker: ForkServerProcess) -> None:
        """Wait until the worker is dead, and see that it was killed."""
        await asyncio.to_thread(worker.join, 60)
        assert worker.exitcode == -signal.SIGKILL


@pytest.fixture
def mortal(
    environment: WorkflowEnvironment, tmp_path: Path, migrated_sqlite_file: Path
) -> Iterator[Mortal]:
    """A queue without a worker yet, over a migrated SQLite file."""
    file = tmp_path / "throughcare.db"
    file.write_bytes(migrated_sqlite_file.read_bytes())
    database = Database(f"sqlite:///{file}")
    SqlReadModel(database, AUDIT_KEY).store_policy(the_rules().policy)
    mortal = Mortal(Bench(environment), file, Stored(database))
    yield mortal
    for each in mortal.workers:
        each.kill()
        each.join()
    database.close()
