"""Texts over the line to the stand-in: what is asked for, what an answer means, what is found."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, DefaultPayloadConverter
from temporalio.exceptions import ApplicationError

from notifications.twilio.addresses import Addresses, Webhook
from notifications.twilio.client import RefusedHostError, open_client
from notifications.twilio.texts import Sender, TwilioTexts
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError
from tests.notifications.twilio_case import (
    FORENAME,
    IMPATIENT,
    TIMEOUT,
    TO,
    credentials,
    text,
    texts,
)
from tests.standin.account import SENDER, SERVICE
from tests.standin.faults import Answer, Fault, Garbled, Late, Reset
from tests.standin.ports import free_port
from tests.standin.provider import StandIn

TWILIO_SAYS = "is not a valid phone number"


def failure(standin: StandIn, *faults: Fault) -> NotSentError | OutcomeUnknownError:
    standin.line.next(*faults)
    late = any(isinstance(each, Late) for each in faults)
    try:
        texts(standin.url, timeout=IMPATIENT if late else TIMEOUT).send(text())
    except (NotSentError, OutcomeUnknownError) as error:
        return error
    pytest.fail("It was sent.")


def test_a_text_is_accepted_once_in_the_words_of_the_catalogue(standin: StandIn) -> None:
    sid = texts(standin.url).send(text())

    (kept,) = standin.messages()
    assert (kept["sid"], kept["to"]) == (sid, TO)
    assert kept["body"].startswith("Handover ref 7K2M9Q is overdue")


def test_what_is_asked_for(standin: StandIn) -> None:
    texts(standin.url, base="http://127.0.0.1:9").send(text(valid_for=timedelta(minutes=2)))

    (form,) = standin.line.sends
    assert form["ValidityPeriod"] == "120"
    assert form["MessagingServiceSid"] == SERVICE
    assert "From" not in form
    callback = urlsplit(form["StatusCallback"])
    assert (callback.path, parse_qs(callback.query)) == ("/twilio/status", {"n": ["n1.s1.sms.1"]})


def test_a_number_sends_where_there_is_no_messaging_service(standin: StandIn) -> None:
    client = open_client(credentials(), TIMEOUT, stand_in=standin.url)
    TwilioTexts(client, Sender(SENDER), Addresses("http://127.0.0.1:9")).send(text())

    assert standin.messages()[0]["from"] == SENDER


def test_a_receipt_address_may_ask_for_repeats() -> None:
    address = Addresses("https://handover.example.org", "rc=3&rp=ct,rt,5xx")

    assert address.of(Webhook.RECEIPT, "n1") == (
        "https://handover.example.org/twilio/status?n=n1#rc=3&rp=ct,rt,5xx"
    )


def test_a_wait_beyond_what_twilio_allows_is_cut(standin: StandIn) -> None:
    texts(standin.url).send(text(valid_for=timedelta(days=2)))

    assert standin.line.sends[0]["ValidityPeriod"] == "36000"


def test_what_would_arrive_too_late_is_not_sent(standin: StandIn) -> None:
    with pytest.raises(NotSentError, match="validity_passed"):
        texts(standin.url).send(text(valid_for=timedelta()))

    assert standin.line.sends == []


def test_what_cannot_be_worded_is_not_sent(standin: StandIn) -> None:
    for broken in (text()._replace(fields={}), text()._replace(wording="no_such_wording")):
        with pytest.raises(NotSentError) as refused:
            texts(standin.url).send(broken)
        assert (refused.value.code, refused.value.fault) == ("wording", FaultClass.BODY)

    assert standin.line.sends == []


@pytest.mark.parametrize(
    ("fault", "code", "kept"),
    [
        (Reset(accepted=False), "connection_broken", 0),
        (Reset(accepted=True), "connection_broken", 1),
        (Late(4), "read_timeout", 1),
        (Garbled(), "unreadable_answer", 1),
        (Answer(500, 20500), "20500", 0),
        (Answer(503), "http_503", 0),
        (Answer(408), "http_408", 0),
    ],
)
def test_when_nobody_knows_it_is_unknown_and_sent_once(
    fault: Fault, code: str, kept: int, standin: StandIn
) -> None:
    unknown = failure(standin, fault)

    assert isinstance(unknown, OutcomeUnknownError)
    assert unknown.code == code
    assert len(standin.line.sends) == 1
    assert len(standin.messages()) == kept
    assert (texts(standin.url).find(text()) is not None) is (kept == 1)


@pytest.mark.parametrize(
    ("answer", "code", "fault"),
    [
        (Answer(400, 21211), "21211", FaultClass.NUM),
        (Answer(400, 21610), "21610", FaultClass.OPT),
        (Answer(400, 21617), "21617", FaultClass.BODY),
        (Answer(401, 20003), "20003", FaultClass.CFG),
        (Answer(418), "http_418", FaultClass.CFG),
        (Answer(400, 29999), "29999", FaultClass.CFG),
        (Answer(302), "http_302", FaultClass.CFG),
    ],
)
def test_a_refusal_is_certain_and_classed(
    answer: Answer, code: str, fault: FaultClass, standin: StandIn
) -> None:
    refused = failure(standin, answer)

    assert isinstance(refused, NotSentError)
    assert (refused.code, refused.fault) == (code, fault)
    assert standin.messages() == []


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (Answer(429, 20429, retry_after=7), timedelta(seconds=7)),
        (Answer(429), None),
        (Answer(400, 21611), timedelta(minutes=15)),
    ],
)
def test_a_busy_provider_says_when_to_come_back(
    answer: Answer, wait: timedelta | None, standin: StandIn
) -> None:
    busy = failure(standin, answer)

    assert isinstance(busy, NotSentError)
    assert (busy.fault, busy.retry_after) == (FaultClass.TRY, wait)


def test_nobody_listening_is_certainly_not_sent() -> None:
    with pytest.raises(NotSentError) as refused:
        texts(f"http://127.0.0.1:{free_port()}").send(text())

    assert (refused.value.code, refused.value.fault) == ("unreachable", FaultClass.TRY)


def test_wrong_credentials_stop_everything(standin: StandIn) -> None:
    with pytest.raises(NotSentError) as refused:
        texts(standin.url, secret="wrong").send(text())

    assert (refused.value.code, refused.value.fault) == ("20003", FaultClass.CFG)


def test_a_request_to_any_other_host_never_leaves(standin: StandIn) -> None:
    client = open_client(credentials(), TIMEOUT, stand_in=standin.url)

    with pytest.raises(RefusedHostError, match=r"lookups\.twilio\.com"):
        client.lookups.v2.phone_numbers(TO).fetch()


def test_only_the_same_words_to_the_same_number_are_found(standin: StandIn) -> None:
    wire = texts(standin.url)
    wire.send(text(reference="AAAAAA"))
    mine = wire.send(text())
    wire.send(text(to="+447700900124"))

    assert wire.find(text()) == mine
    assert wire.find(text(reference="BBBBBB")) is None


def test_an_earlier_attempt_in_the_same_words_is_not_taken_for_this_one(standin: StandIn) -> None:
    wire, now = texts(standin.url), datetime.now(UTC)
    sid = wire.send(text())

    assert wire.find(text(since=now)) == sid
    assert wire.find(text(since=now + timedelta(minutes=15))) is None


def test_a_text_that_came_in_is_never_taken_for_ours(standin: StandIn) -> None:
    wire = texts(standin.url)
    wire.send(text())
    words = standin.messages()[0]["body"]
    standin.forget()
    standin.text_from(TO, words)

    assert wire.find(text()) is None


def test_when_the_provider_cannot_be_asked_nothing_is_concluded(standin: StandIn) -> None:
    wire = texts(standin.url, timeout=IMPATIENT)
    sid = wire.send(text())
    standin.line.half_fail(seed=1)
    answers = set()
    for _ in range(20):
        try:
            answers.add(wire.find(text()))
        except NotSentError as error:
            answers.add(error.fault)

    # Never None: what was accepted is found, or the question stays open.
    assert answers == {sid, FaultClass.TRY}


def test_credentials_that_may_not_look_are_our_own_fault(standin: StandIn) -> None:
    with pytest.raises(NotSentError) as refused:
        texts(standin.url, secret="wrong").find(text())

    assert refused.value.fault is FaultClass.CFG


def in_history(error: BaseException) -> str:
    """What Temporal would keep of an activity that failed with this."""
    failed = Failure()
    DefaultFailureConverter().to_failure(error, DefaultPayloadConverter(), failed)
    return str(failed)


@pytest.mark.parametrize(
    "fault",
    [Answer(400, 21211), Answer(429), Answer(503), Reset(accepted=True), Late(4), Garbled()],
)
def test_nothing_of_a_person_is_in_an_error_a_log_or_a_history(
    fault: Fault, standin: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = failure(standin, fault)
    wire = texts(standin.url)
    wire.find(text())
    failed = ApplicationError(error.code, type="NotSent")
    failed.__cause__ = error

    told = "\n".join([repr(error), str(error), in_history(failed), caplog.text, repr(wire)])
    for secret in (TO, TO.removeprefix("+"), "7K2M9Q", TWILIO_SAYS, FORENAME, "overdue"):
        assert secret not in told
    assert error.__context__ is None
    assert error.__cause__ is None
