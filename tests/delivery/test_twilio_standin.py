"""Effectively once against software that nobody here wrote: the crash table, and a line that fails.

The stand-in keeps its own record; ours must agree with it, message by message.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.exceptions import ApplicationError

from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.messages import planning
from infra.messages.outbox import ABANDONED_AFTER
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.wires import Outgoing
from tests.delivery.test_crash_table import CrashError, try_to_send
from tests.delivery.texts import a_text_to_staff
from tests.notifications.twilio_case import IMPATIENT, TIMEOUT, calls, texts
from tests.office import PROVIDER, Office
from tests.standin.faults import Answer, Fault, Garbled, Late, Reset
from tests.standin.provider import StandIn

A_MINUTE = timedelta(minutes=1)
SENDERS = 8
NOTICES = 50
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class DyingWire:
    """A wire whose worker is killed after the provider has taken the message."""

    def __init__(self, url: str) -> None:
        self._wire = texts(url)

    def send(self, message: Outgoing) -> str:
        self._wire.send(message)
        raise CrashError

    def find(self, message: Outgoing) -> str | None:
        return self._wire.find(message)


def an_office(database: Database, standin: StandIn, timeout: timedelta = TIMEOUT) -> Office:
    # On the real clock, because the stand-in dates what it keeps by it.
    return Office(
        database,
        datetime.now(UTC),
        {
            Channel.SMS: texts(standin.url, timeout=timeout),
            Channel.VOICE: calls(standin.url, timeout=timeout),
        },
    )


def test_killed_after_the_post_it_is_found_and_not_sent_again(
    database: Database, standin: StandIn
) -> None:
    dying = Office(database, datetime.now(UTC), {Channel.SMS: DyingWire(standin.url)})
    text = a_text_to_staff(dying)
    with pytest.raises(CrashError):
        dying.telling.postman.send_message(text)

    office = an_office(database, standin)
    office.now += ABANDONED_AFTER + timedelta(seconds=1)
    sid = try_to_send(office, text)

    assert [each["sid"] for each in standin.messages()] == [sid]
    assert office.messages()[-1].status is MessageStatus.ACCEPTED


@pytest.mark.parametrize(
    "fault",
    [
        Answer(429, 20429, retry_after=1),
        Answer(500, 20500),
        Answer(503),
        Garbled(),
        Late(4),
        Reset(accepted=False),
        Reset(accepted=True),
    ],
)
def test_whatever_befalls_the_first_try_it_is_accepted_once(
    fault: Fault, database: Database, standin: StandIn
) -> None:
    office = an_office(database, standin, IMPATIENT if isinstance(fault, Late) else TIMEOUT)
    text = a_text_to_staff(office)
    standin.line.next(fault)
    failed = try_to_send(office, text)
    assert not failed.startswith("SM")

    office.now += A_MINUTE
    sid = try_to_send(office, text)

    (kept,) = standin.messages()
    row = office.messages()[-1]
    assert (kept["sid"], kept["body"], kept["to"]) == (sid, row.body, row.address)
    assert (row.provider_id, row.status) == (sid, MessageStatus.ACCEPTED)


def a_notice(office: Office, number: int) -> str:
    """Write a text that is due now and says something no other says."""
    planned = Planned(
        id=message_id(f"reply.SM{number}", "nurse", Channel.SMS),
        notice_id=None,
        release_id=None,
        kind=RecipientKind.STAFF,
        recipient="nurse",
        channel=Channel.SMS,
        attempt=1,
        wording=Wording.TAKEN,
        fields={"reference": "7K2M" + ALPHABET[number // 32] + ALPHABET[number % 32]},
        severity=Severity.S1,
        status=MessageStatus.QUEUED,
        due_at=office.now,
    )
    with office.database.write() as session:
        planning.write(session, [planned], office.now, None)
    return planned.id


def keep_sending(office: Office, notice: str) -> None:
    """Try again for as long as the activity asks to, as Temporal does, only sooner."""
    while True:
        try:
            office.telling.postman.send_message(notice)
        except ApplicationError:
            time.sleep(0.5)  # what is under way arrives before it is looked for
        else:
            return


def test_half_of_all_requests_fail_and_no_notice_is_lost_or_accepted_twice(
    database: Database, standin: StandIn
) -> None:
    office = an_office(database, standin, IMPATIENT)
    office.employ("nurse", PROVIDER)
    notices = [a_notice(office, number) for number in range(NOTICES)]
    standin.line.half_fail(seed=5, late=3)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(lambda notice: keep_sending(office, notice), notices))

    theirs = {each["sid"]: each["body"] for each in standin.messages()}
    ours = {each.provider_id: each.body for each in office.messages()}
    assert len(standin.line.sends) > NOTICES
    assert len(set(ours.values())) == NOTICES
    assert theirs == ours
