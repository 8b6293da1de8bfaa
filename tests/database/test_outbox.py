from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from infra.database.engine import Database
from infra.database.outbox import SqlOutbox
from infra.database.tables import NotificationRow
from tests.builders import Journey
from tests.database.projections import Ticking, a_read_model, project


@pytest.fixture
def notice_id(database: Database) -> str:
    """The notice of a lapsed screening."""
    journey = Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    queued = project(a_read_model(database), journey)
    return next(each for each in queued if each.endswith("step_lapsed"))


def stored(database: Database, notice_id: str) -> NotificationRow:
    with database.read() as session:
        query = select(NotificationRow).where(NotificationRow.id == notice_id)
        return session.execute(query).scalar_one()


def test_a_claimed_notice_says_what_its_sender_needs_and_nothing_more(
    database: Database, notice_id: str
) -> None:
    notice = SqlOutbox(database).claim(notice_id)

    assert notice is not None
    assert (notice.template, notice.step, notice.organisation) == (
        "step_lapsed",
        "screening",
        "LEI",
    )
    assert len(notice.reference) == 6
    row = stored(database, notice_id)
    assert (row.status.value, row.attempts) == ("sending", 1)


def test_a_notice_is_claimed_once(database: Database, notice_id: str) -> None:
    outbox = SqlOutbox(database)
    outbox.claim(notice_id)

    assert outbox.claim(notice_id) is None


def test_of_eight_that_claim_at_once_one_gets_it(database: Database, notice_id: str) -> None:
    outbox = SqlOutbox(database)

    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(outbox.claim, [notice_id] * 8))

    assert len([each for each in claimed if each]) == 1
    assert stored(database, notice_id).attempts == 1


def test_an_unknown_notice_cannot_be_claimed(database: Database) -> None:
    assert SqlOutbox(database).claim("rel-9.1.step_lapsed") is None


def test_a_sent_notice_is_never_sent_again(database: Database, notice_id: str) -> None:
    outbox = SqlOutbox(database)
    outbox.claim(notice_id)

    outbox.sent(notice_id, "console-1")
    outbox.sent(notice_id, "console-2")
    outbox.failed(notice_id, "late_answer", retry=True)

    assert outbox.claim(notice_id) is None
    row = stored(database, notice_id)
    assert (row.status.value, row.provider_id, row.code) == ("sent", "console-1", None)
    assert row.sent_at is not None


def test_what_was_certainly_not_sent_can_be_claimed_again(
    database: Database, notice_id: str
) -> None:
    outbox = SqlOutbox(database)
    outbox.claim(notice_id)

    outbox.failed(notice_id, "provider_busy", retry=True)

    assert outbox.claim(notice_id) is not None
    assert stored(database, notice_id).attempts == 2


def test_what_can_never_be_sent_fails_with_its_reason(database: Database, notice_id: str) -> None:
    outbox = SqlOutbox(database)
    outbox.claim(notice_id)

    outbox.failed(notice_id, "number_unknown", retry=False)

    assert outbox.claim(notice_id) is None
    row = stored(database, notice_id)
    assert (row.status.value, row.code) == ("failed", "number_unknown")


def test_a_notice_that_stays_behind_is_found(database: Database, notice_id: str) -> None:
    clock = Ticking()
    outbox = SqlOutbox(database, clock)
    clock.now += timedelta(minutes=30)
    outbox.claim(notice_id)

    assert notice_id not in {each.id for each in outbox.stale(timedelta(minutes=10))}
    clock.now += timedelta(minutes=11)
    found = {each.id: each for each in outbox.stale(timedelta(minutes=10))}

    assert (found[notice_id].status.value, found[notice_id].attempts) == ("sending", 1)


def test_a_claim_whose_sender_died_is_given_back(database: Database, notice_id: str) -> None:
    clock = Ticking()
    outbox = SqlOutbox(database, clock)
    outbox.claim(notice_id)

    clock.now += timedelta(minutes=2)
    outbox.give_back(timedelta(minutes=3))
    assert outbox.claim(notice_id) is None
    outbox.give_back(timedelta(minutes=1))

    assert outbox.claim(notice_id) is not None


def test_what_was_sent_is_not_given_back(database: Database, notice_id: str) -> None:
    clock = Ticking()
    outbox = SqlOutbox(database, clock)
    outbox.claim(notice_id)
    outbox.sent(notice_id, "provider-1")

    clock.now += timedelta(days=1)
    outbox.give_back(timedelta(minutes=1))

    assert outbox.claim(notice_id) is None


def test_what_was_sent_is_not_behind(database: Database, notice_id: str) -> None:
    clock = Ticking()
    outbox = SqlOutbox(database, clock)
    outbox.claim(notice_id)
    outbox.sent(notice_id, "console-1")
    clock.now += timedelta(days=1)

    assert notice_id not in {each.id for each in outbox.stale(timedelta(minutes=10))}
