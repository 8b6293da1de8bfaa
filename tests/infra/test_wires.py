"""Which wire each channel gets, and what verifies callbacks."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from domain.policy import Channel
from infra.message_settings import MessageSettings
from infra.webhooks import signatures
from infra.wires import twilio_record, wires
from notifications.console import ConsoleWire
from notifications.mail.sendgrid import SendGridWire
from notifications.mail.smtp import SmtpWire
from notifications.twilio.calls import TwilioCalls
from notifications.twilio.forms import Refusal
from notifications.twilio.texts import TwilioTexts
from tests.notifications.twilio_case import text
from tests.standin.account import ACCOUNT, KEY, SECONDARY_TOKEN, SECRET, SENDER, TOKEN
from tests.standin.provider import StandIn
from tests.standin.signing import encoded, receipt_form, signature

BASE = "http://127.0.0.1:8000"


def twilio(url: str) -> MessageSettings:
    return MessageSettings(
        phone="twilio",
        public_url=BASE,
        twilio_account=ACCOUNT,
        twilio_key=KEY,
        twilio_secret=SecretStr(SECRET),
        twilio_token=SecretStr(TOKEN),
        twilio_secondary_token=SecretStr(SECONDARY_TOKEN),
        twilio_sender=SENDER,
        twilio_url=url,
    )


def test_by_default_nothing_leaves_the_machine() -> None:
    chosen = wires(MessageSettings())

    assert set(chosen) == {Channel.SMS, Channel.VOICE, Channel.EMAIL}
    assert {type(each) for each in chosen.values()} == {ConsoleWire}
    assert twilio_record(MessageSettings()) is None
    assert signatures(MessageSettings()) is None


def test_twilio_texts_calls_and_answers_what_became_of_it(standin: StandIn) -> None:
    settings = twilio(standin.url)
    chosen = wires(settings)

    sid = chosen[Channel.SMS].send(text())

    assert isinstance(chosen[Channel.SMS], TwilioTexts)
    assert isinstance(chosen[Channel.VOICE], TwilioCalls)
    record = twilio_record(settings)
    assert record is not None
    found = record.text(sid)
    assert found is not None
    assert found.status == "queued"


@pytest.mark.parametrize("token", [TOKEN, SECONDARY_TOKEN, "another"])
def test_callbacks_are_verified_by_both_tokens(token: str) -> None:
    verifier = signatures(twilio("http://127.0.0.1:4013"))
    assert verifier is not None
    form = receipt_form("SM" + "0" * 32, "delivered", to="+447700900123")
    target = "/twilio/status?n=n1"
    signed = signature(BASE + target, form, token=token)

    if token == "another":
        with pytest.raises(Refusal):
            verifier.verified(target, encoded(form), signed)
    else:
        assert verifier.verified(target, encoded(form), signed) == form


def test_e_mail_goes_by_smtp_or_sendgrid() -> None:
    smtp = MessageSettings(mail="smtp", mail_sender="a@example.org", smtp_host="127.0.0.1")
    sendgrid = MessageSettings(
        mail="sendgrid",
        mail_sender="a@example.org",
        link_url="https://handover.example.org",
        sendgrid_key=SecretStr("key"),
    )

    assert isinstance(wires(smtp)[Channel.EMAIL], SmtpWire)
    assert isinstance(wires(sendgrid)[Channel.EMAIL], SendGridWire)
