"""The service on a real server, telling people through Twilio's stand-in, and hearing from it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import uvicorn
from pydantic import SecretStr

from activities.projection import Projector
from api.app import create_app
from infra.database.engine import Database
from infra.engine import Engine
from infra.engine.dispatching import Dispatcher, Queues
from infra.engine.ladders import EngineLadders
from infra.message_settings import MessageSettings
from infra.messages.delivery import Around, Delivery, delivery
from infra.temporal.workers import SANDBOX, notice_worker, phone_worker, release_worker
from infra.web.callbacks import callbacks_for
from infra.web.store import StoreThreads
from infra.webhooks import signatures
from infra.wires import wires
from tests.api.fakes import World
from tests.builders import the_rules
from tests.driving import Bench, a_queue, an_engine
from tests.infra.waiting import eventually
from tests.office import Office
from tests.standin.account import ACCOUNT, KEY, SECRET, SENDER, TOKEN
from tests.standin.provider import StandIn

FAST = 200.0
"""Messages a second, where a test is not about the provider's limit."""


@dataclass
class TwilioService:
    """Everything but the pages.

    Attributes:
        office: The store's own view: staff, messages, the trail.
        bench: Where releases are begun.
        url: Where Twilio calls back to.
    """

    office: Office
    bench: Bench
    telling: Delivery
    dispatcher: Dispatcher
    engine: Engine
    url: str


@asynccontextmanager
async def twilio_service(
    database: Database, bench: Bench, standin: StandIn, *, per_second: float = FAST
) -> AsyncIterator[TwilioService]:
    """Run workers and webhooks until the block ends."""
    office = Office(database, datetime.now(UTC))
    alone = Bench(bench.environment)
    queues = Queues(notices=a_queue(), phone=a_queue())
    engine = an_engine(alone)
    dispatcher = Dispatcher(alone.client, queues)
    async with AsyncExitStack() as running:
        url = await running.enter_async_context(_webhooks(database, alone, queues, standin))
        standin.replies_to(f"{url}/twilio/reply")
        settings = settings_for(standin, url)
        around = Around(
            policies=office.read_model,
            rules=the_rules,
            settings=settings,
            wires=wires(settings),
            ladders=EngineLadders(engine, asyncio.get_running_loop()),
            dispatcher=dispatcher,
        )
        telling = delivery(database, around)
        projector = Projector(office.read_model, dispatcher)
        for worker in (
            release_worker(alone.client, projector, queue=alone.queue, runner=SANDBOX),
            notice_worker(alone.client, telling, queue=queues.notices),
            phone_worker(alone.client, telling.postman, per_second, queue=queues.phone),
        ):
            await running.enter_async_context(worker)
        pumping = asyncio.create_task(dispatcher.run())
        yield TwilioService(office, alone, telling, dispatcher, engine, url)
        pumping.cancel()


def settings_for(standin: StandIn, url: str) -> MessageSettings:
    """Return the settings of a service that texts and calls through the stand-in."""
    return MessageSettings(
        phone="twilio",
        link_url="https://handover.example.org",
        public_url=url,
        timeout_seconds=8,
        twilio_account=ACCOUNT,
        twilio_key=KEY,
        twilio_secret=SecretStr(SECRET),
        twilio_token=SecretStr(TOKEN),
        twilio_sender=SENDER,
        twilio_url=standin.url,
    )


@asynccontextmanager
async def _webhooks(
    database: Database, bench: Bench, queues: Queues, standin: StandIn
) -> AsyncIterator[str]:
    threads = StoreThreads(database.dialect)
    port = await _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = settings_for(standin, url)
    taken = callbacks_for(
        database, threads, bench.client, signatures(settings), ACCOUNT, queues=queues
    )
    services = World(datetime.now(UTC)).services()._replace(callbacks=taken)
    server = uvicorn.Server(
        uvicorn.Config(create_app(services), host="127.0.0.1", port=port, log_config=None)
    )
    serving = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    yield url
    server.should_exit = True
    await serving
    await asyncio.to_thread(threads.close)


async def _free_port() -> int:
    probe = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    return port
