"""Every row of the two tables of codes, against the reference they were taken from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.twilio import codes
from notifications.wires import FaultClass, NotSentError
from tests.notifications.twilio_case import text, texts
from tests.standin.faults import Answer
from tests.standin.provider import StandIn

NUM, OPT, CFG = FaultClass.NUM, FaultClass.OPT, FaultClass.CFG
BODY, TRY = FaultClass.BODY, FaultClass.TRY

REFUSED = {
    NUM: ("21211", "21614", "21635", "21612"),
    OPT: ("21610",),
    CFG: (
        "21408", "21212", "21603", "21606", "21712", "21609", "21608", "20003", "20404",
        "35114", "35115", "35116", "35117", "35118",
    ),
    BODY: ("21602", "21617", "21619", "90007"),
    TRY: ("21611", "20429"),
}  # fmt: skip
FAILED = {
    NUM: ("30004", "30005", "30006"),
    CFG: ("30002", "30034", "30450"),
    BODY: ("30007", "30039"),
    TRY: ("30001", "30003", "30008", "30036", "30410"),
}
AGAIN = {
    "30001": [15],
    "30003": [60, 240, 960],
    "30008": [15],
    "30410": [15],
}
ROWS = [(fault, code) for fault, listed in REFUSED.items() for code in listed]


@pytest.mark.parametrize(("fault", "code"), ROWS)
def test_a_refusal_over_the_line_is_classed_by_its_code(
    fault: FaultClass, code: str, standin: StandIn
) -> None:
    standin.line.next(Answer(429 if code == "20429" else 400, int(code)))

    with pytest.raises(NotSentError) as refused:
        texts(standin.url).send(text())

    assert (refused.value.code, refused.value.fault) == (code, fault)


def test_no_row_is_missing_and_none_is_untested() -> None:
    assert set(codes.REFUSALS) == {code for _, code in ROWS}
    assert set(codes.FAILURES) == {code for listed in FAILED.values() for code in listed}


@pytest.mark.parametrize(
    ("fault", "code"), [(fault, code) for fault, listed in FAILED.items() for code in listed]
)
def test_a_failure_is_classed_and_says_when_to_try_again(fault: FaultClass, code: str) -> None:
    known = codes.failure(code)

    assert known.fault is fault
    assert [each / timedelta(minutes=1) for each in known.again_after] == AGAIN.get(code, [])


@pytest.mark.parametrize("code", [None, "", "39999"])
def test_an_unknown_failure_is_certain_and_not_repeated(code: str | None) -> None:
    assert codes.failure(code) is codes.UNLISTED_FAILURE
    assert codes.failure(code).again_after == ()


@pytest.mark.parametrize("code", ["29999", "http_418"])
def test_an_unknown_refusal_is_for_the_service_owner(code: str) -> None:
    assert codes.refusal(code).fault is CFG


def test_a_full_queue_waits_a_quarter_of_an_hour() -> None:
    assert codes.refusal("21611").retry_after == timedelta(minutes=15)
