"""Worker processes that can be killed, over a read model on disk that outlives them."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from domain.events import Event, EventKind
from domain.journey import Step
from domain.state import Release
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.database.tables import EventRow, NotificationRow, ReleaseRow
from tests.builders import the_rules
from tests.driving import Bench
from tests.faults.dying_worker import AUDIT_KEY, work

# Forked from a process that has imported everything, so that a worker is there at once.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.faults.dying_worker"])


@dataclass
class Mortal:
    """A queue whose workers are processes, and what they left in the database."""

    bench: Bench
    file: Path
    database: Database
    workers: list[ForkServerProcess] = field(default_factory=list)

    def start_worker(self) -> ForkServerProcess:
        """Start a worker process."""
        address = self.bench.client.service_client.config.target_host
        process = NURSERY.Process(target=work, args=(address, self.bench.queue, str(self.file)))
        process.start()
        self.workers.append(process)
        return process

    def ask_to_die(self, name: str) -> None:
        """Ask for one death at the point named."""
        (self.file.parent / name).touch()

    async def died(self, worker: ForkServerProcess) -> None:
        """Wait until the worker is dead, and see that it was killed."""
        await asyncio.to_thread(worker.join, 60)
        assert worker.exitcode == -signal.SIGKILL

    def events(self, release_id: str) -> list[Event]:
        """Return the stored audit trail of a release."""
        query = select(EventRow).where(EventRow.release_id == release_id).order_by(EventRow.seq)
        with self.database.read() as session:
            return [
                Event(
                    seq=row.seq,
                    kind=EventKind(row.kind),
                    at=row.at,
                    on=row.true_on,
                    step=Step(row.step) if row.step else None,
                    actor=row.actor,
                    data=row.data,
                    key=row.key,
                    digest=row.digest,
                )
                for row in session.execute(query).scalars()
            ]

    def release(self, release_id: str) -> Release:
        """Return the stored snapshot of a release."""
        query = select(ReleaseRow.snapshot).where(ReleaseRow.id == release_id)
        with self.database.read() as session:
            return Release.model_validate(session.execute(query).scalar_one())

    def notice_ids(self, release_id: str) -> list[str]:
        """Return the ids of all notices of a release."""
        query = select(NotificationRow.id).where(NotificationRow.release_id == release_id)
        with self.database.read() as session:
            return sorted(session.execute(query).scalars())


@pytest.fixture
def mortal(
    environment: WorkflowEnvironment, tmp_path: Path, migrated_sqlite_file: Path
) -> Iterator[Mortal]:
    """A queue without a worker yet, over a migrated SQLite file."""
    file = tmp_path / "throughcare.db"
    file.write_bytes(migrated_sqlite_file.read_bytes())
    database = Database(f"sqlite:///{file}")
    SqlReadModel(database, AUDIT_KEY).store_policy(the_rules().policy)
    mortal = Mortal(Bench(environment), file, database)
    yield mortal
    for each in mortal.workers:
        each.kill()
        each.join()
    database.close()
