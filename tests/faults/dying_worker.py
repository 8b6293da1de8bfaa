"""A worker process over SQLite that may kill itself in the middle of a projection.

While the file `die-in-task` lies beside the database, the next projection inside a workflow task is
committed, and then the process is gone without another word; `die-before` does it before the
commit. The file is taken away first, so that one file is one death.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from temporalio import activity
from temporalio.client import Client

from activities.contracts import Projection
from activities.projection import Projector
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.temporal.encryption import data_converter
from infra.temporal.workers import release_worker
from notifications.notices import Notice
from tests.fakes import RememberingDispatcher

AUDIT_KEY = b"k" * 32
IN_TASK, BEFORE = "die-in-task", "die-before"


class DyingReadModel(SqlReadModel):
    """The real read model, with a process around it that does not live for ever."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Watch `folder` for the files that ask for a death."""
        super().__init__(database, AUDIT_KEY)
        self._folder = folder

    def project(self, projection: Projection, notices: Sequence[Notice]) -> tuple[str, ...]:
        """Project, and die where it was asked for."""
        if not activity.info().is_local:
            return super().project(projection, notices)
        self._die_if_asked(BEFORE)
        queued = super().project(projection, notices)
        self._die_if_asked(IN_TASK)
        return queued

    def _die_if_asked(self, name: str) -> None:
        asked = self._folder / name
        if asked.exists():
            asked.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


def work(address: str, queue: str, file: str) -> None:
    """Work on `queue` until killed, projecting into the SQLite file named."""
    asyncio.run(_work(address, queue, Path(file)))


async def _work(address: str, queue: str, file: Path) -> None:
    client = await Client.connect(address, data_converter=data_converter(None))
    read_model = DyingReadModel(Database(f"sqlite:///{file}"), file.parent)
    projector = Projector(read_model, RememberingDispatcher())
    await release_worker(client, projector, queue=queue).run()
