"""What the person leaving prison is texted, with their agreement, and when it must not be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.commands import (
    BookAppointment,
    CancelAppointment,
    RecordContact,
    RecordDeath,
    RecordRelease,
)
from domain.policy import Severity
from infra.database.engine import Database
from infra.database.tables import TextingRow, table_of
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, RecipientKind
from notifications.receipts import Report
from notifications.wires import FaultClass
from tests.builders import SERVICE, a_plan, a_screening, an_opiate_picture, at
from tests.office import FORENAME, MOBILE, PROVIDER, Office

# A Tuesday; the first appointment is on Thursday week, at half past ten in London.
RELEASE_ON = date(2026, 12, 1)
APPOINTMENT_AT = datetime(2026, 12, 10, 10, 30, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    """The day of release, an hour after it; the person has agreed to texts."""
    found = Office(database, at(RELEASE_ON, 8))
    found.staff_every_post(PROVIDER)
    found.employ("keyworker", PROVIDER)
    found.start(texts=True, service=SERVICE, reception_on=date(2026, 11, 1))
    found.name_worker("rel-1", PROVIDER.role, "keyworker")
    found.submit(
        "rel-1", a_screening(RELEASE_ON, treatment=an_opiate_picture()), a_plan(RELEASE_ON)
    )
    found.submit("rel-1", RecordRelease(at=at(RELEASE_ON, 8), naloxone_in_hand=True))
    found.now = at(RELEASE_ON, 9)
    found.settle()
    return found


def book(office: Office, when: datetime = APPOINTMENT_AT) -> None:
    command = BookAppointment(on=office.now.date(), service=SERVICE, at=when, place="place-1")
    office.submit("rel-1", command)
    office.settle()


def texts(office: Office, *statuses: MessageStatus) -> list[tuple[str, datetime]]:
    """Return the wording of each text to the person and when it went, or is to go."""
    found = office.messages(kind=RecipientKind.PERSON)
    times = [
        (each.sent_at or each.due_at, each.wording)
        for each in found
        if not statuses or each.status in statuses
    ]
    return [(wording, when) for when, wording in sorted(times)]


def test_on_the_day_of_release_they_are_told_who_will_text_them(office: Office) -> None:
    assert texts(office, MessageStatus.ACCEPTED) == [(Wording.FIRST_TEXT, at(RELEASE_ON, 9))]
    first = office.messages(kind=RecipientKind.PERSON)[0]
    assert first.body is not None
    assert first.body.startswith(f"Hello {FORENAME}.")
    assert first.address == MOBILE


def test_an_appointment_is_told_at_once_two_working_days_before_and_on_the_morning(
    office: Office,
) -> None:
    book(office)
    office.wait_until(APPOINTMENT_AT)

    assert texts(office, MessageStatus.ACCEPTED) == [
        (Wording.APPOINTMENT_BOOKED, at(RELEASE_ON, 9)),
        (Wording.FIRST_TEXT, at(RELEASE_ON, 9)),
        (Wording.APPOINTMENT_REMINDER, datetime(2026, 12, 8, 9, tzinfo=UTC)),
        (Wording.APPOINTMENT_DAY, datetime(2026, 12, 10, 9, tzinfo=UTC)),
    ]


def test_one_text_too_many_in_a_week_is_not_sent(office: Office) -> None:
    for day in (3, 4, 5):
        book(office, datetime(2026, 12, day, 10, 30, tzinfo=UTC))

    sent = texts(office, MessageStatus.ACCEPTED)

    assert len(sent) == 3
    assert {each.reason for each in office.messages(status=MessageStatus.SKIPPED)} >= {"cap"}


def test_a_cancelled_appointment_is_not_reminded_of(office: Office) -> None:
    book(office)
    office.submit("rel-1", CancelAppointment(on=office.now.date(), appointment="a1"))
    office.wait_until(APPOINTMENT_AT)

    assert Wording.APPOINTMENT_REMINDER not in dict(texts(office, MessageStatus.ACCEPTED))
    assert "appointment_changed" in {each.why for each in office.trail("skipped")}


def test_a_missed_appointment_is_met_without_blame(office: Office) -> None:
    book(office)
    office.wait_until(APPOINTMENT_AT + timedelta(hours=4))
    on = office.now.date()
    office.submit("rel-1", RecordContact(on=on, appointment="a1", attended=False))
    office.settle()

    missed = office.messages(wording=Wording.APPOINTMENT_MISSED)
    assert [each.status for each in missed] in (
        [MessageStatus.ACCEPTED],
        [MessageStatus.SKIPPED],
    )
    assert all("at" not in each.fields for each in missed)


def test_after_a_death_nothing_is_ever_sent_to_the_number(office: Office) -> None:
    book(office)
    before = len(texts(office, MessageStatus.ACCEPTED))
    office.submit("rel-1", RecordDeath(on=office.now.date()))
    office.wait_until(APPOINTMENT_AT)

    assert len(texts(office, MessageStatus.ACCEPTED)) == before
    assert "died" in {each.why for each in office.trail("skipped")}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"agreed": False}, "no_agreement"),
        ({"at_risk": True}, "at_risk"),
        ({"unusable_since": at(RELEASE_ON)}, "number_unusable"),
    ],
)
def test_the_gate_is_asked_at_the_moment_of_sending(
    office: Office, changes: dict[str, object], reason: str
) -> None:
    book(office)
    with office.database.write() as session:
        session.execute(update(table_of(TextingRow)).values(**changes))
    office.wait_until(APPOINTMENT_AT)

    reminder = office.messages(wording=Wording.APPOINTMENT_REMINDER)[0]
    assert (reminder.status, reminder.reason) == (MessageStatus.SKIPPED, reason)


def test_stop_takes_effect_at_once_and_the_keyworker_is_told(office: Office) -> None:
    book(office)

    office.text_from(MOBILE, "stop")
    office.wait_until(APPOINTMENT_AT)

    left = office.messages(wording=Wording.APPOINTMENT_REMINDER)[0]
    assert (left.status, left.reason) == (MessageStatus.SKIPPED, "opted_out")
    told = office.messages(wording=Wording.REPLY_TO_READ)
    assert {each.recipient for each in told} == {"keyworker"}


def at_the_reminder(office: Office) -> None:
    book(office)
    office.wait_until(datetime(2026, 12, 8, 9, 5, tzinfo=UTC))


def test_one_is_thanked(office: Office) -> None:
    at_the_reminder(office)

    office.text_from(MOBILE, " 1 ")

    assert office.messages(kind=RecipientKind.PERSON)[-1].wording == Wording.COMING
    assert office.messages(wording=Wording.REPLY_TO_READ) == []


def test_two_promises_a_call_and_tells_the_keyworker(office: Office) -> None:
    at_the_reminder(office)

    office.text_from(MOBILE, "2")

    answer = office.messages(wording=Wording.CHANGE_WANTED)[0]
    assert (answer.fields["by"], answer.fields["on"]) == ("17:00", "2026-12-08")
    told = office.messages(wording=Wording.REPLY_TO_READ)
    assert {each.recipient for each in told} == {"keyworker"}


def test_anything_else_reaches_a_person_and_is_answered_once_in_twelve_hours(
    office: Office,
) -> None:
    for words in ("i cant cope", "hello?"):
        office.text_from(MOBILE, words)
        office.now += timedelta(minutes=10)

    assert len(office.messages(wording=Wording.NOT_READ)) == 1
    told = office.messages(wording=Wording.REPLY_TO_READ)
    assert {each.severity for each in told} == {Severity.S2}


def test_a_cry_at_night_is_answered_at_night(office: Office) -> None:
    office.now = datetime(2026, 12, 3, 2, 30, tzinfo=UTC)

    office.text_from(MOBILE, "please help me")

    answer = office.messages(wording=Wording.NOT_READ)[0]
    assert (answer.status, answer.sent_at) == (MessageStatus.ACCEPTED, office.now)


def test_a_number_that_fails_for_good_is_not_used_again_until_it_is_checked(
    office: Office,
) -> None:
    book(office)
    sent = office.messages(wording=Wording.APPOINTMENT_BOOKED)[0]
    report = Report(
        str(sent.provider_id),
        "undelivered",
        sent.id,
        MessageStatus.FAILED,
        code="30005",
        fault=FaultClass.NUM,
    )

    office.follow(office.telling.receipts.record(report))
    office.wait_until(APPOINTMENT_AT)

    reminder = office.messages(wording=Wording.APPOINTMENT_REMINDER)[0]
    assert (reminder.status, reminder.reason) == (MessageStatus.SKIPPED, "number_unusable")
    told = office.messages(wording=Wording.TEXTS_NOT_ARRIVING)
    assert {each.recipient for each in told} == {"keyworker"}


def test_a_phone_that_is_off_is_tried_again_in_an_hour_as_a_message_of_its_own(
    office: Office,
) -> None:
    book(office)
    sent = office.messages(wording=Wording.APPOINTMENT_BOOKED)[0]
    hour = timedelta(hours=1)
    report = Report(
        str(sent.provider_id),
        "undelivered",
        sent.id,
        MessageStatus.FAILED,
        code="30003",
        fault=FaultClass.TRY,
        again_after=(hour,),
    )

    office.follow(office.telling.receipts.record(report))
    office.wait_until(office.now + hour)

    both = office.messages(wording=Wording.APPOINTMENT_BOOKED)
    assert [(each.attempt, each.status) for each in both] == [
        (1, MessageStatus.FAILED),
        (2, MessageStatus.ACCEPTED),
    ]
