"""What is known of a page's messages, and what follows: wait, another channel, the next rung.

Rule 1: advance on evidence, not only on time. A refusal, a STOP, an unanswered call or a text
without a receipt brings the next channel forward; when every channel of everybody has failed, the
rung is left at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from domain.commands import Unreached
from domain.duty.rota import Unfilled
from domain.policy import Channel, Delivery, Severity
from notifications.messages import MessageStatus, message_id

_HOPELESS: Final = frozenset({MessageStatus.FAILED, MessageStatus.SKIPPED})
_COMING: Final = frozenset({MessageStatus.QUEUED, MessageStatus.HELD})
NOT_ANSWERED: Final = frozenset({"no_answer", "busy", "machine", "hung_up", "canceled"})
"""Codes of a call that reached nobody; it may be tried again."""


class Known(NamedTuple):
    """One message of a page as evidence is weighed.

    Attributes:
        sent_at: When the provider accepted it.
        is_stopped: It is a text to somebody who has asked for no more texts.
    """

    id: str
    notice_id: str
    recipient: str
    channel: Channel
    attempt: int
    status: MessageStatus
    reason: str | None
    due_at: datetime
    sent_at: datetime | None
    is_stopped: bool = False


class CallAgain(NamedTuple):
    """Call the same person once more at `at`."""

    failed: str
    id: str
    at: datetime


class Verdict(NamedTuple):
    """What follows.

    Attributes:
        forward: Messages to send now instead of at their time.
        again: Calls to make once more.
        unreached: Why the rung is left; None while somebody may still answer.
        weigh_at: When to look again, though nothing should happen until then.
    """

    forward: tuple[str, ...] = ()
    again: tuple[CallAgain, ...] = ()
    unreached: Unreached | None = None
    weigh_at: datetime | None = None


def weigh(
    messages: Sequence[Known],
    unfilled: Unfilled | None,
    severity: Severity,
    delivery: Delivery,
    now: datetime,
) -> Verdict:
    """Return what follows from what is known of every message of one page.

    Args:
        messages: All of the page, in any order.
        unfilled: Why nobody could be found for it, when nobody was.
        severity: Of the page; only for S1 is silence evidence.
        delivery: The figures.
        now: Aware UTC.
    """
    if not messages:
        return Verdict(unreached=_unreached_by(unfilled))
    of_each = groupby(sorted(messages, key=_order), key=attrgetter("recipient"))
    verdicts = [_of_one(list(each), severity, delivery, now) for _, each in of_each]
    looks = [each.weigh_at for each in verdicts if each.weigh_at is not None]
    everybody = [each.unreached for each in verdicts]
    return Verdict(
        forward=tuple(found for each in verdicts for found in each.forward),
        again=tuple(found for each in verdicts for found in each.again),
        unreached=everybody[0] if all(everybody) else None,
        weigh_at=min(looks, default=None),
    )


def _of_one(
    messages: list[Known], severity: Severity, delivery: Delivery, now: datetime
) -> Verdict:
    again = tuple(_calls_again(messages, delivery, now))
    silent = list(_silent(messages, severity, delivery, now))
    hopeless = [each for each in messages if _reaches_nobody(each) or each in silent]
    coming = [each for each in messages if _waits_for_others(each, now)]
    if coming and hopeless:
        return Verdict(forward=(coming[0].id,), again=again)
    if again or len(hopeless) < len(messages):
        return Verdict(again=again, weigh_at=_next_look(messages, severity, delivery, now))
    return Verdict(unreached=_why(messages))


def _reaches_nobody(message: Known) -> bool:
    """A text that went before its STOP did arrive, and whoever sent that does not answer it."""
    return message.status in _HOPELESS or message.is_stopped


def _waits_for_others(message: Known, now: datetime) -> bool:
    """Return whether a message only waits for another channel; a second call waits for none."""
    return message.status in _COMING and message.due_at > now and message.attempt == 1


def _calls_again(messages: list[Known], delivery: Delivery, now: datetime) -> Iterator[CallAgain]:
    calls = [each for each in messages if each.channel is Channel.VOICE]
    last = max(calls, key=attrgetter("attempt"), default=None)
    if last is None or last.status is not MessageStatus.FAILED or last.attempt >= delivery.calls:
        return
    if last.reason in NOT_ANSWERED:
        again = message_id(last.notice_id, last.recipient, Channel.VOICE, last.attempt + 1)
        yield CallAgain(last.id, again, now + timedelta(minutes=delivery.call_again_minutes))


def _silent(
    messages: list[Known], severity: Severity, delivery: Delivery, now: datetime
) -> Iterator[Known]:
    for each in messages:
        look_at = _confirmed_by(each, severity, delivery)
        if look_at is not None and look_at <= now:
            yield each


def _next_look(
    messages: list[Known], severity: Severity, delivery: Delivery, now: datetime
) -> datetime | None:
    looks = (_confirmed_by(each, severity, delivery) for each in messages)
    return min((each for each in looks if each is not None and each > now), default=None)


def _confirmed_by(message: Known, severity: Severity, delivery: Delivery) -> datetime | None:
    """Return by when a text for a life must have its receipt."""
    if severity is not Severity.S1 or message.channel is not Channel.SMS:
        return None
    if message.status is not MessageStatus.ACCEPTED or message.sent_at is None:
        return None
    return message.sent_at + timedelta(minutes=delivery.unconfirmed_minutes)


def _why(messages: list[Known]) -> Unreached:
    answered = any(each.reason in NOT_ANSWERED for each in messages)
    return Unreached.NOT_ANSWERED if answered else Unreached.NOT_DELIVERED


def _unreached_by(unfilled: Unfilled | None) -> Unreached:
    match unfilled:
        case Unfilled.NOBODY_NAMED:
            return Unreached.NOBODY_NAMED
        case Unfilled.ABSENT_WITHOUT_COVER | Unfilled.COVER_LOOP:
            return Unreached.ABSENT_WITHOUT_COVER
        case _:
            return Unreached.EMPTY_ROTA


def _order(message: Known) -> tuple[str, datetime, str]:
    return message.recipient, message.due_at, message.id
