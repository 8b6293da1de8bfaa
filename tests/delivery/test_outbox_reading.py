"""What was sent and would be sent, as the record shows it: in scope, word for word, with why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.filters import MessageFilter, PageOf
from domain.access import Scope
from domain.access_messages import MessageScope
from domain.commands import BookAppointment, RecordRelease
from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.messages import planning
from infra.messages.reading import SqlOutbox
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, Planned, RecipientKind
from tests.builders import SERVICE, a_plan, a_screening, an_opiate_picture, at
from tests.delivery.test_person_texts import APPOINTMENT_AT, RELEASE_ON
from tests.office import FORENAME, PROVIDER, Office

LEEDS = Scope(left_since=RELEASE_ON, prisons=frozenset({"LEI"}))
HULL = replace(LEEDS, prisons=frozenset({"HLI"}))
ALL = PageOf(size=200)


@pytest.fixture
def office(database: Database) -> Office:
    """A person who is out, has agreed to texts and has an appointment next week."""
    found = Office(database, at(RELEASE_ON, 9))
    found.staff_every_post(PROVIDER)
    found.start(texts=True, service=SERVICE, reception_on=date(2026, 11, 1))
    screened = a_screening(RELEASE_ON, treatment=an_opiate_picture())
    found.submit("rel-1", screened, a_plan(RELEASE_ON))
    found.submit("rel-1", RecordRelease(at=at(RELEASE_ON, 8), naloxone_in_hand=True))
    found.submit(
        "rel-1", BookAppointment(on=RELEASE_ON, service=SERVICE, at=APPOINTMENT_AT, place="p-1")
    )
    found.settle()
    return found


@pytest.fixture
def outbox(office: Office) -> SqlOutbox:
    return SqlOutbox(office.database)


def an_alarm(office: Office) -> None:
    """Write a message to the service owner that is about no release."""
    told = Planned(
        id="alarm.owner.email.1",
        notice_id=None,
        release_id=None,
        kind=RecipientKind.STAFF,
        recipient="provider-duty",
        channel=Channel.EMAIL,
        attempt=1,
        wording=Wording.SENDING_STOPPED,
        fields={"reason": "sending_paused", "link": "https://handover.example.org/me"},
        severity=Severity.S1,
        status=MessageStatus.QUEUED,
        due_at=office.now,
    )
    with office.database.write() as session:
        planning.write(session, [told], office.now, None)


def within(scope: Scope, *, unattached: bool = False) -> MessageScope:
    return MessageScope(scope, unattached=unattached)


def test_texts_to_the_person_are_shown_as_sent_and_as_they_would_be(
    office: Office, outbox: SqlOutbox
) -> None:
    wanted = MessageFilter(release_id="rel-1", channel=Channel.SMS)
    found = outbox.page(wanted, within(LEEDS), ALL)
    theirs = [each for each in found.rows if each.recipient.kind is RecipientKind.PERSON]

    sent = [each for each in theirs if each.sent_at]
    waiting = [each for each in theirs if each.status is MessageStatus.QUEUED]
    assert any(str(each.body).startswith(f"Hello {FORENAME}.") for each in sent)
    assert waiting
    assert all(each.body and "10:30am" in each.body for each in waiting), waiting
    assert all(each.recipient.id is None for each in theirs)
    stored = {each.id for each in office.messages(kind=RecipientKind.PERSON)}
    assert {each.id for each in theirs} == stored


def test_only_releases_in_scope_and_what_belongs_to_none_for_the_owner(
    office: Office, outbox: SqlOutbox
) -> None:
    an_alarm(office)
    every = outbox.page(
        MessageFilter(), within(replace(HULL, everything=True), unattached=True), ALL
    )
    about_none = [each.id for each in every.rows if each.release_id is None]

    assert outbox.page(MessageFilter(), within(HULL), ALL).total == 0
    assert about_none
    leeds = outbox.page(MessageFilter(), within(LEEDS), ALL)
    assert {each.id for each in leeds.rows} == {each.id for each in every.rows} - set(about_none)
    assert len(office.messages()) == every.total


def test_the_newest_come_first_and_pages_hold_each_once(outbox: SqlOutbox) -> None:
    whole = outbox.page(MessageFilter(), within(LEEDS), ALL)
    ones = [
        outbox.page(MessageFilter(), within(LEEDS), PageOf(number=each, size=1)).rows[0].id
        for each in range(1, whole.total + 1)
    ]

    written = [each.created_at for each in whole.rows]
    assert written == sorted(written, reverse=True)
    assert ones == [each.id for each in whole.rows]


def test_filters_narrow(outbox: SqlOutbox, office: Office) -> None:
    def ids(**wanted: object) -> set[str]:
        found = outbox.page(MessageFilter(**wanted), within(LEEDS), ALL)  # type: ignore[arg-type]  # its fields of several types
        return {each.id for each in found.rows}

    rows = office.messages(release_id="rel-1")
    assert ids(channel=Channel.EMAIL) == {e.id for e in rows if e.channel is Channel.EMAIL}
    waits = MessageStatus.QUEUED
    assert ids(status=waits) == {each.id for each in rows if each.status is waits}
    assert ids(since=office.now + timedelta(seconds=1)) == set()
    assert ids(release_id="rel-2") == set()


def test_the_trail_of_a_release_tells_each_decision_once(office: Office, outbox: SqlOutbox) -> None:
    rows = outbox.page(MessageFilter(), within(LEEDS), ALL).rows
    decisions = outbox.trail("rel-1", [each.id for each in rows])

    first = next(each for each in rows if each.wording == "first_text")
    assert [each.what for each in decisions if each.message_id == first.id] == [
        "planned",
        "sending",
        "accepted",
    ]
    planned = next(each for each in decisions if each.message_id == first.id)
    assert planned.policy_version
    assert planned.recipient is not None
    assert (planned.recipient.kind, planned.recipient.id) == (RecipientKind.PERSON, None)
    to_staff = [each.recipient for each in decisions if each.recipient and each.recipient.id]
    assert all(each.role for each in to_staff)
    assert len(decisions) == len([each for each in office.trail() if each.release_id == "rel-1"])


def test_the_trail_of_another_release_is_not_mixed_in(office: Office, outbox: SqlOutbox) -> None:
    office.start("rel-2", service=SERVICE, prison="HLI")
    office.wait_until(office.now + timedelta(days=3))

    theirs = outbox.trail("rel-2", [])

    notices = {each.notice_id for each in office.trail() if each.release_id == "rel-1"}
    assert all(each.message_id is None for each in theirs)
    assert notices
