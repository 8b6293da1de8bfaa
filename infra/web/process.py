"""The web process: the server in front of the API, from its start to a graceful stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from api.app import create_app
from api.pages.settings import PageSettings
from infra.composition import composed
from infra.settings import Settings
from infra.web.services import services_of
from infra.web.store import StoreThreads

FINISHES_WITHIN: Final = timedelta(seconds=8)
"""What is under way when the process is told to stop; the supervisor waits ten seconds."""

log = structlog.get_logger()


def serve(settings: Settings, listener: socket.socket) -> None:
    """Run `run_web` to its end on the faster event loop, where there is one (uvloop)."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(run_web(settings, listener))


async def run_web(settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; requests under way are answered first.

    It starts and reads without a Temporal server; what would change something is answered 503
    until there is one.

    Args:
        settings: Everything but where to listen.
        listener: The socket to listen on, which other web processes may share; closed at the end.

    Raises:
        UnusableKeysError: The keys cannot be used.
        PolicyError: The policy document cannot be used.
    """
    async with composed(settings, lazy=True) as parts:
        threads = StoreThreads(parts.database.dialect)
        try:
            app = create_app(services_of(parts, threads, settings), pages=pages_of(settings))
            log.info("web_started", port=settings.web.port)
            await _server(app).serve(sockets=[listener])
            log.info("web_stopped")
        finally:
            await asyncio.to_thread(threads.close)


def pages_of(settings: Settings) -> PageSettings:
    """Return how the pages are served."""
    is_demonstration = settings.environment == "demonstration"
    return PageSettings(
        is_demonstration=is_demonstration,
        is_secure=settings.web.address is not None or not is_demonstration,
        form_targets=(_origin(settings.signin.issuer),) if settings.signin.issuer else (),
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _server(app: FastAPI) -> uvicorn.Server:
    return _Server(
        uvicorn.Config(
            app,
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
