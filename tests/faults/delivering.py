"""The embedded server with real worker processes, which text through Twilio's stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from infra.child import BackOff, Keeper
from infra.database import migrating
from infra.database.engine import Database
from infra.keys import load_keys
from infra.settings import Settings, TemporalSettings
from infra.up import server_child
from tests.delivery.twilio_service import settings_for
from tests.faults.nursery import real_worker
from tests.office import Office
from tests.standin.ports import free_port
from tests.standin.provider import StandIn

NOBODY_LISTENS = "http://127.0.0.1:9"
"""Where receipts go: in these tests no answer of the provider is waited for."""

A_WHILE = timedelta(minutes=2)
"""What fell due so long ago is looked for by the first sweep of a worker."""


@dataclass
class Delivering:
    """The service, while nobody works yet.

    Attributes:
        office: The rows that the workers share; its clock stands, a little in the past.
    """

    settings: Settings
    office: Office
    workers: list[ForkServerProcess] = field(default_factory=list)

    def start_worker(self) -> None:
        """Start a worker process, as it is in service."""
        self.workers.append(real_worker(self.settings))

    async def kill_the_worker(self) -> None:
        """Kill the newest worker without a word."""
        self.workers[-1].kill()
        await asyncio.to_thread(self.workers[-1].join)


@asynccontextmanager
async def server_of(settings: Settings) -> AsyncIterator[None]:
    """Keep the embedded server up, prepared for work."""
    child = await server_child(settings, lambda _: None)
    keeper = Keeper(child, BackOff(first=timedelta(milliseconds=50)), lambda _: None)
    keeping = asyncio.create_task(keeper.run())
    await keeper.is_up.wait()
    assert child.prepare is not None
    await child.prepare()
    yield
    await keeper.stop()
    await keeping


@asynccontextmanager
async def delivering(folder: Path, standin: StandIn) -> AsyncIterator[Delivering]:
    """Run the server until the block ends, and kill what works on it then."""
    settings = Settings(
        state_dir=folder,
        temporal=TemporalSettings(port=free_port()),
        messages=settings_for(standin, NOBODY_LISTENS),
    )
    load_keys(settings)
    migrating.upgrade(settings.database_url)
    database = Database(settings.database_url)
    async with server_of(settings):
        found = Delivering(settings, Office(database, datetime.now(UTC) - A_WHILE))
        yield found
        for each in found.workers:
            each.kill()
            each.join()
    database.close()
