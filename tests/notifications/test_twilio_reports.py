"""Twilio's words for how a message stands, in ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.evidence import NOT_ANSWERED
from notifications.messages import MessageStatus
from notifications.twilio.forms import CallUpdate
from notifications.twilio.ranking import superseded_by
from notifications.twilio.reports import report_of_call, report_of_text
from notifications.wires import FaultClass

SID, CALL = "SM" + "0" * 32, "CA" + "0" * 32


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("accepted", MessageStatus.ACCEPTED),
        ("queued", MessageStatus.ACCEPTED),
        ("sent", MessageStatus.ACCEPTED),
        ("delivered", MessageStatus.DELIVERED),
        ("read", MessageStatus.DELIVERED),
        ("undelivered", MessageStatus.FAILED),
        ("failed", MessageStatus.FAILED),
        ("canceled", MessageStatus.FAILED),
    ],
)
def test_a_word_for_a_text_means_what_it_says(word: str, status: MessageStatus) -> None:
    assert report_of_text(SID, word, None, None).status is status


@pytest.mark.parametrize(
    ("code", "fault", "again_after"),
    [
        ("30003", FaultClass.TRY, timedelta(hours=1)),
        ("30005", FaultClass.NUM, None),
        ("30007", FaultClass.BODY, None),
        ("30002", FaultClass.CFG, None),
    ],
)
def test_a_failure_carries_what_its_code_means(
    code: str, fault: FaultClass, again_after: timedelta | None
) -> None:
    report = report_of_text(SID, "undelivered", code, "m1")

    assert (report.code, report.fault, report.message_id) == (code, fault, "m1")
    assert (report.again_after[0] if report.again_after else None) == again_after


def test_a_failure_without_a_code_is_named_by_its_word() -> None:
    assert report_of_text(SID, "failed", None, None).code == "failed"


def test_a_late_word_comes_before_the_one_that_is_known() -> None:
    assert "sent" in report_of_text(SID, "delivered", None, None).supersedes
    assert "delivered" not in report_of_text(SID, "sent", None, None).supersedes
    assert superseded_by("never heard of") == frozenset()


def call(status: str, *, answered_by: str | None = None) -> CallUpdate:
    return CallUpdate(CALL, status, None, answered_by, "m1")


@pytest.mark.parametrize(
    ("update", "code"),
    [
        (call("no-answer"), "no_answer"),
        (call("busy"), "busy"),
        (call("canceled"), "canceled"),
        (call("completed", answered_by="machine_start"), "machine"),
        (call("completed", answered_by="machine_end_beep"), "machine"),
        (call("completed", answered_by="fax"), "machine"),
        (call("completed", answered_by="human"), "hung_up"),
        (call("completed"), "hung_up"),
    ],
)
def test_a_call_that_ends_without_a_key_has_reached_nobody(update: CallUpdate, code: str) -> None:
    report = report_of_call(update, "m1")

    assert (report.status, report.code) == (MessageStatus.FAILED, code)
    assert code in NOT_ANSWERED


def test_a_call_that_could_not_be_made_is_not_made_again() -> None:
    report = report_of_call(call("failed"), "m1")

    assert (report.code, report.code in NOT_ANSWERED) == ("call_failed", False)


@pytest.mark.parametrize("status", ["queued", "initiated", "ringing", "in-progress"])
def test_a_call_that_is_under_way_is_no_evidence(status: str) -> None:
    assert report_of_call(call(status), "m1").status is MessageStatus.ACCEPTED
