"""The web's processes, which share one listening socket.

One process uses one core, so several answer side by side. Whichever is free takes the next
connection, and none is lost while one is restarted, because the socket stays open in the
supervisor.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from infra.child import Child
from infra.listening import answers_ok, take_port
from infra.settings import PREFIX, WebSettings

LIVE: Final = "/health/live"
READY: Final = "/health/ready"
"""Answered with 200 by the web alone, and once engine and worker are there too."""

_GRACE: Final = timedelta(seconds=10)


async def take_web_port(web: WebSettings) -> socket.socket:
    """Return the socket that the web listens on.

    Raises:
        PortTakenError: Somebody else listens there.
    """
    return await take_port(web.host, web.port, purpose="web", setting=f"{PREFIX}WEB_PORT")


def web_children(web: WebSettings, listener: socket.socket, *, asked: str) -> Sequence[Child]:
    """Return the web's processes, up as soon as one of them answers with 200 what is `asked`."""

    async def is_ready() -> bool:
        return await answers_ok(web.host, web.port, asked)

    descriptor = listener.fileno()
    command = (sys.executable, "-m", "infra.cli", "web", "--socket", str(descriptor))
    names = [f"web {number}" for number in range(1, web.processes + 1)]
    return [
        Child(
            name=name if len(names) > 1 else "web",
            command=command,
            is_ready=is_ready,
            hands_down=(descriptor,),
            grace=_GRACE,
        )
        for name in names
    ]
