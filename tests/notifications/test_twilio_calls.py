"""Calls over the line to the stand-in, and what is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from notifications.catalogue import Wording, render_call
from notifications.twilio.twiml import twiml_after, twiml_asking
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError
from tests.notifications.twilio_case import IMPATIENT, TIMEOUT, TO, call, calls
from tests.standin.account import SENDER
from tests.standin.faults import Answer, Fault, Garbled, Late, Reset
from tests.standin.provider import StandIn

SCRIPT = render_call(Wording.NEEDED_NOW)
NOW = datetime.now(UTC)


def test_a_call_is_accepted_once_and_asks_for_one_key(standin: StandIn) -> None:
    sid = calls(standin.url, base="http://127.0.0.1:9").send(call())

    (kept,) = standin.calls()
    assert (kept["sid"], kept["to"], kept["from"]) == (sid, TO, SENDER)
    (form,) = standin.line.sends
    assert form["MachineDetection"] == "Enable"
    assert form["Record"] == "false"
    assert form["Timeout"] == "25"
    assert form["StatusCallback"] == "http://127.0.0.1:9/twilio/call?n=n1.s1.voice.1"
    gather = ET.fromstring(form["Twiml"]).find("Gather")  # noqa: S314 - our own words
    assert gather is not None
    assert gather.attrib == {
        "input": "dtmf",
        "numDigits": "1",
        "timeout": "8",
        "method": "POST",
        "action": "http://127.0.0.1:9/twilio/voice?n=n1.s1.voice.1",
    }


@pytest.mark.parametrize("wording", [Wording.STEP_LAPSED, Wording.ESCALATED, Wording.NEEDED_NOW])
def test_what_is_said_names_no_release_and_fits(wording: Wording) -> None:
    spoken = twiml_asking(render_call(wording), "https://handover.example.org/twilio/voice?n=n1")

    assert len(spoken) < 4_000
    assert "7K2M9Q" not in spoken
    said = [each.text for each in ET.fromstring(spoken).iter("Say")]  # noqa: S314 - our own words
    assert said == [*render_call(wording).sentences * 2, render_call(wording).unanswered]


@pytest.mark.parametrize(
    ("digit", "words"),
    [("1", "It is yours now"), ("2", "Somebody else is being asked"), ("7", "Nothing was pressed")],
)
def test_a_key_is_answered_in_words(digit: str, words: str) -> None:
    assert words in twiml_after(SCRIPT, digit)
    assert "<Hangup" in twiml_after(SCRIPT, digit)


def test_what_is_never_called_is_not_sent(standin: StandIn) -> None:
    with pytest.raises(NotSentError) as refused:
        calls(standin.url).send(call()._replace(wording=Wording.TAKEN))

    assert (refused.value.code, refused.value.fault) == ("wording", FaultClass.BODY)
    assert standin.line.sends == []


@pytest.mark.parametrize(
    ("fault", "made"),
    [
        (Reset(accepted=False), 0),
        (Reset(accepted=True), 1),
        (Late(4), 1),
        (Garbled(), 1),
        (Answer(500, 20500), 0),
    ],
)
def test_an_unknown_call_is_found_when_it_was_made(
    fault: Fault, made: int, standin: StandIn
) -> None:
    standin.line.next(fault)
    wire = calls(standin.url, timeout=IMPATIENT if isinstance(fault, Late) else TIMEOUT)

    with pytest.raises(OutcomeUnknownError):
        wire.send(call())

    assert len(standin.calls()) == made
    assert (wire.find(call(since=NOW)) is not None) is (made == 1)


def test_a_refused_call_says_why(standin: StandIn) -> None:
    standin.line.next(Answer(400, 21211))

    with pytest.raises(NotSentError) as refused:
        calls(standin.url).send(call())

    assert (refused.value.code, refused.value.fault) == ("21211", FaultClass.NUM)


def test_an_earlier_call_is_not_taken_for_this_one(standin: StandIn) -> None:
    wire = calls(standin.url)
    wire.send(call())

    assert wire.find(call(since=datetime.now(UTC) + timedelta(minutes=3))) is None
    with pytest.raises(OutcomeUnknownError):
        wire.find(call())
