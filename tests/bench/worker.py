"""A worker process of the benchmarks: the service's own, of releases alone, or of bare work."""

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
from infra.worker import run_worker
from tests.bench.bare import BARE_PHONE_QUEUE, BARE_QUEUE, Bare, BareLapse, nothing, stamp
from tests.fakes import RememberingDispatcher

CACHED = 12_000


async def work(kind: str) -> None:
    """Work until killed.

    Args:
        kind: "service" is the worker as it runs in service, "releases" its half that writes the
            read model and tells nobody, "bare" what both are measured against.
    """
    settings = load_settings(None)
    if kind == "service":
        await run_worker(settings)
        return
    client = await connect(settings)
    if kind == "releases":
        await _of_releases(client, settings).run()
        return
    per_second = settings.messages.rate_per_second
    await asyncio.gather(_of_bare(client).run(), _of_bare_phone(client, per_second).run())


def _of_releases(client: Client, settings: Settings) -> Worker:
    database = Database(settings.database_url)
    read_model = SqlReadModel(database, audit_key_from(load_keys(settings).id_key))
    return release_worker(client, Projector(read_model, RememberingDispatcher()), cached=CACHED)


def _of_bare(client: Client) -> Worker:
    return Worker(
        client,
        task_queue=BARE_QUEUE,
        workflows=[Bare, BareLapse],
        activities=[nothing, stamp],
        activity_executor=ThreadPoolExecutor(SLOTS),
        max_concurrent_activities=SLOTS,
        workflow_runner=SERVICE,
        max_cached_workflows=CACHED,
        max_concurrent_workflow_tasks=20,
    )


def _of_bare_phone(client: Client, per_second: float) -> Worker:
    return Worker(
        client,
        task_queue=BARE_PHONE_QUEUE,
        activities=[stamp],
        activity_executor=ThreadPoolExecutor(SLOTS),
        max_concurrent_activities=SLOTS,
        max_task_queue_activities_per_second=per_second,
    )


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
