"""Addresses on this machine: whether one is free to listen on, and whether ours answers."""

from __future__ import annotations

import asyncio
import http.client
import socket
from datetime import timedelta

from domain.errors import ThroughcareError

_LOOK_EVERY = timedelta(milliseconds=100)
_ANSWERS_WITHIN = timedelta(seconds=2)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared only


class PortTakenError(ThroughcareError):
    """Somebody else listens where one of our processes is to listen."""


async def wait_for_free_port(
    host: str, port: int, *, purpose: str, setting: str, within: timedelta = timedelta(seconds=3)
) -> None:
    """Return once nobody listens there; what an earlier start left is given time to go.

    Args:
        host: Address to listen on.
        port: TCP port.
        purpose: What is to listen there, for the message.
        setting: The variable that moves it, for the message.
        within: How long to wait.

    Raises:
        PortTakenError: Somebody still listens there.
    """
    for _ in range(max(1, within // _LOOK_EVERY)):
        if is_free(host, port):
            return
        await asyncio.sleep(_LOOK_EVERY.total_seconds())
    raise PortTakenError(
        f"Port {port} for the {purpose} is taken: another program listens there, perhaps one left "
        f"from an earlier start. Stop it, or set {setting} to a free port."
    )


def is_free(host: str, port: int) -> bool:
    """Return whether a process of ours could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Connections that are still closing do not keep a port; listeners do.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


async def answers_ok(host: str, port: int, path: str) -> bool:
    """Return whether GET `path` is answered with 200 there, within two seconds."""
    return await asyncio.to_thread(_status_is_ok, _EVERYWHERE.get(host, host), port, path)


def _status_is_ok(host: str, port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_ANSWERS_WITHIN.total_seconds())
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
