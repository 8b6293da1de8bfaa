"""E-mail by SendGrid: the documented request, and what each documented answer means."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.errors import ThroughcareError
from notifications.mail.codes import SENDGRID, sendgrid_fault
from notifications.mail.sendgrid import SendGridAccount, SendGridWire
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError
from tests.notifications.mail_case import SENDER, TO, mail
from tests.standin.ports import free_port
from tests.standin.sendgrid import SendGrid, Told

KEY = "stand-in-sendgrid-key"


@pytest.fixture
def sendgrid() -> Iterator[SendGrid]:
    service = SendGrid(KEY)
    service.start()
    yield service
    service.stop()


def wire(url: str, key: str = KEY) -> SendGridWire:
    return SendGridWire(SendGridAccount(key, url), SENDER, timedelta(seconds=1))


def failure(sendgrid: SendGrid, told: Told) -> NotSentError | OutcomeUnknownError:
    sendgrid.told = [told]
    try:
        wire(sendgrid.url).send(mail())
    except (NotSentError, OutcomeUnknownError) as error:
        return error
    pytest.fail("It was sent.")


def test_an_e_mail_is_handed_over_as_documented(sendgrid: SendGrid) -> None:
    assert wire(sendgrid.url).send(mail()) == "stand-in-id"

    (request,) = sendgrid.accepted
    assert request["personalizations"] == [{"to": [{"email": TO}]}]
    assert request["from"] == {"email": SENDER}
    assert "7K2M9Q" in request["subject"]
    assert [each["type"] for each in request["content"]] == ["text/plain"]


def test_nothing_is_tracked_and_no_link_is_rewritten(sendgrid: SendGrid) -> None:
    wire(sendgrid.url).send(mail())

    assert sendgrid.accepted[0]["tracking_settings"] == {
        "click_tracking": {"enable": False, "enable_text": False},
        "open_tracking": {"enable": False},
    }


@pytest.mark.parametrize("status", sorted(SENDGRID))
def test_every_documented_refusal_is_classed(status: int, sendgrid: SendGrid) -> None:
    refused = failure(sendgrid, Told(status))

    assert isinstance(refused, NotSentError)
    assert (refused.code, refused.fault) == (f"sendgrid_{status}", sendgrid_fault(status))
    assert sendgrid.accepted == []


def test_a_refused_address_is_about_the_recipient(sendgrid: SendGrid) -> None:
    refused = failure(sendgrid, Told(400, "personalizations.0.to.0.email"))

    assert isinstance(refused, NotSentError)
    assert refused.fault is FaultClass.NUM


def test_a_busy_provider_says_when_to_come_back(sendgrid: SendGrid) -> None:
    refused = failure(sendgrid, Told(429, headers={"Retry-After": "9"}))

    assert isinstance(refused, NotSentError)
    assert refused.retry_after == timedelta(seconds=9)


@pytest.mark.parametrize("status", [500, 503, 408])
def test_a_failing_provider_leaves_it_unknown(status: int, sendgrid: SendGrid) -> None:
    assert isinstance(failure(sendgrid, Told(status)), OutcomeUnknownError)


def test_a_line_that_breaks_after_acceptance_leaves_it_unknown(sendgrid: SendGrid) -> None:
    assert isinstance(failure(sendgrid, Told(0)), OutcomeUnknownError)
    assert len(sendgrid.accepted) == 1


def test_nobody_listening_is_certainly_not_sent() -> None:
    with pytest.raises(NotSentError) as refused:
        wire(f"http://127.0.0.1:{free_port()}").send(mail())

    assert (refused.value.code, refused.value.fault) == ("unreachable", FaultClass.TRY)


def test_a_wrong_key_is_our_own_fault(sendgrid: SendGrid) -> None:
    with pytest.raises(NotSentError) as refused:
        wire(sendgrid.url, "wrong").send(mail())

    assert refused.value.fault is FaultClass.CFG


def test_sendgrid_cannot_be_asked_what_it_took(sendgrid: SendGrid) -> None:
    with pytest.raises(OutcomeUnknownError):
        wire(sendgrid.url).find(mail())


@pytest.mark.parametrize("told", [Told(400, "personalizations"), Told(503), Told(0)])
def test_nothing_of_a_person_is_in_an_error_or_a_log(
    told: Told, sendgrid: SendGrid, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error: ThroughcareError = failure(sendgrid, told)

    assert error.__context__ is None
    for secret in (TO, KEY, "7K2M9Q"):
        assert secret not in repr(error) + str(error) + caplog.text
    assert KEY not in repr(SendGridAccount(KEY))
