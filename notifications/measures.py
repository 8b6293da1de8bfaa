"""How well pages and texts reach people, worked out from small rows (rule 7 of the paging model).

The targets are those of the notifications study, section 7.2, rule 7: at most 5 pages of S2 or
worse per person and week, at most 3 texts to a person leaving prison in 7 days, and no exhausted
chain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from typing import Final, NamedTuple

from domain.london_time import london_date
from domain.policy import Channel, Severity
from notifications.messages import MessageStatus
from notifications.wires import FaultClass

PAGES_A_WEEK: Final = 5
TEXTS_A_WEEK: Final = 3
A_WEEK: Final = timedelta(days=7)
HEAVY: Final = frozenset({Severity.S1, Severity.S2})

_ARRIVED: Final = frozenset({MessageStatus.DELIVERED, MessageStatus.ANSWERED})
_HANDED_OVER: Final = _ARRIVED | {MessageStatus.ACCEPTED}


class Climb(NamedTuple):
    """One ladder: when it opened, and how far it had to go.

    Attributes:
        taken_at: The first acknowledgement.
        taken_level: The rung that was asked then, from 1.
        highest: The highest rung asked so far.
    """

    severity: Severity
    opened_at: datetime
    taken_at: datetime | None
    taken_level: int | None
    highest: int
    is_exhausted: bool


class Sent(NamedTuple):
    """A page or a text that went to somebody; the severity is a page's."""

    recipient: str
    at: datetime
    severity: Severity = Severity.S3


class Tally(NamedTuple):
    """How many messages of a channel stand so."""

    channel: Channel
    status: MessageStatus
    fault: FaultClass | None
    messages: int


class Acknowledging(NamedTuple):
    """How fast ladders of one severity were taken; minutes, None when none was."""

    severity: Severity
    opened: int
    acknowledged: int
    median_minutes: float | None
    p90_minutes: float | None
    exhausted: int


class FirstLevel(NamedTuple):
    """How many ladders the first people asked took, of those that are past them."""

    taken: int
    passed: int

    @property
    def share(self) -> float | None:
        """The part that was taken at the first level; None while there is none."""
        asked = self.taken + self.passed
        return self.taken / asked if asked else None


class Load(NamedTuple):
    """What recipients got in a week; weeks in which somebody got nothing are not counted.

    Attributes:
        people: How many got any.
        most: The most that one person got in a week.
        above: How many weeks of one person, or people, were above `target`.
    """

    people: int
    total: int
    median: float | None
    p90: int | None
    most: int
    target: int
    above: int


class Arriving(NamedTuple):
    """What became of one channel's messages.

    Attributes:
        handed_over: Accepted by the provider, whatever is known of their arrival.
        failed: How many failed, by the class of the fault; an unclassed one counts as UNK.
    """

    channel: Channel
    handed_over: int
    arrived: int
    failed: dict[FaultClass, int]


class DeliveryReport(NamedTuple):
    """The measures of one period.

    Attributes:
        pages: Per person and London week, from S2 up only for what is above the target.
        texts: Per person leaving prison, in any 7 days on end.
        unactionable: Pages that were not sent, by reason.
    """

    acknowledging: tuple[Acknowledging, ...]
    first_level: FirstLevel
    pages: Load
    texts: Load
    arriving: tuple[Arriving, ...]
    unactionable: dict[str, int]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of all values do not exceed (nearest rank).

    Args:
        values: At least one, in any order.
        share: Above 0, at most 1.
    """
    return sorted(values)[ceil(share * len(values)) - 1]


def acknowledging(climbs: Sequence[Climb]) -> tuple[Acknowledging, ...]:
    """Return how fast ladders were taken, by severity, the gravest first."""
    return tuple(
        _acknowledging(severity, [each for each in climbs if each.severity is severity])
        for severity in sorted({each.severity for each in climbs})
    )


def _acknowledging(severity: Severity, climbs: Sequence[Climb]) -> Acknowledging:
    waits = [_minutes(each.taken_at - each.opened_at) for each in climbs if each.taken_at]
    return Acknowledging(
        severity=severity,
        opened=len(climbs),
        acknowledged=len(waits),
        median_minutes=round(median(waits), 1) if waits else None,
        p90_minutes=round(percentile(waits, 0.9), 1) if waits else None,
        exhausted=sum(each.is_exhausted for each in climbs),
    )


def _minutes(wait: timedelta) -> float:
    return wait / timedelta(minutes=1)


def first_level(climbs: Iterable[Climb]) -> FirstLevel:
    """Return how many ladders were taken by the first people asked, and how many went past them.

    One that still waits at its first level, or whose step was simply done, is in neither.
    """
    at_first, passed = 0, 0
    for each in climbs:
        if each.taken_level == 1:
            at_first += 1
        elif each.highest > 1 or each.is_exhausted:
            passed += 1
    return FirstLevel(at_first, passed)


def pages_a_week(pages: Iterable[Sent]) -> Load:
    """Return how many pages people got in a week from Monday; above the target S1 and S2 count."""
    every: Counter[tuple[str, int, int]] = Counter()
    heavy: Counter[tuple[str, int, int]] = Counter()
    for each in pages:
        year, week, _ = london_date(each.at).isocalendar()
        every[each.recipient, year, week] += 1
        heavy[each.recipient, year, week] += each.severity in HEAVY
    people = {recipient for recipient, *_ in every}
    above = sum(count > PAGES_A_WEEK for count in heavy.values())
    return _load(len(people), sum(every.values()), list(every.values()), PAGES_A_WEEK, above)


def texts_a_week(texts: Iterable[Sent]) -> Load:
    """Return the most texts that each person got in any seven days on end."""
    by_person: dict[str, list[datetime]] = defaultdict(list)
    for each in texts:
        by_person[each.recipient].append(each.at)
    most = [most_within(times, A_WEEK) for times in by_person.values()]
    total = sum(map(len, by_person.values()))
    above = sum(count > TEXTS_A_WEEK for count in most)
    return _load(len(by_person), total, most, TEXTS_A_WEEK, above)


def most_within(times: Iterable[datetime], length: timedelta) -> int:
    """Return the largest number of instants less than `length` apart."""
    ordered, first, most = sorted(times), 0, 0
    for last, at in enumerate(ordered):
        while at - ordered[first] >= length:
            first += 1
        most = max(most, last - first + 1)
    return most


def _load(people: int, total: int, counts: Sequence[int], target: int, above: int) -> Load:
    return Load(
        people=people,
        total=total,
        median=float(median(counts)) if counts else None,
        p90=int(percentile(counts, 0.9)) if counts else None,
        most=max(counts, default=0),
        target=target,
        above=above,
    )


def arriving(tallies: Iterable[Tally]) -> tuple[Arriving, ...]:
    """Return what became of each channel's messages; what was never tried is left out."""
    tried: dict[Channel, list[Tally]] = defaultdict(list)
    for each in tallies:
        if each.status in _HANDED_OVER or each.status is MessageStatus.FAILED:
            tried[each.channel].append(each)
    return tuple(_arriving(channel, tried[channel]) for channel in sorted(tried))


def _arriving(channel: Channel, tallies: Sequence[Tally]) -> Arriving:
    failed: Counter[FaultClass] = Counter()
    for each in tallies:
        if each.status is MessageStatus.FAILED:
            failed[each.fault or FaultClass.UNK] += each.messages
    return Arriving(
        channel=channel,
        handed_over=sum(each.messages for each in tallies if each.status in _HANDED_OVER),
        arrived=sum(each.messages for each in tallies if each.status in _ARRIVED),
        failed=dict(sorted(failed.items())),
    )
