"""Rule 2: who may acknowledge, how, and what everybody else is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.codes import Role
from domain.commands import AcknowledgeEscalation, Actor
from domain.events import EventKind
from domain.journey import Step
from domain.policy import Channel
from domain.state import LadderStatus
from infra.database.tables import StaffRow, table_of
from infra.database.users import NewAccount, UserStore
from notifications.catalogue import Wording
from notifications.messages import MessageStatus
from tests.delivery.test_ladder_of_a_life import LAPSE, ladder_status, lapsing
from tests.office import Office

__all__ = ["lapsing"]


def reference(office: Office) -> str:
    return str(office.messages(wording="needed_now")[-1].fields["reference"])


def at_the_deputy(office: Office) -> None:
    """Let the first rung pass, so that two people have been rung."""
    office.wait_until(LAPSE + timedelta(minutes=16))


def told(office: Office, wording: Wording) -> list[str]:
    return [each.recipient for each in office.messages(wording=wording)]


def ladder_events(office: Office) -> list[EventKind]:
    return [
        each.kind
        for each in office.journeys["rel-1"].events
        if each.step is Step.APPOINTMENT and each.kind.name.startswith(("ESC", "ACK"))
    ]


def test_ok_and_the_reference_takes_it_and_says_until_when(lapsing: Office) -> None:
    at_the_deputy(lapsing)

    lapsing.text_from(lapsing.number_of("provider-deputy"), f"Ok {reference(lapsing).lower()}!")

    assert ladder_status(lapsing) is LadderStatus.ACKNOWLEDGED
    receipt = lapsing.messages(wording=Wording.YOURS_NOW)[0]
    assert (receipt.recipient, receipt.status) == ("provider-deputy", MessageStatus.ACCEPTED)
    assert (receipt.fields["by"], receipt.fields["on"]) == ("21:16", "2026-11-17")


def test_whoever_has_an_account_takes_it_under_that(lapsing: Office) -> None:
    account_id = sign_in_as(lapsing, "provider-deputy")
    at_the_deputy(lapsing)

    lapsing.text_from(lapsing.number_of("provider-deputy"), f"OK {reference(lapsing)}")

    holder = lapsing.journeys["rel-1"].state.escalations[Step.APPOINTMENT].acknowledged_by
    assert holder == account_id
    assert told(lapsing, Wording.YOURS_NOW) == ["provider-deputy"]
    assert told(lapsing, Wording.TAKEN) == ["provider-duty"]


def test_whoever_takes_it_on_a_page_is_not_told_that_a_colleague_has(lapsing: Office) -> None:
    account_id = sign_in_as(lapsing, "provider-deputy")
    at_the_deputy(lapsing)

    signed_in = Actor(id=account_id, role=Role.PROVIDER)
    lapsing.submit("rel-1", AcknowledgeEscalation(step=Step.APPOINTMENT), by=signed_in)
    lapsing.settle()

    assert told(lapsing, Wording.TAKEN) == ["provider-duty"]


def sign_in_as(office: Office, who: str) -> str:
    """Give somebody on the staff an account; returns its id."""
    staff = table_of(StaffRow)
    with office.database.write() as session:
        session.execute(update(staff).where(staff.c.id == who).values(account=f"{who}.signs.in"))
    new = NewAccount(f"{who}.signs.in", f"Name of {who}", Role.PROVIDER)
    return UserStore(office.database, office.clock).add(new)


def test_the_others_who_were_rung_are_told_and_nobody_else(lapsing: Office) -> None:
    at_the_deputy(lapsing)

    lapsing.text_from(lapsing.number_of("provider-deputy"), f"OK {reference(lapsing)}")

    assert told(lapsing, Wording.TAKEN) == ["provider-duty"]


def test_whoever_comes_second_is_told_that_it_is_taken(lapsing: Office) -> None:
    at_the_deputy(lapsing)
    lapsing.text_from(lapsing.number_of("provider-deputy"), f"OK {reference(lapsing)}")

    lapsing.text_from(lapsing.number_of("provider-duty"), f"OK {reference(lapsing)}")

    assert told(lapsing, Wording.YOURS_NOW) == ["provider-deputy"]
    assert told(lapsing, Wording.TAKEN) == ["provider-duty", "provider-duty"]
    holder = lapsing.journeys["rel-1"].state.escalations[Step.APPOINTMENT].acknowledged_by
    assert holder == "provider-deputy"


def test_the_same_answer_twice_is_thanked_twice_and_taken_once(lapsing: Office) -> None:
    at_the_deputy(lapsing)

    for _ in range(2):
        lapsing.text_from(lapsing.number_of("provider-deputy"), f"OK {reference(lapsing)}")

    assert told(lapsing, Wording.YOURS_NOW) == ["provider-deputy", "provider-deputy"]
    assert ladder_events(lapsing).count(EventKind.ESCALATION_ACKNOWLEDGED) == 1


@pytest.mark.parametrize("who", ["healthcare-duty", "provider-on-call-manager"])
def test_only_who_was_paged_may_take_it(lapsing: Office, who: str) -> None:
    at_the_deputy(lapsing)

    lapsing.text_from(lapsing.number_of(who), f"OK {reference(lapsing)}")

    assert ladder_status(lapsing) is LadderStatus.OPEN
    assert told(lapsing, Wording.YOURS_NOW) == []


def test_an_unknown_number_changes_nothing(lapsing: Office) -> None:
    at_the_deputy(lapsing)
    before = ladder_events(lapsing)

    lapsing.text_from("+447700900555", f"OK {reference(lapsing)}")

    assert ladder_events(lapsing) == before
    assert told(lapsing, Wording.TAKEN) == []


@pytest.mark.parametrize("words", ["OK", "ok 000000", "yes", "On my way", "OK 7K2M9QX"])
def test_what_names_no_escalation_takes_none_and_waits_for_a_reader(
    lapsing: Office, words: str
) -> None:
    at_the_deputy(lapsing)

    lapsing.text_from(lapsing.number_of("provider-deputy"), words)

    assert ladder_status(lapsing) is LadderStatus.OPEN


def the_call_to(office: Office, who: str) -> str:
    return office.messages(recipient=who, channel=Channel.VOICE)[-1].id


def test_one_pressed_in_the_call_takes_it(lapsing: Office) -> None:
    at_the_deputy(lapsing)

    lapsing.press(the_call_to(lapsing, "provider-deputy"), "1")

    assert ladder_status(lapsing) is LadderStatus.ACKNOWLEDGED
    call = lapsing.messages(recipient="provider-deputy", channel=Channel.VOICE)[-1]
    assert call.status is MessageStatus.ANSWERED


def test_two_pressed_in_the_call_rings_the_next_at_once(lapsing: Office) -> None:
    at_the_deputy(lapsing)

    lapsing.press(the_call_to(lapsing, "provider-deputy"), "2")

    ladder = lapsing.journeys["rel-1"].state.escalations[Step.APPOINTMENT]
    assert (ladder.level, ladder.status) == (3, LadderStatus.OPEN)
    called = lapsing.messages(recipient="provider-on-call-manager", channel=Channel.VOICE)
    assert called[-1].sent_at == lapsing.now


def test_pass_and_the_reference_rings_the_next_at_once(lapsing: Office) -> None:
    at_the_deputy(lapsing)

    lapsing.text_from(lapsing.number_of("provider-deputy"), f"PASS {reference(lapsing)}")

    assert lapsing.journeys["rel-1"].state.escalations[Step.APPOINTMENT].level == 3


def test_somebody_on_the_staff_who_wants_no_texts_is_called_instead(lapsing: Office) -> None:
    lapsing.text_from(lapsing.number_of("provider-duty"), "STOP")

    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    about = lapsing.messages(recipient="provider-duty", wording=Wording.NEEDED_NOW)
    new = [(each.channel, each.status) for each in about if each.created_at >= LAPSE]
    assert (Channel.SMS, MessageStatus.SKIPPED) in new
    assert (Channel.VOICE, MessageStatus.ACCEPTED) in new


def test_start_brings_the_texts_back(lapsing: Office) -> None:
    for words in ("STOP", "START"):
        lapsing.text_from(lapsing.number_of("provider-duty"), words)

    lapsing.wait_until(LAPSE + timedelta(minutes=1))

    newest = lapsing.messages(recipient="provider-duty", channel=Channel.SMS)[-1]
    assert newest.status is MessageStatus.ACCEPTED
