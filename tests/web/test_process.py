from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from infra.listening import answers_ok
from infra.settings import Settings
from tests.infra.waiting import eventually

PROGRAM = """
import asyncio

from infra.logging import configure_logging
from infra.settings import load_settings
from infra.web.children import take_web_port
from infra.web.process import serve

settings = load_settings(None)
configure_logging(settings.log, process="web")
serve(settings, asyncio.run(take_web_port(settings.web)))
"""


@asynccontextmanager
async def web_process(settings: Settings) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the web process until the block ends."""
    environment = os.environ | {
        "THROUGHCARE_STATE_DIR": str(settings.state_dir),
        "THROUGHCARE_DATABASE_URL": settings.database_url,
        "THROUGHCARE_TEMPORAL_PORT": str(settings.temporal.port),
        "THROUGHCARE_WEB_PORT": str(settings.web.port),
        "THROUGHCARE_LOG_FORMAT": "json",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM), env=environment, stderr=asyncio.subprocess.PIPE
    )
    web = settings.web
    try:
        await eventually(lambda: answers_ok(web.host, web.port, "/health/live"))
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_it_stops_gracefully_when_told_to(settings: Settings) -> None:
    async with web_process(settings) as process:
        process.send_signal(signal.SIGTERM)
        _, log = await process.communicate()

    assert process.returncode == 0
    assert b"web_started" in log
    assert b"web_stopped" in log


async def test_a_request_under_way_is_answered_before_it_stops(settings: Settings) -> None:
    address = f"http://{settings.web.host}:{settings.web.port}/health/ready"
    asked = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()  # until the other side hangs up
        writer.close()

    engine = await asyncio.start_server(hang, "127.0.0.1", settings.temporal.port)
    async with httpx2.AsyncClient() as client, web_process(settings) as process:
        asking = asyncio.create_task(client.get(address))
        await asked.wait()
        process.send_signal(signal.SIGTERM)
        answer = await asking
        await process.communicate()
    engine.close()

    assert answer.status_code == 503
    assert process.returncode == 0


async def test_its_log_names_no_value_of_a_request(settings: Settings) -> None:
    address = f"http://{settings.web.host}:{settings.web.port}/api/v1/releases"
    async with httpx2.AsyncClient() as client, web_process(settings) as process:
        await client.get(address, params={"reference": "CANARY"})
        process.send_signal(signal.SIGTERM)
        _, log = await process.communicate()

    assert b"api.access" in log
    assert b"CANARY" not in log
