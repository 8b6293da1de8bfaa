"""`throughcare up`: which processes make the service, and what must hold before they start."""

from __future__ import annotations

import sys
from datetime import timedelta

from infra.child import Child, Say
from infra.keys import load_keys
from infra.listening import wait_for_free_port
from infra.settings import PREFIX, Settings
from infra.state_lock import hold_state
from infra.supervisor import OnReady, say_on_stderr, supervise
from infra.temporal.binary import check_version, find_binary
from infra.temporal.client import connect
from infra.temporal.embedded import HOST, server_command, server_environment
from infra.temporal.namespace import is_answering, prepare_namespace
from infra.web.children import READY, take_web_port, web_children

SERVER_LOG = "temporal.log"


async def up(
    settings: Settings,
    *,
    before_start: OnReady | None = None,
    on_ready: OnReady | None = None,
    say: Say = say_on_stderr,
) -> int:
    """Run server, worker and web on one state directory until told to stop.

    Args:
        settings: With a cluster's address only worker and web are started.
        before_start: Awaited first, while nobody else can use the state: migrations, for example.
        on_ready: Awaited once the web says that it is ready: loading invented people, for example.
        say: Receives one sentence for each change.

    Returns:
        The exit code for the shell.

    Raises:
        ThroughcareError: The state, a port, the keys or the server program cannot be used, or a
            process does not start; the message says what to do.
    """
    with hold_state(settings.state_dir):
        load_keys(settings)
        if before_start is not None:
            await before_start()
        with await take_web_port(settings.web) as listener:
            server = [await server_child(settings, say)] if settings.runs_embedded_server else []
            children = [*server, _worker(), *web_children(settings.web, listener, asked=READY)]
            return await supervise(children, on_ready=on_ready, say=say)


async def server_child(settings: Settings, say: Say) -> Child:
    """Return the embedded Temporal server as a process to keep, checked and free to listen.

    Raises:
        TemporalBinaryError: Its program is missing or is not the tested version.
        PortTakenError: Somebody else listens on its port.
        UnusableKeysError: The payload keys cannot be used.
    """
    binary = find_binary(settings)
    warning = check_version(binary)
    if warning:
        say(warning)
    await wait_for_free_port(
        HOST,
        settings.temporal.port,
        purpose="embedded Temporal server",
        setting=f"{PREFIX}TEMPORAL_PORT",
    )
    client = await connect(settings, lazy=True)

    async def is_ready() -> bool:
        return await is_answering(client)

    async def prepare() -> None:
        retention = timedelta(days=settings.temporal.retention_days)
        await prepare_namespace(client, retention=retention)

    return Child(
        name="server",
        command=server_command(binary, settings),
        is_ready=is_ready,
        prepare=prepare,
        environment=server_environment(),
        log_path=settings.state_dir / SERVER_LOG,
        grace=timedelta(seconds=10),
    )


def _worker() -> Child:
    # Longer than a worker lets its running activities finish.
    grace = timedelta(seconds=30)
    return Child(name="worker", command=(sys.executable, "-m", "infra.cli", "worker"), grace=grace)
