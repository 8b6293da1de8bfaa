"""Effectively once: the five rows of the notifications study, section 1.5, and their neighbours.

A wire that loses its answers stands in for the network; `test_twilio_standin` plays the same
against software that nobody here wrote.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from infra.messages.outbox import ABANDONED_AFTER
from notifications.messages import MessageStatus
from notifications.receipts import Report
from notifications.wires import FaultClass, NotSentError, Outgoing
from tests.delivery.texts import a_text_to_staff
from tests.office import Office, Outcome

A_MINUTE = timedelta(seconds=60)


class CrashError(BaseException):
    """The worker is killed here."""


def try_to_send(office: Office, message_id: str) -> str:
    """Make one attempt of the activity; returns what it returned, or why it failed."""
    try:
        return office.telling.postman.send_message(message_id)
    except ApplicationError as error:
        return str(error.message)


def killed(office: Office, message_id: str, *, after_the_post: bool) -> None:
    """Let a worker be killed just before, or just after, the provider took the message."""

    def crash(message: Outgoing) -> Outcome:
        if after_the_post:
            office.line.accepted["SM-first"] = message
        raise CrashError

    office.line.plan = crash
    with pytest.raises(CrashError):
        office.telling.postman.send_message(message_id)
    office.line.plan = lambda _: "accept"


def status(office: Office) -> MessageStatus:
    return office.messages()[-1].status


def test_without_a_crash_it_is_sent_once(office: Office) -> None:
    message_id = a_text_to_staff(office)

    assert try_to_send(office, message_id)
    assert try_to_send(office, message_id) == ""

    assert (len(office.line.accepted), status(office)) == (1, MessageStatus.ACCEPTED)


def test_killed_before_the_post_it_is_sent_by_the_next(office: Office) -> None:
    message_id = a_text_to_staff(office)
    killed(office, message_id, after_the_post=False)

    office.now += ABANDONED_AFTER + timedelta(seconds=1)
    assert try_to_send(office, message_id)

    assert len(office.line.accepted) == 1


def test_killed_after_the_post_it_is_found_and_not_sent_again(office: Office) -> None:
    message_id = a_text_to_staff(office)
    killed(office, message_id, after_the_post=True)

    office.now += ABANDONED_AFTER + timedelta(seconds=1)
    assert try_to_send(office, message_id) == "SM-first"

    assert (len(office.line.accepted), status(office)) == (1, MessageStatus.ACCEPTED)
    assert [each.what for each in office.trail()][-1] == "found_again"


def test_while_another_may_still_be_sending_nobody_touches_it(office: Office) -> None:
    message_id = a_text_to_staff(office)
    killed(office, message_id, after_the_post=True)

    office.now += ABANDONED_AFTER - timedelta(seconds=1)

    assert try_to_send(office, message_id) == ""
    assert len(office.line.asked) == 1


def test_where_the_answer_is_lost_it_is_looked_for_a_minute_later(office: Office) -> None:
    message_id = a_text_to_staff(office)
    office.line.plan = lambda _: "accept and drop"

    with pytest.raises(ApplicationError) as lost:
        office.telling.postman.send_message(message_id)
    office.now += A_MINUTE
    assert try_to_send(office, message_id)

    assert lost.value.next_retry_delay == A_MINUTE
    assert (len(office.line.accepted), len(office.line.asked)) == (1, 1)


def test_where_the_request_is_lost_staff_are_sent_it_again(office: Office) -> None:
    message_id = a_text_to_staff(office)
    office.line.plan = lambda _: "drop"
    assert try_to_send(office, message_id) == "read_timeout"
    office.line.plan = lambda _: "accept"

    office.now += A_MINUTE
    assert try_to_send(office, message_id)

    assert (len(office.line.accepted), len(office.line.asked)) == (1, 2)


def test_too_many_requests_is_certainly_not_sent_and_tried_again(office: Office) -> None:
    message_id = a_text_to_staff(office)
    wait = timedelta(seconds=7)
    office.line.plan = lambda _: NotSentError("20429", FaultClass.TRY, retry_after=wait)

    with pytest.raises(ApplicationError) as busy:
        office.telling.postman.send_message(message_id)
    assert (busy.value.next_retry_delay, status(office)) == (wait, MessageStatus.QUEUED)
    office.line.plan = lambda _: "accept"

    assert try_to_send(office, message_id)
    assert len(office.line.accepted) == 1


def test_a_receipt_that_comes_before_the_answer_settles_what_the_answer_would(
    office: Office,
) -> None:
    message_id = a_text_to_staff(office)
    killed(office, message_id, after_the_post=True)
    report = Report("SM-first", "delivered", message_id, MessageStatus.DELIVERED)

    office.telling.receipts.record(report)
    office.now += ABANDONED_AFTER + timedelta(seconds=1)

    assert try_to_send(office, message_id) == ""
    assert (status(office), len(office.line.asked)) == (MessageStatus.DELIVERED, 1)


def test_the_error_that_temporal_keeps_holds_a_code_and_nothing_else(office: Office) -> None:
    message_id = a_text_to_staff(office)
    office.line.plan = lambda _: "drop"

    with pytest.raises(ApplicationError) as lost:
        office.telling.postman.send_message(message_id)

    assert (lost.value.message, lost.value.details, lost.value.__cause__) == (
        "read_timeout",
        (),
        None,
    )
    assert lost.value.__suppress_context__
