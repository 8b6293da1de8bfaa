"""The worker process: runs release workflows, writes the read model and tells people."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from datetime import timedelta
from typing import Final

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.projection import Projector
from infra.composition import Parts, composed_with
from infra.engine.dispatching import Dispatcher, every
from infra.engine.ladders import EngineLadders
from infra.messages.delivery import Around, Delivery, delivery
from infra.settings import Settings
from infra.sweeps import Sweeps
from infra.temporal.client import TemporalUnavailableError, connect
from infra.temporal.workers import notice_worker, phone_worker, release_worker
from infra.wires import twilio_record, wires

SERVER_WITHIN: Final = timedelta(minutes=2)
SWEEP_EVERY: Final = timedelta(seconds=15)

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
    async with composed_with(settings, client) as parts:
        await _work(parts, settings, stop)


async def _work(parts: Parts, settings: Settings, stop: asyncio.Event) -> None:
    dispatcher = Dispatcher(parts.client)
    telling = telling_of(parts, settings, dispatcher)
    workers = [
        release_worker(parts.client, Projector(parts.read_model, dispatcher)),
        notice_worker(parts.client, telling),
        phone_worker(parts.client, telling.postman, settings.messages.rate_per_second),
    ]
    log.info("worker_started")
    sweeps = Sweeps(telling, dispatcher, twilio_record(settings.messages))
    background = [
        asyncio.create_task(dispatcher.run()),
        asyncio.create_task(every(SWEEP_EVERY, sweeps.once)),
    ]
    telling.look_out.arrange()
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(worker.run())
        group.create_task(_shut_down(workers, background, stop))
    log.info("worker_stopped")


def telling_of(parts: Parts, settings: Settings, dispatcher: Dispatcher) -> Delivery:
    """Return what tells people, over the parts of this process and in its running loop."""
    ladders = EngineLadders(parts.engine, asyncio.get_running_loop())
    around = Around(
        policies=parts.read_model,
        rules=parts.in_force.rules,
        settings=settings.messages,
        wires=wires(settings.messages),
        ladders=ladders,
        dispatcher=dispatcher,
    )
    return delivery(parts.database, around)


async def _shut_down(
    workers: list[Worker], background: list[asyncio.Task[None]], stop: asyncio.Event
) -> None:
    """Wait for the word to stop, or for what runs beside to break, which must not go unnoticed."""
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({waiting, *background}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for each in background:
        if each.done():
            each.result()
        each.cancel()
    for each in background:
        with contextlib.suppress(asyncio.CancelledError):
            await each
    await asyncio.gather(*(each.shutdown() for each in workers))


async def _connected(settings: Settings) -> Client:
    deadline = asyncio.get_running_loop().time() + SERVER_WITHIN.total_seconds()
    while True:
        try:
            return await connect(settings)
        except TemporalUnavailableError:
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.2)
