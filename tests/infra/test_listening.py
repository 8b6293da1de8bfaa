from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from infra.listening import PortTakenError, answers_ok, wait_for_free_port


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/ready" else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        pass


@pytest.fixture
def web_port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


async def test_a_taken_port_is_refused_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        with pytest.raises(PortTakenError, match=f"Port {port} for the web is taken.*WEB_PORT"):
            await wait_for_free_port(
                "127.0.0.1",
                port,
                purpose="web",
                setting="THROUGHCARE_WEB_PORT",
                within=timedelta(milliseconds=200),
            )


async def test_a_port_that_is_about_to_be_free_is_waited_for() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    closing = threading.Timer(0.2, listener.close)
    closing.start()

    await wait_for_free_port("127.0.0.1", port, purpose="web", setting="THROUGHCARE_WEB_PORT")

    closing.join()


async def test_only_an_answer_of_200_counts(web_port: int) -> None:
    assert await answers_ok("127.0.0.1", web_port, "/health/ready")
    assert not await answers_ok("127.0.0.1", web_port, "/health/live")


async def test_listening_everywhere_is_asked_on_the_loopback_address(web_port: int) -> None:
    assert await answers_ok("0.0.0.0", web_port, "/health/ready")  # noqa: S104 - asked, not bound


async def test_nobody_listening_is_no_answer(free_port: Callable[[], int]) -> None:
    assert not await answers_ok("127.0.0.1", free_port(), "/health/ready")
