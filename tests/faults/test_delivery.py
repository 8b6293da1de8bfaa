"""Workers that die, and hints that are lost: what was promised in a row is sent, and sent once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from temporalio.testing import WorkflowEnvironment

from activities.delivery_ports import Due
from activities.ports import Told
from domain.due import due_of
from domain.journey import Step
from domain.london_time import london_date
from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.database.tables import MessageRow, table_of
from infra.messages.outbox import ABANDONED_AFTER, EARLY_BY
from notifications.messages import MessageStatus
from tests.builders import a_plan, a_screening, an_opiate_picture
from tests.delivery.texts import a_text_to_staff
from tests.delivery.twilio_service import twilio_service
from tests.driving import Bench
from tests.faults.delivering import Delivering, delivering
from tests.infra.waiting import eventually
from tests.office import HEALTHCARE, PROVIDER, RESETTLEMENT, Office
from tests.standin.faults import Late
from tests.standin.provider import StandIn

pytestmark = [pytest.mark.server, pytest.mark.timeout(240)]

HELD_BACK, AT_ONCE = 3, 3
LONGER_THAN_IT_LIVES = 20.0
GIVES_UP_AFTER_SECONDS = 150
LATER = EARLY_BY + timedelta(seconds=1)
"""So much that whoever does not wait for the timer is turned away."""


class Forgetful(Office):
    """An office whose process dies between the commit and every hint."""

    def dispatch(self, notices: Sequence[Told]) -> None:
        """Lose them."""


@pytest.fixture
async def service(tmp_path: Path, standin: StandIn) -> AsyncIterator[Delivering]:
    async with delivering(tmp_path, standin) as found:
        yield found


async def patiently(is_true: Callable[[], bool]) -> None:
    """Wait for what takes Temporal half a minute to notice: that a worker is dead."""
    deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, "What the test waits for did not happen."
        await asyncio.sleep(0.2)


def all_accepted(office: Office) -> bool:
    return all(each.status is MessageStatus.ACCEPTED for each in office.messages())


def grow_old(office: Office) -> None:
    """Let so much time pass that whoever was sending must be dead."""
    table = table_of(MessageRow)
    with office.database.write() as session:
        session.execute(update(table).values(moved_at=datetime.now(UTC) - 2 * ABANDONED_AFTER))


async def test_a_worker_killed_while_it_sends_leaves_nothing_lost_and_nothing_sent_twice(
    service: Delivering, standin: StandIn
) -> None:
    office = service.office
    for number in range(HELD_BACK + AT_ONCE):
        a_text_to_staff(office, f"nurse-{number}")
    standin.line.next(*[Late(LONGER_THAN_IT_LIVES)] * HELD_BACK)

    service.start_worker()
    await eventually(lambda: len(standin.messages()) >= HELD_BACK)
    await service.kill_the_worker()
    in_the_air = [each for each in office.messages() if each.status is MessageStatus.SENDING]
    grow_old(office)
    service.start_worker()
    await patiently(lambda: all_accepted(office))

    ours = {each.provider_id: each.address for each in office.messages()}
    assert len(in_the_air) >= HELD_BACK
    assert ours == {each["sid"]: each["to"] for each in standin.messages()}
    assert len(set(ours.values())) == HELD_BACK + AT_ONCE


async def test_the_sweep_finds_a_notice_whose_hint_was_lost(
    service: Delivering, standin: StandIn
) -> None:
    office = Forgetful(service.office.database, datetime.now(UTC) - timedelta(days=20))
    office.staff_every_post(RESETTLEMENT, HEALTHCARE, PROVIDER)
    on = london_date(office.now)
    office.start(
        service="cds-hartlepool",
        reception_on=on - timedelta(days=60),
        scheduled_on=on + timedelta(days=15),
        as_given=True,
    )
    office.submit("rel-1", a_screening(on, treatment=an_opiate_picture()), a_plan(on))
    journey = office.journeys["rel-1"]
    due = due_of(journey.state, Step.APPOINTMENT, journey.rules)
    assert due is not None
    office.wait_until(due.at + timedelta(minutes=1))
    assert office.messages() == []

    service.start_worker()

    number = office.number_of("provider-duty")
    await patiently(lambda: len(standin.messages(to=number)) > 0)


async def test_a_message_that_is_due_later_is_sent_by_a_timer_of_its_own(
    database: Database, environment: WorkflowEnvironment, standin: StandIn
) -> None:
    async with twilio_service(database, Bench(environment), standin) as service:
        await asyncio.sleep(0)  # lets the dispatcher begin
        due_at = datetime.now(UTC) + LATER
        service.office.now = due_at
        text = a_text_to_staff(service.office)
        service.dispatcher.send([Due(text, Channel.SMS, Severity.S1, due_at)])

        await eventually(lambda: all_accepted(service.office))

    (sent,) = service.office.messages()
    assert sent.tried_at is not None
    assert sent.tried_at >= due_at - EARLY_BY
    assert [each["sid"] for each in standin.messages()] == [sent.provider_id]
