"""The web process: the adapters behind the API's ports, and the server in front of them."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from api.app import create_app
from api.ports import Services
from infra.composition import Parts, composed
from infra.database.clock import utc_now
from infra.database.queries import SqlReads
from infra.database.tokens import TokenStore
from infra.listening import wait_for_free_port
from infra.message_settings import MessageSettings
from infra.settings import PREFIX, Settings, WebSettings
from infra.web.callbacks import callbacks_for
from infra.web.cover import PrescriptionCover
from infra.web.duty import duty_desk
from infra.web.episodes import Episodes
from infra.web.health import probed_health
from infra.web.intake import CheckedIntake
from infra.web.messages import message_desk
from infra.web.notes import StoredNotes
from infra.web.places import PublicPlaces
from infra.web.reads import ThreadedReads
from infra.web.releases import EngineReleases
from infra.web.store import StoreThreads
from infra.web.tokens import StoredTokens
from infra.webhooks import signatures

FINISHES_WITHIN: Final = timedelta(seconds=8)
"""What is under way when the process is told to stop; the supervisor waits ten seconds."""

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Run `run_web` to its end on the faster event loop, where there is one (uvloop)."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(run_web(settings))


async def run_web(settings: Settings) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; requests under way are answered first.

    It starts and reads without a Temporal server; what would change something is answered 503
    until there is one.

    Raises:
        PortTakenError: Somebody else listens there.
        UnusableKeysError: The keys cannot be used.
        PolicyError: The policy document cannot be used.
    """
    web = settings.web
    await wait_for_free_port(web.host, web.port, purpose="web", setting=f"{PREFIX}WEB_PORT")
    async with composed(settings, lazy=True) as parts:
        threads = StoreThreads(parts.database.dialect)
        try:
            invented = settings.environment != "production"
            services = services_of(parts, threads, settings.messages, allow_drama=invented)
            server = _server(create_app(services), web)
            log.info("web_started", port=web.port)
            await server.serve()
            log.info("web_stopped")
        finally:
            await asyncio.to_thread(threads.close)


def services_of(
    parts: Parts,
    threads: StoreThreads,
    messages: MessageSettings | None = None,
    *,
    allow_drama: bool = False,
) -> Services:
    """Return everything the API is given, over the parts of this process.

    Args:
        parts: What this process works with.
        threads: Where blocking reads and writes run.
        messages: Whose callbacks are believed; without them none is.
        allow_drama: Whether invented numbers may be entered for staff; never in production.
    """
    messages = messages or MessageSettings()
    cover = PrescriptionCover(parts.read_model.policy, parts.rules.calendar)
    places = PublicPlaces(parts.reference)
    return Services(
        releases=EngineReleases(
            engine=parts.engine,
            people=parts.people,
            read_model=parts.read_model,
            episodes=Episodes(parts.database, parts.keys.id_key),
            reference=parts.reference,
            threads=threads,
            now=utc_now,
        ),
        reads=ThreadedReads(SqlReads(parts.database, cover), threads),
        intake=CheckedIntake(places, parts.reference, utc_now),
        places=places,
        tokens=StoredTokens(TokenStore(parts.database), threads),
        notes=StoredNotes(parts.people, threads),
        health=probed_health(parts, threads),
        duty=duty_desk(parts.database, threads, parts.reference, utc_now, allow_drama=allow_drama),
        desk=message_desk(parts.database, threads, utc_now, allow_drama=allow_drama),
        callbacks=callbacks_for(
            parts.database,
            threads,
            parts.client,
            signatures(messages),
            messages.twilio_account,
        ),
        now=utc_now,
    )


def _server(app: FastAPI, web: WebSettings) -> uvicorn.Server:
    return _Server(
        uvicorn.Config(
            app,
            host=web.host,
            port=web.port,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,  # ours is in place
            access_log=False,  # the app's own names the route and no value
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(FINISHES_WITHIN.total_seconds()),
        )
    )


class _Server(uvicorn.Server):
    """Uvicorn, but for signals: its own way ends the process before our blocks can close."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT ask for a graceful stop while the server runs."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for each in signals:
            loop.add_signal_handler(each, self.handle_exit, each, None)
        try:
            yield
        finally:
            for each in signals:
                loop.remove_signal_handler(each)
