"""Reports in any order, twice, too early and for nobody; and the sweep that asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest

from infra.engine.dispatching import Dispatcher
from infra.sweeps import Sweeps
from notifications.messages import MessageStatus
from notifications.twilio.forms import CallUpdate, Receipt
from notifications.twilio.lookup import TwilioRecord
from notifications.twilio.reports import report_of_text
from tests.delivery.texts import a_text_to_staff
from tests.office import Office

SID = "SM" + "7" * 32


@pytest.fixture
def message_id(office: Office) -> str:
    """A text that the provider has accepted."""
    found = a_text_to_staff(office)
    office.telling.postman.send_message(found)
    return found


def sid_of(office: Office) -> str:
    return str(office.messages()[-1].provider_id)


def stands(office: Office) -> tuple[MessageStatus, str | None]:
    found = office.messages()[-1]
    return found.status, found.provider_status


def tell(office: Office, word: str, message_id: str | None = None, code: str | None = None) -> None:
    office.follow(
        office.telling.receipts.record(report_of_text(sid_of(office), word, code, message_id))
    )


def test_words_are_applied_in_their_order_whatever_order_they_come_in(
    office: Office, message_id: str
) -> None:
    for word in ("queued", "delivered", "sent", "sending"):
        tell(office, word, message_id)

    assert stands(office) == (MessageStatus.DELIVERED, "delivered")


def test_the_same_word_twice_leaves_one_mark(office: Office, message_id: str) -> None:
    tell(office, "delivered", message_id)
    before = len(office.trail())

    tell(office, "delivered", message_id)

    assert len(office.trail()) == before


def test_a_report_without_our_id_finds_its_message_by_the_providers(
    office: Office, message_id: str
) -> None:
    assert message_id
    tell(office, "delivered")

    assert stands(office)[0] is MessageStatus.DELIVERED


def test_a_report_for_nobody_is_kept_and_matched_when_its_message_is_known(
    office: Office,
) -> None:
    message_id = a_text_to_staff(office)
    sid = f"SM-{message_id}-1"
    office.telling.receipts.record(report_of_text(sid, "undelivered", "30005", None))

    office.telling.postman.send_message(message_id)
    assert stands(office)[0] is MessageStatus.ACCEPTED
    sweep(office)

    assert stands(office) == (MessageStatus.FAILED, "undelivered")
    assert office.messages()[-1].reason == "30005"


def test_a_report_of_another_id_does_not_take_over_a_message(
    office: Office, message_id: str
) -> None:
    office.telling.receipts.record(report_of_text(SID, "undelivered", "30005", message_id))

    assert stands(office)[0] is MessageStatus.ACCEPTED


@dataclass
class Record:
    """The provider's own record, which knows one text."""

    status: str
    asked: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def text(self, sid: str) -> Receipt | None:
        self.asked.append(sid)
        return Receipt(sid, self.status, None, None)

    def call(self, sid: str) -> CallUpdate | None:
        raise AssertionError(sid)

    def delete(self, sid: str) -> None:
        self.deleted.append(sid)


def sweep(office: Office, record: Record | None = None) -> None:
    """Sweep once, with the office as the calendar."""
    known = cast("TwilioRecord | None", record)
    Sweeps(office.telling, cast("Dispatcher", office), known)._once()


def test_after_half_an_hour_without_a_final_word_the_provider_is_asked(
    office: Office, message_id: str
) -> None:
    assert message_id
    record = Record("delivered")
    office.now += timedelta(minutes=29)
    sweep(office, record)
    assert record.asked == []

    office.now += timedelta(minutes=2)
    sweep(office, record)

    assert record.asked == [sid_of(office)]
    assert stands(office)[0] is MessageStatus.DELIVERED
    sweep(office, record)
    assert len(record.asked) == 1


def test_after_a_month_the_provider_is_asked_to_forget_a_text_once(
    office: Office, message_id: str
) -> None:
    tell(office, "delivered", message_id)
    record = Record("delivered")
    office.now += timedelta(days=29)
    sweep(office, record)
    assert record.deleted == []

    office.now += timedelta(days=2)
    for _ in range(2):
        sweep(office, record)

    assert record.deleted == [sid_of(office)]
    assert office.messages()[-1].body is not None


def test_a_text_whose_hint_was_lost_is_found_by_the_sweep(office: Office) -> None:
    message_id = a_text_to_staff(office)
    office.now += timedelta(minutes=2)

    sweep(office)
    office.settle()

    assert [each.id for each in office.line.accepted.values()] == [message_id]
