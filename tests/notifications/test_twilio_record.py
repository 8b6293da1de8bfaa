"""Asking Twilio what became of a text or call, and making it forget."""

from __future__ import annotations

from datetime import timedelta

from notifications.twilio.client import open_client
from notifications.twilio.lookup import TwilioRecord
from notifications.wires import FaultClass, NotSentError
from tests.notifications.twilio_case import (
    IMPATIENT,
    TIMEOUT,
    call,
    calls,
    credentials,
    text,
    texts,
)
from tests.standin.provider import StandIn


def record(standin: StandIn, timeout: timedelta = TIMEOUT) -> TwilioRecord:
    return TwilioRecord(open_client(credentials(), timeout, stand_in=standin.url))


def test_a_text_is_looked_up_by_its_sid(standin: StandIn) -> None:
    sid = texts(standin.url).send(text())
    standin.deliver(sid, "undelivered")

    found = record(standin).text(sid)

    assert found is not None
    assert (found.sid, found.status, found.message_id) == (sid, "undelivered", None)


def test_a_call_is_looked_up_by_its_sid(standin: StandIn) -> None:
    sid = calls(standin.url).send(call())
    standin.call_is(sid, "busy")

    found = record(standin).call(sid)

    assert found is not None
    assert (found.status, found.digits) == ("busy", None)


def test_what_twilio_does_not_know_is_nothing(standin: StandIn) -> None:
    assert record(standin).text("SM" + "0" * 32) is None
    assert record(standin).call("CA" + "0" * 32) is None


def test_the_words_go_and_the_record_stays(standin: StandIn) -> None:
    sid = texts(standin.url).send(text())

    record(standin).redact(sid)
    record(standin).redact(sid)

    assert standin.messages()[0]["body"] == ""


def test_a_deleted_text_is_gone_and_stays_gone(standin: StandIn) -> None:
    sid = texts(standin.url).send(text())

    record(standin).delete(sid)
    record(standin).delete(sid)

    assert standin.messages() == []


def test_what_cannot_be_asked_now_is_asked_later(standin: StandIn) -> None:
    sid = texts(standin.url).send(text())
    standin.line.half_fail(seed=5)
    asked = record(standin, IMPATIENT)
    seen: set[FaultClass | None] = set()
    for _ in range(20):
        try:
            answer = asked.text(sid)
        except NotSentError as error:
            seen.add(error.fault)
        else:
            assert answer is not None
            seen.add(None)

    assert seen == {None, FaultClass.TRY}
