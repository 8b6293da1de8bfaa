"""Refuses large bodies while they arrive, whichever route reads them.

FastAPI's own limit answers in plain text and past every error handler, so without a code and
without the protective headers; this one raises where the body is read.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refusals import TooLargeError

BODY_LIMIT: Final = 512 * 1024
"""Bytes. Fifty commands with sixty notes fit in it."""


class BodyLimit:
    """ASGI middleware that stops reading at `BODY_LIMIT`."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whoever reads too much of it gets `TooLargeError`."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = _announced(scope)
        received = 0

        async def limited() -> Message:
            nonlocal received
            if announced > BODY_LIMIT:
                raise TooLargeError
            message = await receive()
            received += len(message.get("body", b""))
            if received > BODY_LIMIT:
                raise TooLargeError
            return message

        await self.app(scope, limited, send)


def _announced(scope: Scope) -> int:
    """Return the announced length; 0 when there is none or it makes no sense."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) <= 18 else 0  # noqa: PLR2004 - digits of any real length
