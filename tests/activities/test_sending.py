"""Sending one notice: claimed first, recorded after, and never in the words of the provider."""

from __future__ import annotations

import pytest
from temporalio.exceptions import ApplicationError

from activities.sending import Postman
from notifications.errors import NotSentError
from notifications.sending import QueuedNotice

NOTICE = QueuedNotice("n1", "7K2M9Q", "step_lapsed", "duty_rota", "S1", "release", "LEI")


class Outbox:
    """One notice, and what became of it."""

    def __init__(self) -> None:
        self.story: list[str] = []
        self.is_queued = True

    def claim(self, notice_id: str) -> QueuedNotice | None:
        if not self.is_queued or notice_id != NOTICE.id:
            return None
        self.is_queued = False
        self.story.append("claimed")
        return NOTICE

    def sent(self, notice_id: str, provider_id: str) -> None:
        self.story.append(f"{notice_id} sent as {provider_id}")

    def failed(self, notice_id: str, code: str, *, retry: bool) -> None:
        self.is_queued = retry
        self.story.append(f"{notice_id} failed: {code}, retry {retry}")


class Provider:
    """A provider that takes notices, or refuses them in words that hold a number."""

    def __init__(self, error: NotSentError | None = None) -> None:
        self.error = error
        self.taken: list[str] = []

    def send(self, notice: QueuedNotice) -> str:
        if self.error is not None:
            raise self.error
        self.taken.append(notice.id)
        return f"sid-{notice.id}"


def test_a_notice_is_claimed_sent_and_recorded() -> None:
    outbox, provider = Outbox(), Provider()

    assert Postman(outbox, provider).send_notice("n1") == "sid-n1"

    assert outbox.story == ["claimed", "n1 sent as sid-n1"]


def test_a_repeat_sends_nothing() -> None:
    outbox, provider = Outbox(), Provider()
    postman = Postman(outbox, provider)
    postman.send_notice("n1")

    assert postman.send_notice("n1") == ""

    assert provider.taken == ["n1"]


@pytest.mark.parametrize("may_retry", [True, False])
def test_what_was_not_sent_is_recorded_by_its_code_alone(*, may_retry: bool) -> None:
    outbox = Outbox()
    provider = Provider(NotSentError("number_not_mobile", may_retry=may_retry))

    with pytest.raises(ApplicationError) as refusal:
        Postman(outbox, provider).send_notice("n1")

    assert refusal.value.non_retryable is not may_retry
    assert (refusal.value.message, refusal.value.__cause__) == ("number_not_mobile", None)
    assert outbox.story[-1] == f"n1 failed: number_not_mobile, retry {may_retry}"
