"""Talks to the real Twilio and SendGrid: `.venv/bin/pytest -m smoke -n 0 tests/smoke`.

Nothing is delivered and nothing is charged. It needs the internet, Twilio's *test* credentials and
a SendGrid key, so it is deselected unless asked for:

    THROUGHCARE_TEST_TWILIO_ACCOUNT   test account SID (Twilio console, "Test credentials")
    THROUGHCARE_TEST_TWILIO_TOKEN     its auth token
    THROUGHCARE_TEST_SENDGRID_KEY     an API key that may send
    THROUGHCARE_TEST_SENDGRID_SENDER  a verified sender

Twilio's magic numbers: https://www.twilio.com/docs/iam/test-credentials
SendGrid's sandbox mode checks a request and delivers nothing.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from notifications.mail.sendgrid import SendGridAccount, SendGridWire
from notifications.twilio.addresses import Addresses
from notifications.twilio.calls import TwilioCalls
from notifications.twilio.client import Credentials, open_client
from notifications.twilio.texts import Sender, TwilioTexts
from notifications.wires import FaultClass, NotSentError
from tests.notifications.mail_case import mail
from tests.notifications.twilio_case import call, text

pytestmark = pytest.mark.smoke

ALWAYS_VALID = "+15005550006"
TIMEOUT = timedelta(seconds=20)
CALLBACKS = Addresses("https://handover.example.org")


def given(name: str) -> str:
    value = os.environ.get(f"THROUGHCARE_TEST_{name}")
    if not value:
        pytest.fail(f"Set THROUGHCARE_TEST_{name}; the head of this file says how to get it.")
    return value


def twilio() -> object:
    account, token = given("TWILIO_ACCOUNT"), given("TWILIO_TOKEN")
    # Test credentials have no API keys.
    return open_client(Credentials(account, account, token), TIMEOUT)


def test_twilio_accepts_a_text() -> None:
    sid = TwilioTexts(twilio(), Sender(ALWAYS_VALID), CALLBACKS).send(text(to="+447400123456"))

    assert sid.startswith("SM")


@pytest.mark.parametrize(
    ("to", "code", "fault"),
    [
        ("+15005550001", "21211", FaultClass.NUM),
        ("+15005550002", "21612", FaultClass.NUM),
        ("+15005550003", "21408", FaultClass.CFG),
        ("+15005550004", "21610", FaultClass.OPT),
        ("+15005550009", "21614", FaultClass.NUM),
    ],
)
def test_twilio_refuses_with_the_codes_of_our_table(to: str, code: str, fault: FaultClass) -> None:
    with pytest.raises(NotSentError) as refused:
        TwilioTexts(twilio(), Sender(ALWAYS_VALID), CALLBACKS).send(text(to=to))

    assert (refused.value.code, refused.value.fault) == (code, fault)


def test_twilio_accepts_a_call() -> None:
    sid = TwilioCalls(twilio(), ALWAYS_VALID, CALLBACKS).send(call(to="+447400123456"))

    assert sid.startswith("CA")


def test_sendgrid_finds_nothing_wrong_with_an_e_mail() -> None:
    account = SendGridAccount(given("SENDGRID_KEY"), sandbox=True)

    assert SendGridWire(account, given("SENDGRID_SENDER"), TIMEOUT).send(mail())
