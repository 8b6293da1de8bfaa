"""A reader without a browser, who shares the service's two cores and hardly needs them.

A client library takes a tenth of the time that the page takes, of the same processors.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from urllib.parse import urlsplit


class Reader(NamedTuple):
    """Somebody who asks a service for its pages.

    Attributes:
        address: The service's, without a path.
        cookies: What the browser of somebody who is signed in sends.
    """

    address: str
    cookies: str

    async def get(self, path: str) -> int:
        """Ask for a page, take in all of it and return its length in bytes.

        On a connection of its own, as proxies in front of a service ask unless they are told
        otherwise; one that is kept stays with one of its processes.

        Raises:
            AssertionError: The answer was another one than 200, or not whole.
        """
        parts = urlsplit(self.address)
        incoming, outgoing = await asyncio.open_connection(parts.hostname, parts.port)
        headers = f"Host: {parts.netloc}\r\nCookie: {self.cookies}\r\nConnection: close\r\n"
        outgoing.write(f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode())
        head, _, body = (await incoming.read(-1)).partition(b"\r\n\r\n")
        outgoing.close()
        told = head.decode().lower()
        assert told.startswith("http/1.1 200 "), told.splitlines()[0]
        assert f"content-length: {len(body)}\r\n" in f"{told}\r\n"
        return len(body)
