"""Ladders that climb in time and are never silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Final

from domain.policy import Chain, Channel, Hours, Level, Policy, Severity, Target, Unit, Wait
from infra.policies.problems import Finding, Path

_LOUD: Final = frozenset({Channel.SMS, Channel.VOICE})


def check_chains(policy: Policy) -> Iterator[Finding]:
    """Yield what would keep a ladder from reaching somebody in time."""
    for severity in Severity:
        chain, at = policy.chains[severity], ("chains", severity.value)
        for number, level in enumerate(chain.levels):
            yield from _level((*at, "levels", number), level, chain, policy.hours)
        yield from _reachable((*at, "levels"), chain)
    yield from _a_life(policy.chains[Severity.S1])
    yield from _told_today(policy.chains[Severity.S2])
    yield from _most_severe_first(policy)


def _level(at: Path, level: Level, chain: Chain, hours: Hours) -> Iterator[Finding]:
    if _length(level.wait, hours) > _length(chain.lease, hours):
        message = "is longer than the lease, so that to acknowledge would hasten the next level"
        yield Finding((*at, "wait"), message)
    if len(set(level.channels)) < len(level.channels):
        yield Finding((*at, "channels"), "names a channel twice")


def _reachable(at: Path, chain: Chain) -> Iterator[Finding]:
    """Yield levels that nobody new would be asked at, or that come after the top."""
    asked: list[Target] = []
    for number, level in enumerate(chain.levels):
        path = (*at, number, "target")
        if level.target in asked:
            first = asked.index(level.target) + 1
            message = f"is asked at level {first} already; to climb again, raise rounds"
            yield Finding(path, message)
        elif Target.SERVICE_OWNER in asked:
            message = "is never reached: service_owner is the top, so name it last"
            yield Finding(path, message)
        asked.append(level.target)


def _a_life(chain: Chain) -> Iterator[Finding]:
    """Yield where the ladder of a life could sleep over a weekend, or page without a sound."""
    at: Path = ("chains", Severity.S1.value)
    waits = [(("levels", number, "wait"), each.wait) for number, each in enumerate(chain.levels)]
    for path, wait in [*waits, (("lease",), chain.lease)]:
        if wait.unit is not Unit.MINUTES:
            message = "stands still outside office hours; for S1 use minutes"
            yield Finding((*at, *path, "unit"), message)
    if chain.again.every != "day":
        yield Finding((*at, "again", "every"), "must be day: for S1 nobody waits a week")
    for number, level in enumerate(chain.levels):
        if level.target is Target.NAMED_WORKER:
            message = "is not at work day and night; for S1 name somebody with a rota"
            yield Finding((*at, "levels", number, "target"), message)
        if _LOUD.isdisjoint(level.channels):
            message = "makes no sound; for S1 name sms or voice"
            yield Finding((*at, "levels", number, "channels"), message)


def _told_today(chain: Chain) -> Iterator[Finding]:
    for number, level in enumerate(chain.levels):
        if set(level.channels) == {Channel.WORKLIST}:
            message = "reaches nobody who is not looking; for S2 name email, sms or voice as well"
            yield Finding(("chains", Severity.S2.value, "levels", number, "channels"), message)


def _most_severe_first(policy: Policy) -> Iterator[Finding]:
    for severe, mild in pairwise(Severity):
        slow = _length(policy.chains[severe].levels[0].wait, policy.hours)
        if slow > _length(policy.chains[mild].levels[0].wait, policy.hours):
            path = ("chains", severe.value, "levels", 0, "wait")
            yield Finding(path, f"is longer than the first wait of {mild}, which is less severe")


def _length(wait: Wait, hours: Hours) -> timedelta:
    """Return about how long a wait lasts on the wall, a working day being a whole day of it."""
    if wait.unit is Unit.MINUTES:
        return timedelta(minutes=wait.count)
    if wait.unit is Unit.WORKING_DAYS:
        return timedelta(days=wait.count)
    opens, closes = hours.opens, hours.closes
    open_for = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    return timedelta(days=1) * (wait.count * 60 / open_for)
