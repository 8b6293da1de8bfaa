"""E-mail to a real mail server: what arrives, what a reply means, what stays unknown."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import ThroughcareError
from notifications.catalogue import Wording
from notifications.mail.codes import SMTP, smtp_fault
from notifications.mail.smtp import MailServer, Security, SmtpWire
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError
from tests.notifications.mail_case import (
    PASSWORD,
    SENDER,
    TO,
    USER,
    MailServerUnderTest,
    authenticator,
    certificate,
    mail,
)
from tests.standin.ports import free_port

TIMEOUT = timedelta(seconds=1)


@contextmanager
def serving(**replies: str) -> Iterator[MailServerUnderTest]:
    server = MailServerUnderTest(replies)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def wire(port: int) -> SmtpWire:
    return SmtpWire(MailServer("127.0.0.1", port, Security.NONE), SENDER, TIMEOUT)


def test_an_e_mail_arrives_in_the_words_of_the_catalogue() -> None:
    with serving() as server:
        message_id = wire(server.port).send(mail())

        (received,) = server.mailbox.received
    assert (received["From"], received["To"]) == (SENDER, TO)
    assert received["Message-ID"] == message_id
    assert received["Auto-Submitted"] == "auto-generated"
    assert "7K2M9Q" in received["Subject"]
    assert "https://handover.example.org/r/7K2M9Q" in received.get_content()


def test_a_second_copy_can_be_told_to_be_the_same() -> None:
    with serving() as server:
        first, second = wire(server.port).send(mail()), wire(server.port).send(mail())
        other = wire(server.port).send(mail()._replace(id="n1.s1.email.2"))

        ids = [each["Message-ID"] for each in server.mailbox.received]
    assert ids == [first, second, other]
    assert first == second != other
    assert "n1" not in first


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_password_travels_encrypted(security: Security, tmp_path: Path) -> None:
    shown, trusted = certificate(tmp_path)
    if security is Security.STARTTLS:
        server = MailServerUnderTest(tls_context=shown, require_starttls=True)
    else:
        server = MailServerUnderTest(ssl_context=shown, auth_require_tls=False)
    server.SMTP_kwargs["authenticator"] = authenticator
    server.start()
    try:
        at = MailServer("127.0.0.1", server.port, security, USER, PASSWORD, trusted)
        SmtpWire(at, SENDER, TIMEOUT).send(mail())
        assert len(server.mailbox.received) == 1

        wrong = MailServer("127.0.0.1", server.port, security, USER, "wrong", trusted)
        with pytest.raises(NotSentError) as refused:
            SmtpWire(wrong, SENDER, TIMEOUT).send(mail())
        assert (refused.value.code, refused.value.fault) == ("smtp_535", FaultClass.CFG)

        # The system's own authorities know nothing of this certificate.
        doubtful = MailServer("127.0.0.1", server.port, security, USER, PASSWORD)
        with pytest.raises(NotSentError) as refused:
            SmtpWire(doubtful, SENDER, TIMEOUT).send(mail())
        assert (refused.value.code, refused.value.fault) == ("certificate", FaultClass.CFG)
        assert len(server.mailbox.received) == 1
    finally:
        server.stop()


def test_a_server_that_cannot_encrypt_is_given_nothing() -> None:
    with serving() as server:
        at = MailServer("127.0.0.1", server.port, Security.STARTTLS)
        with pytest.raises(NotSentError) as refused:
            SmtpWire(at, SENDER, TIMEOUT).send(mail())

        assert server.mailbox.received == []
    assert (refused.value.code, refused.value.fault) == ("smtp_not_supported", FaultClass.CFG)


@pytest.mark.parametrize("code", sorted(SMTP))
def test_every_reply_about_a_recipient_is_classed(code: int) -> None:
    with serving(RCPT=f"{code} <{TO}> says no") as server:
        with pytest.raises(NotSentError) as refused:
            wire(server.port).send(mail())

        assert server.mailbox.received == []
    assert (refused.value.code, refused.value.fault) == (f"smtp_{code}", smtp_fault(code))
    assert TO not in repr(refused.value)


@pytest.mark.parametrize(
    ("replies", "code", "fault"),
    [
        ({"MAIL": "550 who are you"}, "smtp_550", FaultClass.CFG),
        ({"MAIL": "451 later"}, "smtp_451", FaultClass.TRY),
        ({"DATA": "554 looks like spam"}, "smtp_554", FaultClass.BODY),
        ({"DATA": "451 later"}, "smtp_451", FaultClass.TRY),
        ({"DATA": "599 new"}, "smtp_599", FaultClass.CFG),
    ],
)
def test_a_refusal_at_any_stage_is_certain(
    replies: dict[str, str], code: str, fault: FaultClass
) -> None:
    with serving(**replies) as server:
        with pytest.raises(NotSentError) as refused:
            wire(server.port).send(mail())

        assert server.mailbox.received == []
    assert (refused.value.code, refused.value.fault) == (code, fault)


def test_a_line_that_breaks_after_the_text_leaves_it_unknown() -> None:
    with serving(DATA="drop") as server:
        with pytest.raises(OutcomeUnknownError, match="smtp_no_answer"):
            wire(server.port).send(mail())

        assert len(server.mailbox.received) == 1


def test_nobody_listening_is_certainly_not_sent() -> None:
    with pytest.raises(NotSentError) as refused:
        wire(free_port()).send(mail())

    assert (refused.value.code, refused.value.fault) == ("smtp_unreachable", FaultClass.TRY)


def test_a_server_that_never_speaks_is_given_up() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(NotSentError) as refused,
    ):
        wire(silent.getsockname()[1]).send(mail())

    assert refused.value.fault is FaultClass.TRY


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "a@example.org\r\nBcc: b@example.org",
        "A <a@example.org>",
        "á@example.org",
    ],
)
def test_an_address_that_could_carry_more_is_refused(address: str) -> None:
    with pytest.raises(NotSentError) as refused:
        wire(free_port()).send(mail(to=address))

    assert (refused.value.code, refused.value.fault) == ("address_unusable", FaultClass.NUM)


def test_what_is_only_ever_texted_is_not_mailed() -> None:
    with pytest.raises(NotSentError) as refused:
        wire(free_port()).send(mail()._replace(wording=Wording.FIRST_TEXT))

    assert (refused.value.code, refused.value.fault) == ("wording", FaultClass.BODY)


def test_smtp_cannot_be_asked_what_it_took() -> None:
    with pytest.raises(OutcomeUnknownError):
        wire(free_port()).find(mail())


@pytest.mark.parametrize("replies", [{}, {"RCPT": f"550 {TO} is unknown"}, {"DATA": "drop"}])
def test_nothing_of_a_person_is_in_an_error_or_a_log(
    replies: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    # The server under test talks in the same process, and logs as it likes.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    caplog.set_level(logging.DEBUG)
    raised: ThroughcareError | None = None
    with serving(**replies) as server:
        try:
            wire(server.port).send(mail())
        except (NotSentError, OutcomeUnknownError) as error:
            raised = error

    assert (raised is None) is not bool(replies)
    assert raised is None or raised.__context__ is None
    for secret in (TO, "7K2M9Q", PASSWORD):
        assert secret not in repr(raised) + caplog.text
