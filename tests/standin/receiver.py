"""A listener that keeps each webhook as it came."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import NamedTuple

from tests.standin.listening import Listener


class Webhook(NamedTuple):
    """One request as it arrived.

    Attributes:
        target: Path and query, undecoded.
        signature: The header, None when there was none.
    """

    target: str
    body: bytes
    signature: str | None


class Receiver(Listener):
    """Answers every POST with 204."""

    def __init__(self) -> None:
        self.webhooks: list[Webhook] = []
        received = self.webhooks

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                received.append(Webhook(self.path, body, self.headers["X-Twilio-Signature"]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """A test's own record is enough."""

        super().__init__(Handler)
