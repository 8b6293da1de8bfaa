"""From a notice to messages: who is told, by which channels, now or later, alone or in a bundle.

Pure: rows in, planned messages out, so that every rule can be tried on a table of cases. What is
held or left out is planned as well, with its reason, because silence must be explainable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Final, NamedTuple

from domain.policy import Channel, Severity
from notifications.folding import Fold, Load, fold_of
from notifications.hours import Hours
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.recipients import Found, Staff
from notifications.standing import Noted, Standing, overtaken
from notifications.telling import Worded

_PHONE: Final = frozenset({Channel.SMS, Channel.VOICE})


class Facts(NamedTuple):
    """Everything that routing one notice to staff depends on, read at one moment.

    Attributes:
        found: Whom the notice is for.
        also: Who is on duty, asked only when `found` cannot be disturbed and the release is near.
        storm: Whom a storm is told to instead; None outside one.
        loads: How many texts each recipient has had.
    """

    noted: Noted
    standing: Standing
    worded: Worded
    found: Found
    also: Found | None
    storm: tuple[Staff, ...] | None
    loads: Mapping[str, Load]
    now: datetime
    hours: Hours


class Routing(NamedTuple):
    """What becomes of a notice: skipped as a whole with a reason, or messages."""

    skipped: str | None
    messages: tuple[Planned, ...]


def route(facts: Facts) -> Routing:
    """Return the messages of a notice to staff, those left out with their reasons."""
    reason = overtaken(facts.noted, facts.standing)
    if reason is not None:
        return Routing(reason, ())
    if facts.storm:
        return Routing(None, tuple(_held(facts, each, Fold.STORM) for each in facts.storm))
    return Routing(None, tuple(_planned(facts)))


def _planned(facts: Facts) -> Iterator[Planned]:
    seen: set[str] = set()
    for each in (*facts.found.staff, *(facts.also.staff if facts.also else ())):
        if each.id not in seen:
            seen.add(each.id)
            yield from _for_one(facts, each)


def _for_one(facts: Facts, staff: Staff) -> Iterator[Planned]:
    usable: list[Channel] = []
    for channel in facts.noted.channels:
        if channel is Channel.WORKLIST:
            continue
        reason = _unusable(staff, channel)
        if reason is None:
            usable.append(channel)
        else:
            yield _left_out(facts, staff, channel, reason)
    if facts.noted.severity is Severity.S1:
        yield from _one_after_another(facts, staff, usable)
    elif fold_of(facts.noted.template, facts.noted.severity) is Fold.DIGEST:
        if usable:
            yield _held(facts, staff, Fold.DIGEST, usable[0])
    else:
        yield from (_in_hours(facts, staff, each) for each in usable)


def _unusable(staff: Staff, channel: Channel) -> str | None:
    if channel is Channel.EMAIL:
        return None if staff.email else "no_email"
    if not staff.mobile:
        return "no_mobile"
    # A number that takes no texts may ring all the same: a landline does.
    if channel is not Channel.SMS:
        return None
    if staff.texts_stopped:
        return "opted_out"
    return "number_failed" if staff.mobile_failed else None


def _one_after_another(facts: Facts, staff: Staff, usable: list[Channel]) -> Iterator[Planned]:
    """Plan a page for a life: the next channel follows by itself, unless somebody has answered."""
    gap = timedelta(minutes=facts.hours.delivery.next_channel_minutes)
    steps = count()
    for channel in usable:
        later = next(steps) if channel in _PHONE else 0
        yield _queued(facts, staff, channel, facts.now + later * gap)


def _in_hours(facts: Facts, staff: Staff, channel: Channel) -> Planned:
    """Plan a page of today: in working hours, and no more texts than a person can act on."""
    at = facts.now if facts.also else facts.hours.next_open(facts.now)
    load = facts.loads.get(staff.id, Load())
    if channel is Channel.SMS and (fold := load.folds(facts.hours.delivery, at)) is not None:
        return _held(facts, staff, fold, channel)
    return _queued(facts, staff, channel, at)


def _queued(facts: Facts, staff: Staff, channel: Channel, due_at: datetime) -> Planned:
    return _message(facts, staff, channel)._replace(due_at=due_at)


def _left_out(facts: Facts, staff: Staff, channel: Channel, reason: str) -> Planned:
    message = _message(facts, staff, channel)
    return message._replace(status=MessageStatus.SKIPPED, reason=reason)


def _held(facts: Facts, staff: Staff, fold: Fold, channel: Channel | None = None) -> Planned:
    by = channel or (Channel.EMAIL if staff.email else Channel.SMS)
    load = facts.loads.get(staff.id, Load())
    bundle = fold.bundle(staff.id, facts.noted, load, facts.now, facts.hours)
    return _message(facts, staff, by)._replace(
        status=MessageStatus.HELD, due_at=bundle.due_at, bundle=bundle.id, reason=fold.value
    )


def _message(facts: Facts, staff: Staff, channel: Channel) -> Planned:
    noted = facts.noted
    return Planned(
        id=message_id(noted.id, staff.id, channel),
        notice_id=noted.id,
        release_id=noted.release_id,
        kind=RecipientKind.STAFF,
        recipient=staff.id,
        channel=channel,
        attempt=1,
        wording=facts.worded.wording,
        fields=facts.worded.fields,
        severity=noted.severity,
        status=MessageStatus.QUEUED,
        due_at=facts.now,
    )
