"""A listener that keeps each webhook as it came."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Webhook(NamedTuple):
    """One request as it arrived.

    Attributes:
        target: Path and query, undecoded.
        signature: The header, None when there was none.
    """

    target: str
    body: bytes
    signature: str | None


class Receiver:
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

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
