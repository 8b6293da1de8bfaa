"""One line per request: method, route template, status, time and role; never a value.

The address itself is not logged, because it holds ids, nor the query, nor any header.
"""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import PROTECTIVE_HEADERS

log = logging.getLogger("api.access")

NOT_ANSWERED: Final = 500
PROBED: Final = "/health/"
"""Asked every few seconds by supervisors, so these lines are for debugging only."""


class AccessLog:
    """ASGI middleware that logs each request and protects each response."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; responses that say nothing else get the protective headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = NOT_ANSWERED
        began = perf_counter()

        async def protected(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in PROTECTIVE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, protected)
        finally:
            line = _line(scope, status, perf_counter() - began)
            level = logging.DEBUG if str(line["route"]).startswith(PROBED) else logging.INFO
            log.log(level, "request", extra=line)


def _line(scope: Scope, status: int, seconds: float) -> dict[str, object]:
    route = getattr(scope.get("route"), "path", "unmatched")
    return {
        "method": scope["method"],
        "route": route,
        "status": status,
        "duration_ms": round(seconds * 1000, 1),
        "role": scope.get("caller_role"),
    }
