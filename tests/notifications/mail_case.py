"""Mail servers for the tests of e-mail: aiosmtpd, which none of us wrote, and its certificate."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from domain.policy import Channel
from notifications.catalogue import Wording
from notifications.wires import Outgoing
from tests.standin.ports import free_port

TO = "keyworker@example.org"
SENDER = "handover@example.org"
USER, PASSWORD = "throughcare", "stand-in-password"


def mail(*, to: str = TO) -> Outgoing:
    """A page by e-mail."""
    return Outgoing(
        id="n1.s1.email.1",
        channel=Channel.EMAIL,
        to=to,
        wording=Wording.STEP_LAPSED,
        fields={
            "reference": "7K2M9Q",
            "link": "https://handover.example.org/r/7K2M9Q",
            "on": "2026-09-23",
        },
        language="en",
        valid_for=dt.timedelta(days=1),
    )


class Mailbox:
    """Keeps what is delivered, or answers a command with the reply it was told to give."""

    def __init__(self, replies: Mapping[str, str]) -> None:
        self.received: list[EmailMessage] = []
        self._replies = replies

    async def handle_MAIL(  # noqa: N802 - the library's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        envelope.mail_from = address
        return self._replies.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self._replies.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        reply = self._replies.get("DATA", "250 OK")
        if reply.startswith(("250", "drop")):
            self.received.append(message_from_bytes(content, policy=policy.default))
        if reply == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return reply


class MailServerUnderTest(Controller):
    """One mail server on a port of its own."""

    def __init__(self, replies: Mapping[str, str] | None = None, **options: Any) -> None:  # noqa: ANN401
        self.mailbox = Mailbox(replies or {})
        super().__init__(self.mailbox, hostname="127.0.0.1", port=free_port(), **options)


def authenticator(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword
) -> AuthResult:
    """Let in whoever knows the password."""
    knows = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=knows, handled=False)


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server shows and what trusts it: a certificate for 127.0.0.1, made afresh."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server under test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(pem)
    return shown, ssl.create_default_context(cafile=str(pem))
