"""A storm of lapses at one instant: the provider's limit is kept, and the gravest go first."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from temporalio.common import Priority

from domain.policy import Severity
from tests.bench.bare import BARE_PHONE_QUEUE, WITHIN, stamps
from tests.bench.figures import Figure
from tests.bench.lapsing import a_lapsing_release, lapsing_rules, name_workers
from tests.bench.measuring import Job, at_once
from tests.bench.rig import Rig
from tests.bench.sent import pages, until_sent
from tests.builders import WORKER

GRAVE: Final = 4
"""One in so many is a matter of life."""

_LEAD: Final = 3
"""So many times longer than starting takes, so that none lapses before the others are there."""

_PRIORITIES: Final = {Severity.S1: 1, Severity.S2: 2}
_FULL_SPEED: Final = 0.9
_HARDLY_OVER: Final = 1.15
"""The server lets a queue that rested begin with a second's worth at once."""

_TEN_SECONDS: Final = timedelta(seconds=10)


class Handed(NamedTuple):
    """One message handed to the provider.

    Attributes:
        queued_at: When it began to wait for the provider.
    """

    severity: Severity
    queued_at: datetime
    at: datetime


class Storm(NamedTuple):
    """What can be said of one storm.

    Attributes:
        rate: Messages a second, from the first to the last.
        peak: The same in the busiest ten seconds.
        overtook: Messages that were less grave and yet handed over before the last S1, after all
            S1 stood in the queue.
    """

    rate: float
    peak: float
    overtook: int


async def storm(rig: Rig, count: int, each_takes: float) -> list[Figure]:
    """Let releases lapse together, then start as many bare activities with the same priorities.

    Args:
        rig: What to measure on.
        count: How many.
        each_takes: Seconds to start one release on this machine now.
    """
    ours = _seen(await _lapses(rig, count, 10 + _LEAD * count * each_takes))
    bare = _seen(await _bare(rig, count))
    limit = rig.settings.messages.rate_per_second
    print(f"  (the provider's limit is {limit:g}/s)", flush=True)
    compared = (
        ("rate", "/s", ours.rate, bare.rate, _FULL_SPEED * limit, "more"),
        ("most in ten seconds", "/s", ours.peak, bare.peak, _HARDLY_OVER * limit, "less"),
        ("not S1 before the last S1", "messages", ours.overtook, bare.overtook, limit, "less"),
    )
    return [
        Figure(f"storm of {count:,}, {name}", unit, mine, theirs, goal, better, absolute=True)
        for name, unit, mine, theirs, goal, better in compared
    ]


def severities(count: int) -> list[Severity]:
    """Return a storm's severities, shuffled, always alike."""
    found = [Severity.S2 if number % GRAVE else Severity.S1 for number in range(count)]
    random.Random(11).shuffle(found)
    return found


async def _lapses(rig: Rig, count: int, lead_seconds: float) -> list[Handed]:
    engines = {each: rig.engine_of(lapsing_rules(each)) for each in _PRIORITIES}
    at = datetime.now(UTC) + timedelta(seconds=lead_seconds)
    grave = severities(count)
    releases = [a_lapsing_release(f"storm-{number}", number, at) for number in range(count)]
    name_workers(rig.database, releases)
    pairs = list(zip(releases, grave, strict=True))
    shown = rig.shown() + count
    await at_once([partial(engines[by].launch, one, WORKER) for one, by in pairs])
    await rig.until_shown(shown)
    left = (at - datetime.now(UTC)).total_seconds()
    print(f"  ({count:,} releases wait, {left:.0f} s before they lapse)", flush=True)
    await asyncio.sleep(max(left, 0))
    await until_sent(rig.database, "storm-", count)
    return [
        Handed(each.severity, each.queued_at, each.tried_at)
        for each in pages(rig.database, "storm-")
    ]


async def _bare(rig: Rig, count: int) -> list[Handed]:
    file = rig.settings.state_dir / "bare-storm.txt"
    queued: dict[int, datetime] = {}
    grave = severities(count)
    await at_once([_bare_job(rig, file, number, each, queued) for number, each in enumerate(grave)])
    deadline = time.monotonic() + 60 + count
    while len(found := list(stamps(file))) < count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(found)} of {count} bare activities ran")
        await asyncio.sleep(0.5)
    return [Handed(grave[int(each.word)], queued[int(each.word)], each.at) for each in found]


def _bare_job(
    rig: Rig, file: Path, number: int, severity: Severity, queued: dict[int, datetime]
) -> Job:
    async def start() -> None:
        await rig.client.start_activity(
            "stamp",
            args=[str(file), str(number)],
            id=f"bare/{uuid.uuid4().hex}",
            task_queue=BARE_PHONE_QUEUE,
            start_to_close_timeout=WITHIN,
            priority=Priority(priority_key=_PRIORITIES[severity]),
        )
        queued[number] = datetime.now(UTC)

    return start


def _seen(handed: Sequence[Handed]) -> Storm:
    times = sorted(each.at for each in handed)
    seconds = (times[-1] - times[0]).total_seconds()
    grave = [each for each in handed if each.severity is Severity.S1]
    stood = max(each.queued_at for each in grave)
    last = max(each.at for each in grave)
    overtook = [
        each for each in handed if each.severity is not Severity.S1 and stood < each.at < last
    ]
    return Storm((len(times) - 1) / seconds, _peak(times), len(overtook))


def _peak(times: Sequence[datetime]) -> float:
    """Return the messages a second in the busiest ten seconds of `times`, which are in order."""
    within = [bisect_left(times, each + _TEN_SECONDS) - at for at, each in enumerate(times)]
    return max(within) / _TEN_SECONDS.total_seconds()
