"""Rule 4 on the clock: one message for many, at the time of the bundle, and none for nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.commands import MoveReleaseDate
from domain.london_time import london_date
from infra.database.engine import Database
from notifications.catalogue import Wording
from notifications.messages import MessageStatus
from tests.builders import a_plan, a_screening
from tests.office import HEALTHCARE, PROBATION, PROVIDER, RESETTLEMENT, Office

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    """Everybody is there; one worker has several releases."""
    found = Office(database, MONDAY)
    found.staff_every_post(RESETTLEMENT, HEALTHCARE, PROBATION, PROVIDER)
    found.employ("ann", RESETTLEMENT)
    for number in range(3):
        found.start(f"rel-{number}")
        found.name_worker(f"rel-{number}", RESETTLEMENT.role, "ann")
    return found


def after_the_lapses(office: Office) -> datetime:
    """Let three screenings lapse at five on Wednesday; returns the morning of the digest."""
    office.wait_until(datetime(2026, 9, 9, 16, 30, tzinfo=UTC))
    return datetime(2026, 9, 10, 7, 45, tzinfo=UTC)


def digests(office: Office) -> list[tuple[str, str, str, MessageStatus]]:
    return [
        (each.recipient, each.fields["count"], each.fields["overdue"], each.status)
        for each in office.messages(wording=Wording.DIGEST)
    ]


def test_what_is_not_of_today_is_told_once_in_the_morning_with_its_count(office: Office) -> None:
    morning = after_the_lapses(office)
    assert digests(office) == []

    office.wait_until(morning)

    mine = [each for each in digests(office) if each[0] == "ann"]
    assert mine == [("ann", "0", "3", MessageStatus.ACCEPTED)]
    folded = office.messages(recipient="ann", status=MessageStatus.FOLDED)
    assert len(folded) == 3


def test_what_was_done_meanwhile_is_not_told(office: Office) -> None:
    morning = after_the_lapses(office)
    on = london_date(office.now)
    office.submit("rel-0", a_screening(on))

    office.wait_until(morning)

    assert [each[2] for each in digests(office) if each[0] == "ann"] == ["2"]
    assert "answered" in {each.why for each in office.trail("skipped")}


def test_where_everything_was_done_there_is_no_digest(office: Office) -> None:
    morning = after_the_lapses(office)
    on = london_date(office.now)
    for number in range(3):
        office.submit(f"rel-{number}", a_screening(on), a_plan(on))

    office.wait_until(morning)

    assert [each for each in digests(office) if each[0] == "ann"] == []


def test_a_bundle_that_is_told_twice_is_sent_once(office: Office) -> None:
    office.wait_until(after_the_lapses(office))
    bundle = office.messages(recipient="ann", status=MessageStatus.FOLDED)[0].bundle_id
    assert bundle is not None

    office.telling.bundler.tell_bundle(bundle)
    office.settle()

    assert len([each for each in digests(office) if each[0] == "ann"]) == 1


def test_more_pages_of_one_cause_than_the_limit_are_told_to_the_manager_once(
    office: Office,
) -> None:
    for number in range(3, 30):
        office.start(f"rel-{number}")
    on = london_date(office.now)
    for number in range(30):
        move = MoveReleaseDate(on=on, scheduled_on=on + timedelta(days=70), as_given=True)
        office.submit(f"rel-{number}", move)
    office.wait_until(office.now + timedelta(minutes=21))

    storms = office.messages(wording=Wording.STORM)
    assert {each.recipient for each in storms} == {
        "resettlement-team-manager",
        "admin-service-owner",
    }
    assert {each.fields["count"] for each in storms} == {"30"}
    told = office.messages(wording=Wording.RELEASE_DATE_MOVED)
    assert {each.status for each in told} == {MessageStatus.FOLDED}


def test_at_noon_before_a_weekend_owners_hear_of_what_falls_due_in_it(office: Office) -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    office.now = friday
    office.start("rel-friday", reception_on=london_date(friday))
    office.name_worker("rel-friday", RESETTLEMENT.role, "ann")
    office.telling.look_out.arrange()

    office.wait_until(datetime(2026, 11, 27, 12, 5, tzinfo=UTC))

    ahead = office.messages(wording=Wording.LOOK_AHEAD)
    assert {each.fields["by"] for each in ahead} <= {"17:30"}
    assert all(each.fields["on"] == "2026-11-27" for each in ahead)
    assert all(each.sent_at == datetime(2026, 11, 27, 12, tzinfo=UTC) for each in ahead)
