"""Rule 1: a ladder moves on evidence, and not only when its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commands import Unreached
from domain.duty.rota import Unfilled
from domain.policy import Channel, Severity
from notifications.evidence import Known, Verdict, weigh
from notifications.messages import OVER, MessageStatus
from tests.telling import DELIVERY, TUESDAY

LATER = timedelta(minutes=5)


@dataclass(frozen=True)
class Page:
    """A page for a life to one person: a text at once, a call five minutes later."""

    text: MessageStatus = MessageStatus.ACCEPTED
    call: MessageStatus = MessageStatus.QUEUED
    call_reason: str | None = None
    second: MessageStatus | None = None

    def messages(self, who: str = "s-ann") -> list[Known]:
        found = [
            self._known(who, Channel.SMS, 1, self.text, TUESDAY, None),
            self._known(who, Channel.VOICE, 1, self.call, TUESDAY + LATER, self.call_reason),
        ]
        if self.second is not None:
            due_at = TUESDAY + 2 * LATER
            found.append(self._known(who, Channel.VOICE, 2, self.second, due_at, "no_answer"))
        return found

    def _known(  # noqa: PLR0917 - a row of a table
        self,
        who: str,
        channel: Channel,
        attempt: int,
        status: MessageStatus,
        due_at: datetime,
        reason: str | None,
    ) -> Known:
        went = status in {MessageStatus.ACCEPTED, MessageStatus.DELIVERED, MessageStatus.FAILED}
        return Known(
            id=f"n.{who}.{channel}.{attempt}",
            notice_id="n",
            recipient=who,
            channel=channel,
            attempt=attempt,
            status=status,
            reason=reason,
            due_at=due_at,
            sent_at=due_at if went else None,
        )


def judged(
    *pages: list[Known],
    after: timedelta = timedelta(minutes=1),
    unfilled: Unfilled | None = None,
    severity: Severity = Severity.S1,
) -> Verdict:
    messages = [each for page in pages for each in page]
    return weigh(messages, unfilled, severity, DELIVERY, TUESDAY + after)


FAILED, SKIPPED = MessageStatus.FAILED, MessageStatus.SKIPPED


@pytest.mark.parametrize("status", [FAILED, SKIPPED])
def test_a_text_that_fails_brings_the_call_forward(status: MessageStatus) -> None:
    verdict = judged(Page(text=status).messages())

    assert verdict.forward == ("n.s-ann.voice.1",)
    assert verdict.unreached is None


def test_a_text_on_its_way_brings_nothing_forward() -> None:
    verdict = judged(Page().messages())

    assert (verdict.forward, verdict.again, verdict.unreached) == ((), (), None)


def test_a_text_for_a_life_without_a_receipt_in_ten_minutes_counts_as_not_delivered() -> None:
    page = Page(call=MessageStatus.QUEUED).messages()

    assert judged(page, after=timedelta(minutes=9)).unreached is None
    assert judged(page[:1], after=timedelta(minutes=9)).weigh_at == TUESDAY + timedelta(minutes=10)
    assert judged(page[:1], after=timedelta(minutes=10)).unreached is Unreached.NOT_DELIVERED


def test_silence_is_evidence_only_where_a_life_depends_on_it() -> None:
    text = Page().messages()[:1]

    assert judged(text, after=timedelta(hours=3), severity=Severity.S2).unreached is None


@pytest.mark.parametrize("reason", ["no_answer", "busy", "machine", "hung_up"])
def test_a_call_that_reaches_nobody_is_made_once_more_after_three_minutes(reason: str) -> None:
    verdict = judged(Page(call=FAILED, call_reason=reason).messages(), after=LATER)

    again = verdict.again[0]
    assert (again.failed, again.id) == ("n.s-ann.voice.1", "n.s-ann.voice.2")
    assert again.at == TUESDAY + LATER + timedelta(minutes=3)
    assert verdict.unreached is None


def test_a_call_that_failed_for_another_reason_is_not_made_again() -> None:
    assert judged(Page(call=FAILED, call_reason="call_failed").messages()).again == ()


def test_the_second_call_is_not_brought_forward_by_the_first() -> None:
    page = Page(call=FAILED, call_reason="no_answer", second=MessageStatus.QUEUED)

    assert judged(page.messages(), after=LATER).forward == ()


def test_after_two_calls_and_a_lost_text_the_rung_is_left_at_once() -> None:
    page = Page(text=FAILED, call=FAILED, call_reason="no_answer", second=FAILED)

    assert judged(page.messages(), after=2 * LATER).unreached is Unreached.NOT_ANSWERED


def test_a_delivered_text_may_still_be_answered() -> None:
    delivered = MessageStatus.DELIVERED
    page = Page(text=delivered, call=FAILED, call_reason="no_answer", second=FAILED)

    assert judged(page.messages(), after=2 * LATER).unreached is None


def test_while_one_of_several_people_may_answer_the_rung_stands() -> None:
    lost = Page(text=FAILED, call=FAILED, call_reason="call_failed").messages("s-bob")

    assert judged(lost, after=LATER).unreached is Unreached.NOT_DELIVERED
    assert judged(lost, Page().messages(), after=LATER).unreached is None


@pytest.mark.parametrize(
    ("unfilled", "unreached"),
    [
        (Unfilled.EMPTY_ROTA, Unreached.EMPTY_ROTA),
        (Unfilled.NOBODY_NAMED, Unreached.NOBODY_NAMED),
        (Unfilled.ABSENT_WITHOUT_COVER, Unreached.ABSENT_WITHOUT_COVER),
        (Unfilled.COVER_LOOP, Unreached.ABSENT_WITHOUT_COVER),
        (None, Unreached.EMPTY_ROTA),
    ],
)
def test_an_empty_chair_is_left_at_once_with_its_reason(
    unfilled: Unfilled | None, unreached: Unreached
) -> None:
    assert judged(unfilled=unfilled).unreached is unreached


PAGES = st.builds(
    Page,
    text=st.sampled_from(MessageStatus),
    call=st.sampled_from(MessageStatus),
    call_reason=st.sampled_from([None, "no_answer", "busy", "30005"]),
    second=st.none() | st.sampled_from(MessageStatus),
)


@given(PAGES, st.integers(0, 60), st.sampled_from(Severity))
def test_a_rung_is_never_left_while_a_message_can_still_reach_somebody(
    page: Page, minutes: int, severity: Severity
) -> None:
    messages = page.messages()

    verdict = judged(messages, after=timedelta(minutes=minutes), severity=severity)

    alive = {MessageStatus.DELIVERED, MessageStatus.ANSWERED, MessageStatus.SENDING}
    if any(each.status in alive for each in messages):
        assert verdict.unreached is None
    assert not (verdict.unreached and (verdict.forward or verdict.again))


@given(PAGES, st.integers(0, 60))
def test_only_what_waits_is_brought_forward_and_no_id_is_used_twice(
    page: Page, minutes: int
) -> None:
    messages = page.messages()
    statuses = {each.id: each.status for each in messages}

    verdict = judged(messages, after=timedelta(minutes=minutes))

    assert all(statuses[each] not in OVER for each in verdict.forward)
    assert all(each.id not in statuses for each in verdict.again)
