"""E-mail by SMTP."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from enum import StrEnum
from typing import Final

from notifications.mail.codes import smtp_fault, smtp_own_fault
from notifications.mail.composing import Composed, compose, domain_of
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Outgoing

_OK: Final = 250
_WILL_FORWARD: Final = 251


class Security(StrEnum):
    """How a connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """Where e-mail is handed over.

    Attributes:
        security: `NONE` is for a server on this machine.
        trust: The certificates that are believed.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)


class SmtpWire:
    """Sends e-mail; implements `notifications.wires.Wire`."""

    def __init__(self, server: MailServer, sender: str, timeout: timedelta) -> None:
        """Keep where to send and who sends.

        Args:
            server: Where it is handed over.
            sender: Our address.
            timeout: For connecting and for each answer.
        """
        self._server = server
        self._sender = sender
        self._timeout = timeout.total_seconds()

    def send(self, message: Outgoing) -> str:
        """Send one e-mail and return its Message-ID.

        Raises:
            NotSentError: It was certainly not accepted.
            OutcomeUnknownError: It may have been accepted.
        """
        composed = compose(message, self._sender)
        with _leaving(self._opened()) as server:
            _start(server, self._sender, composed.to)
            _hand_over(server, self._written(composed))
        return composed.message_id

    def find(self, message: Outgoing) -> str | None:
        """Raise: SMTP has no way to ask.

        Raises:
            OutcomeUnknownError: Always.
        """
        del message
        raise OutcomeUnknownError("no_look_up")

    def _opened(self) -> smtplib.SMTP:
        try:
            return self._connected()
        except (smtplib.SMTPException, OSError) as error:
            fault = _before_any_recipient(error)
        raise fault

    def _connected(self) -> smtplib.SMTP:
        where, name = (self._server.host, self._server.port), domain_of(self._sender)
        if self._server.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, local_hostname=name, timeout=self._timeout, context=self._server.trust
            )
        else:
            server = smtplib.SMTP(*where, local_hostname=name, timeout=self._timeout)
        try:
            self._introduce(server)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP) -> None:
        if self._server.security is Security.STARTTLS:
            server.starttls(context=self._server.trust)
        server.ehlo_or_helo_if_needed()
        if self._server.user is not None:
            server.login(self._server.user, self._server.password or "")

    def _written(self, composed: Composed) -> bytes:
        written = EmailMessage(policy=SMTP)
        written["From"] = self._sender
        written["To"] = composed.to
        written["Subject"] = composed.mail.subject
        written["Date"] = localtime()
        written["Message-ID"] = composed.message_id
        # So that absence notes are not sent back (RFC 3834).
        written["Auto-Submitted"] = "auto-generated"
        written.set_content(composed.mail.body)
        return written.as_bytes()


@contextmanager
def _leaving(server: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    try:
        yield server
    finally:
        # Whatever becomes of the farewell, the message was accepted or it was not.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _start(server: smtplib.SMTP, sender: str, to: str) -> None:
    """Name the sender and the recipient; nothing can have been accepted yet."""
    fault = None
    try:
        code, _ = server.mail(sender)
        if code != _OK:
            fault = NotSentError(f"smtp_{code}", smtp_own_fault(code))
        elif (code := server.rcpt(to)[0]) not in {_OK, _WILL_FORWARD}:
            fault = NotSentError(f"smtp_{code}", smtp_fault(code))
    except (smtplib.SMTPException, OSError) as error:
        fault = _before_any_recipient(error)
    if fault is not None:
        raise fault


def _hand_over(server: smtplib.SMTP, written: bytes) -> None:
    """Send the text. Without an answer to it nobody knows whether it was accepted."""
    code = 0
    with contextlib.suppress(smtplib.SMTPServerDisconnected, OSError):
        code = _answer_to(server, written)
    if code == 0:
        raise OutcomeUnknownError("smtp_no_answer")
    if code != _OK:
        raise NotSentError(f"smtp_{code}", smtp_fault(code))


def _answer_to(server: smtplib.SMTP, written: bytes) -> int:
    try:
        return server.data(written)[0]
    except smtplib.SMTPDataError as error:
        return int(error.smtp_code)


def _before_any_recipient(error: smtplib.SMTPException | OSError) -> NotSentError:
    if isinstance(error, smtplib.SMTPResponseException):
        return NotSentError(f"smtp_{error.smtp_code}", smtp_own_fault(error.smtp_code))
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotSentError("certificate", FaultClass.CFG)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotSentError("smtp_not_supported", FaultClass.CFG)
    return NotSentError("smtp_unreachable", FaultClass.TRY)
