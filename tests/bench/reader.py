"""A browser's connection without the browser, for readers who share the service's two cores.

A client library takes as long for a page as a tenth of the page takes, of the same processors.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import urlsplit


class Reader(NamedTuple):
    """One connection that is kept open; it asks one page after the other."""

    incoming: asyncio.StreamReader
    outgoing: asyncio.StreamWriter
    headers: str

    async def get(self, path: str) -> int:
        """Ask for a page, take in all of it and return its length in bytes.

        Raises:
            AssertionError: The answer was another one than 200.
        """
        self.outgoing.write(f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode())
        head = (await self.incoming.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200 "), head.splitlines()[0]
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        await self.incoming.readexactly(length)
        return length


@asynccontextmanager
async def reading(address: str, cookies: str) -> AsyncIterator[Reader]:
    """Open a connection to a service for the length of a block, as whoever has the cookies."""
    parts = urlsplit(address)
    incoming, outgoing = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield Reader(incoming, outgoing, f"Host: {parts.netloc}\r\nCookie: {cookies}\r\n")
    finally:
        outgoing.close()
        await outgoing.wait_closed()
