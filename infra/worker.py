"""The worker process: runs release workflows, writes the read model and sends notices."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.options import SEND_WITHIN
from activities.projection import Projector
from activities.sending import Postman
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.errors import StoreUnavailableError
from infra.database.outbox import SqlOutbox
from infra.database.read_model import SqlReadModel
from infra.engine.dispatching import NoticeDispatcher
from infra.keys import load_keys
from infra.settings import Settings
from infra.temporal.client import TemporalUnavailableError, connect
from infra.temporal.workers import notice_worker, release_worker
from notifications.console import ConsoleSender

SERVER_WITHIN: Final = timedelta(minutes=2)
OVERDUE_AFTER: Final = timedelta(seconds=10)
"""A notice still queued after this was lost on its way, and is started again."""

ABANDONED_AFTER: Final = 2 * SEND_WITHIN
"""A notice still being sent after this was claimed by a process that died."""

log = structlog.get_logger()


async def run_worker(settings: Settings) -> None:
    """Work until told to stop by SIGTERM or SIGINT; what is under way is finished first.

    Raises:
        TemporalUnavailableError: No server answered for two minutes.
    """
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    client = await _connected(settings)
    database = Database(settings.database_url)
    try:
        await _work(client, database, load_keys(settings).id_key, stop)
    finally:
        database.close()


async def _work(client: Client, database: Database, id_key: bytes, stop: asyncio.Event) -> None:
    dispatcher, outbox = NoticeDispatcher(client), SqlOutbox(database)
    read_model = SqlReadModel(database, audit_key_from(id_key))
    workers = [
        release_worker(client, Projector(read_model, dispatcher)),
        notice_worker(client, Postman(outbox, ConsoleSender())),
    ]
    log.info("worker_started")
    dispatching = asyncio.create_task(dispatcher.run(lambda: _overdue(outbox)))
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(worker.run())
        group.create_task(_shut_down(workers, dispatching, stop))
    log.info("worker_stopped")


async def _shut_down(
    workers: list[Worker], dispatching: asyncio.Task[None], stop: asyncio.Event
) -> None:
    """Wait for the word to stop, or for the dispatcher to break, which must not go unnoticed."""
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting, dispatching}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if dispatching.done():
        dispatching.result()
    dispatching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await dispatching
    await asyncio.gather(*(each.shutdown() for each in workers))


def _overdue(outbox: SqlOutbox) -> Sequence[str]:
    try:
        outbox.give_back(ABANDONED_AFTER)
        return [each.id for each in outbox.stale(OVERDUE_AFTER) if each.status == "queued"]
    except StoreUnavailableError:
        log.warning("sweep_skipped", reason="the database does not answer")
        return ()


async def _connected(settings: Settings) -> Client:
    deadline = asyncio.get_running_loop().time() + SERVER_WITHIN.total_seconds()
    while True:
        try:
            return await connect(settings)
        except TemporalUnavailableError:
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.2)
