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
    (await take_port(host, port, purpose=purpose, setting=setting, within=within)).close()


async def take_port(
    host: str, port: int, *, purpose: str, setting: str, within: timedelta = timedelta(seconds=3)
) -> socket.socket:
    """Return a socket of that address, once it is free; it refuses calls until somebody listens.

    The arguments and the error are those of `wait_for_free_port`.
    """
    for _ in range(max(1, within // _LOOK_EVERY)):
        taken = _bound(host, port)
        if taken is not None:
            return taken
        await asyncio.sleep(_LOOK_EVERY.total_seconds())
    raise PortTakenError(
        f"Port {port} for the {purpose} is taken: another program listens there, perhaps one left "
        f"from an earlier start. Stop it, or set {setting} to a free port."
    )


def _bound(host: str, port: int) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    probe = socket.socket(family, socket.SOCK_STREAM)
    # Connections that are still closing do not keep a port; listeners do.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((host, port))
    except OSError:
        probe.close()
        return None
    return probe


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
