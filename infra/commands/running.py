"""Commands that run the service or one of its processes, and the one that asks how they are."""

from __future__ import annotations

import asyncio
import socket
from typing import Annotated

import typer

from domain.errors import ThroughcareError
from infra.commands.demonstrating import refuse_in_production, stage_demonstration
from infra.commands.preparing import prepare_database
from infra.commands.terminal import FAILED, settings_for, show, tell
from infra.composition import composed
from infra.settings import Settings, describe
from infra.supervisor import supervise
from infra.up import up as run_service
from infra.web.children import LIVE, take_web_port, web_children
from infra.web.health import probed_health
from infra.web.store import StoreThreads


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(epilog="Example: throughcare up --demo")(up)
    app.command(epilog="Example: throughcare web")(web)
    app.command(epilog="Example: throughcare worker")(worker)
    app.command(epilog="Example: throughcare health && echo all is well")(health)


def up(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Then bring in 500 invented people, at every stage.")
    ] = False,
) -> None:
    """Run everything: the Temporal server, the worker and the web, until told to stop.

    The database is migrated first. State is kept in the folder that THROUGHCARE_STATE_DIR names,
    so that the next start goes on where this one was stopped, or broke off. Stop it with Ctrl-C.
    """
    settings = settings_for("up")
    if demo:
        refuse_in_production(settings)
    for line in describe(settings):
        tell(line)

    async def before_start() -> None:
        await asyncio.to_thread(prepare_database, settings)

    async def on_ready() -> None:
        address = f"http://{settings.web.host}:{settings.web.port}"
        tell(f"Ready at {address}. The API is described at {address}/openapi.json.")
        if demo:
            await _stage(settings)
        else:
            tell("Next: `throughcare import FILE.csv`, or `throughcare demo` for invented people.")

    raise typer.Exit(
        asyncio.run(run_service(settings, before_start=before_start, on_ready=on_ready, say=tell))
    )


def web(
    *,
    shared: Annotated[
        int | None,
        typer.Option("--socket", hidden=True, help="Be one of several on this open socket."),
    ] = None,
) -> None:
    """Run only the web: pages and the JSON API. Scale it apart from the workers.

    It runs as many processes on its port as THROUGHCARE_WEB_PROCESSES says.
    """
    settings = settings_for("web")
    if shared is None:
        raise typer.Exit(asyncio.run(_webs(settings)))
    # Each process loads what it runs, and no more.
    from infra.web.process import serve  # noqa: PLC0415

    serve(settings, socket.socket(fileno=shared))


async def _webs(settings: Settings) -> int:
    with await take_web_port(settings.web) as listener:
        return await supervise(web_children(settings.web, listener, asked=LIVE), say=tell)


def worker() -> None:
    """Run only a worker: release workflows, the record, and notices. Run as many as needed."""
    from infra.worker import run_worker  # noqa: PLC0415

    asyncio.run(run_worker(settings_for("worker")))


def health() -> None:
    """Ask database, engine, worker and audit trail how they are; exit code 1 if one is not well."""
    parts = asyncio.run(_parts(settings_for("health")))
    for name, is_ready in parts:
        show(f"{name}: {'ready' if is_ready else 'not ready'}")
    if not all(is_ready for _, is_ready in parts):
        tell("Start what is missing with `throughcare up`, or look at its log.")
        raise typer.Exit(FAILED)


async def _stage(settings: Settings) -> None:
    """Bring in the invented people; the service goes on without them if that fails."""
    try:
        await stage_demonstration(settings)
    except ThroughcareError as error:
        tell(f"The demonstration is not complete: {error} Then run `throughcare demo`.")


async def _parts(settings: Settings) -> list[tuple[str, bool]]:
    async with composed(settings, lazy=True) as parts:
        threads = StoreThreads(parts.database.dialect)
        try:
            answers = await probed_health(parts, threads).parts()
        finally:
            await asyncio.to_thread(threads.close)
    return [(each.name, each.is_ready) for each in answers]
