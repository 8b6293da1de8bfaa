"""A worker process of the benchmarks: of releases on real SQL, or of bare workflows."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from temporalio.client import Client
from temporalio.worker import Worker

from activities.projection import Projector
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.keys import load_keys
from infra.settings import Settings, load_settings
from infra.temporal.client import connect
from infra.temporal.workers import SERVICE, SLOTS, release_worker
from tests.bench.bare import BARE_QUEUE, Bare, nothing
from tests.fakes import RememberingDispatcher

CACHED = 12_000


async def work(kind: str) -> None:
    """Work on releases or on bare workflows, as `kind` says, until killed."""
    settings = load_settings(None)
    client = await connect(settings)
    worker = _of_releases(client, settings) if kind == "releases" else _of_bare(client)
    await worker.run()


def _of_releases(client: Client, settings: Settings) -> Worker:
    database = Database(settings.database_url)
    read_model = SqlReadModel(database, audit_key_from(load_keys(settings).id_key))
    return release_worker(client, Projector(read_model, RememberingDispatcher()), cached=CACHED)


def _of_bare(client: Client) -> Worker:
    return Worker(
        client,
        task_queue=BARE_QUEUE,
        workflows=[Bare],
        activities=[nothing],
        activity_executor=ThreadPoolExecutor(SLOTS),
        max_concurrent_activities=SLOTS,
        workflow_runner=SERVICE,
        max_cached_workflows=CACHED,
        max_concurrent_workflow_tasks=20,
    )


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
