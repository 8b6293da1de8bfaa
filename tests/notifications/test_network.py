"""A provider that cannot be trusted, or never answers, over real connections."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from notifications.mail.sendgrid import SendGridAccount, SendGridWire
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Wire
from tests.notifications.mail_case import SENDER, certificate, mail
from tests.notifications.twilio_case import IMPATIENT, text, texts
from tests.standin.listening import Listener


class Impostor(Listener):
    """An HTTPS server whose certificate no authority has signed."""

    def __init__(self, shown: ssl.SSLContext) -> None:
        super().__init__(BaseHTTPRequestHandler)
        self._server.socket = shown.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # it is hung up on
        self.url = self.url.replace("http:", "https:")


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[str]:
    server = Impostor(certificate(tmp_path)[0])
    server.start()
    yield server.url
    server.stop()


def sendgrid(url: str) -> Wire:
    return SendGridWire(SendGridAccount("key", url), SENDER, timedelta(seconds=1))


def test_an_impostor_is_told_nothing(impostor: str) -> None:
    with pytest.raises(NotSentError) as by_text:
        texts(impostor).send(text())
    with pytest.raises(NotSentError) as by_mail:
        sendgrid(impostor).send(mail())

    for refused in (by_text.value, by_mail.value):
        assert (refused.code, refused.fault) == ("certificate", FaultClass.CFG)


def test_a_provider_that_never_answers_leaves_it_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(OutcomeUnknownError, match="read_timeout"):
            texts(url, timeout=IMPATIENT).send(text())
        with pytest.raises(OutcomeUnknownError, match="read_timeout"):
            sendgrid(url).send(mail())


def test_neither_proxy_nor_netrc_of_the_environment_has_a_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Were the proxy asked, the answer would be another one: nobody listens there.
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(OutcomeUnknownError, match="read_timeout"):
            texts(url, timeout=IMPATIENT).send(text())
        with pytest.raises(OutcomeUnknownError, match="read_timeout"):
            sendgrid(url).send(mail())
