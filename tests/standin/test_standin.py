"""The rig itself: what it passes on, what it refuses, and how it breaks."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
import requests
from twilio.request_validator import RequestValidator

from tests.standin.account import ACCOUNT, KEY, SECRET, SENDER, TOKEN
from tests.standin.faults import Answer, Fault, Garbled, Late, Reset
from tests.standin.provider import StandIn
from tests.standin.receiver import Receiver
from tests.standin.signing import signature

TO = "+447700900123"


def post(standin: StandIn, **form: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.post(
            f"{standin.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            data={"To": TO, "From": SENDER, "Body": "Ref 7K2M9Q", **form},
            auth=(KEY, SECRET),
            timeout=2,
        )


def test_a_message_is_kept_and_its_receipts_are_signed(
    standin: StandIn, receiver: Receiver
) -> None:
    url = f"{receiver.url}/twilio/status?n=m1"
    sid = post(standin, StatusCallback=url).json()["sid"]

    standin.deliver(sid, "delivered")

    assert [each["body"] for each in standin.messages(to=TO)] == ["Ref 7K2M9Q"]
    last = receiver.webhooks[-1]
    form = dict(parse_qsl(last.body.decode(), keep_blank_values=True))
    assert (last.target, form["MessageStatus"]) == ("/twilio/status?n=m1", "delivered")
    assert RequestValidator(TOKEN).validate(url, form, last.signature)
    assert signature(url, form) == last.signature


def test_a_reply_comes_in_signed(standin: StandIn, receiver: Receiver) -> None:
    standin.replies_to(f"{receiver.url}/twilio/reply")

    standin.text_from(TO, "OK 7K2M9Q")

    form = dict(parse_qsl(receiver.webhooks[-1].body.decode()))
    assert (form["From"], form["Body"]) == (TO, "OK 7K2M9Q")


@pytest.mark.parametrize(
    ("fault", "accepted"),
    [(Reset(accepted=False), 0), (Reset(accepted=True), 1), (Late(4), 1)],
)
def test_the_line_breaks_before_or_after_acceptance(
    fault: Fault, accepted: int, standin: StandIn
) -> None:
    standin.line.next(fault)

    with pytest.raises((requests.ConnectionError, requests.ReadTimeout)):
        post(standin)

    assert len(standin.messages(to=TO)) == accepted
    assert post(standin).status_code == 201


def test_the_line_answers_in_the_providers_place(standin: StandIn) -> None:
    standin.line.next(Answer(429, 20429, retry_after=7), Answer(503), Garbled())

    busy, broken, garbled = post(standin), post(standin), post(standin)

    assert (busy.status_code, busy.json()["code"], busy.headers["Retry-After"]) == (429, 20429, "7")
    assert (broken.status_code, broken.headers["Content-Type"]) == (
        503,
        "text/html; charset=utf-8",
    )
    assert (garbled.status_code, garbled.text[:6]) == (201, "<html>")
    assert len(standin.messages(to=TO)) == 1


def test_one_number_can_fail_for_ever(standin: StandIn) -> None:
    standin.line.for_number(TO, Answer(400, 21610))

    assert [post(standin).status_code for _ in range(3)] == [400] * 3
    assert post(standin, To="+447700900124").status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"To": "banana"},
        {"MessagingServiceSid": "MGbad"},
        {"StatusCallback": "nope"},
        {"Bodi": "misspelt"},
        {"Body": "x" * 1601},
        {"ValidityPeriod": "soon"},
    ],
)
def test_a_request_that_breaks_the_contract_reaches_nobody(
    wrong: dict[str, str], standin: StandIn
) -> None:
    assert post(standin, **wrong).status_code == 422

    assert standin.messages() == []
    assert len(standin.line.breaches) == 1
    standin.line.breaches.clear()


def test_half_of_all_requests_fail_and_the_same_half_each_time(standin: StandIn) -> None:
    def storm() -> list[str]:
        standin.line.half_fail(seed=3, late=4)
        seen = []
        for _ in range(16):
            try:
                seen.append(str(post(standin).status_code))
            except requests.RequestException as error:
                seen.append(type(error).__name__)
        return seen

    first = storm()

    assert first == storm()
    assert 3 <= first.count("201") <= 13
