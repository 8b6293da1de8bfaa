"""Sending one message: claimed first, recorded after, and never in the words of the provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.exceptions import ApplicationError

from activities.delivery_ports import Due
from activities.sending import Postman
from domain.policy import Channel, Severity
from notifications.sending import Claim, Left, Postponed, Sendable
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Outgoing

LATER = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
OUTGOING = Outgoing(
    "m1", Channel.SMS, "+447700900123", "taken", {"reference": "7K2M9Q"}, "en", timedelta(hours=4)
)


def sendable(*, may_have_gone: bool = False, may_go_again: bool = True) -> Sendable:
    return Sendable(OUTGOING, Severity.S1, may_have_gone, may_go_again, timedelta(seconds=60))


@dataclass
class Rows:
    """One message, and what became of it."""

    claimed: Claim
    story: list[str] = field(default_factory=list)

    def claim(self, message_id: str) -> Claim:
        assert message_id == "m1"
        return self.claimed

    def sent(self, message_id: str, provider_id: str, *, found: bool) -> None:
        self.story.append(f"{message_id} sent as {provider_id}, found {found}")

    def refused(self, message_id: str, code: str, fault: FaultClass) -> str | None:
        self.story.append(f"{message_id} refused: {code}")
        return None if fault is FaultClass.TRY else "n1"

    def unknown(self, message_id: str, code: str) -> None:
        self.story.append(f"{message_id} unknown: {code}")


@dataclass
class Provider:
    """A provider that takes a message, or does what it is told."""

    error: Exception | None = None
    known: str | None = None
    taken: int = 0

    def send(self, message: Outgoing) -> str:
        if self.error is not None:
            raise self.error
        self.taken += 1
        return f"sid-{message.id}"

    def find(self, message: Outgoing) -> str | None:
        del message
        return self.known


@dataclass
class Calendar:
    """Remembers what it was handed."""

    sends: list[Due] = field(default_factory=list)
    weighs: list[str] = field(default_factory=list)

    def send(self, messages: Sequence[Due]) -> None:
        self.sends.extend(messages)

    def tell(self, bundles: Sequence[Due]) -> None:
        raise AssertionError(bundles)

    def weigh(self, notice_id: str, severity: Severity, at: datetime | None) -> None:
        assert (severity, at) == (Severity.S1, None)
        self.weighs.append(notice_id)


def postman(rows: Rows, provider: Provider, calendar: Calendar | None = None) -> Postman:
    return Postman(rows, {Channel.SMS: provider}, calendar or Calendar())


def test_a_message_is_claimed_sent_and_recorded() -> None:
    rows = Rows(sendable())

    assert postman(rows, Provider()).send_message("m1") == "sid-m1"

    assert rows.story == ["m1 sent as sid-m1, found False"]


def test_where_there_is_nothing_to_send_nothing_is_sent() -> None:
    rows, provider = Rows(None), Provider()

    assert postman(rows, provider).send_message("m1") == ""

    assert (rows.story, provider.taken) == ([], 0)


def test_what_was_skipped_is_evidence_that_is_weighed() -> None:
    calendar = Calendar()

    postman(Rows(Left("n1", Severity.S1)), Provider(), calendar).send_message("m1")

    assert calendar.weighs == ["n1"]


def test_what_was_postponed_is_put_into_the_calendar() -> None:
    calendar = Calendar()
    postponed = Postponed(Channel.SMS, Severity.S2, LATER)

    postman(Rows(postponed), Provider(), calendar).send_message("m1")

    assert calendar.sends == [Due("m1", Channel.SMS, Severity.S2, LATER)]


def test_what_may_have_gone_is_looked_for_before_anything_is_sent() -> None:
    rows, provider = Rows(sendable(may_have_gone=True)), Provider(known="sid-earlier")

    assert postman(rows, provider).send_message("m1") == "sid-earlier"

    assert (rows.story, provider.taken) == (["m1 sent as sid-earlier, found True"], 0)


@pytest.mark.parametrize(("may_go_again", "taken"), [(True, 1), (False, 0)])
def test_what_is_not_found_goes_again_only_where_it_may(*, may_go_again: bool, taken: int) -> None:
    claimed = sendable(may_have_gone=True, may_go_again=may_go_again)
    provider = Provider()

    postman(Rows(claimed), provider).send_message("m1")

    assert provider.taken == taken


def test_a_refusal_for_good_ends_it_and_is_weighed() -> None:
    rows, calendar = Rows(sendable()), Calendar()
    provider = Provider(NotSentError("21614", FaultClass.NUM))

    assert postman(rows, provider, calendar).send_message("m1") == ""

    assert (rows.story, calendar.weighs) == (["m1 refused: 21614"], ["n1"])


@pytest.mark.parametrize(
    ("error", "delay"),
    [
        (NotSentError("20429", FaultClass.TRY, retry_after=timedelta(seconds=7)), 7),
        (OutcomeUnknownError("read_timeout"), 60),
    ],
)
def test_what_passes_is_tried_again_with_a_coded_reason_alone(error: Exception, delay: int) -> None:
    with pytest.raises(ApplicationError) as again:
        postman(Rows(sendable()), Provider(error)).send_message("m1")

    assert again.value.next_retry_delay == timedelta(seconds=delay)
    assert again.value.message in {"20429", "read_timeout"}
    assert (again.value.__cause__, again.value.__suppress_context__) == (None, True)
    assert not again.value.non_retryable
