"""How long a lapse takes to reach the provider while thousands of other releases are open."""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from domain.london_time import london_date
from domain.policy import Severity
from tests.bench.bare import BARE_QUEUE, BareLapse, stamps
from tests.bench.figures import Figure
from tests.bench.lapsing import a_lapsing_release, lapsing_rules
from tests.bench.measuring import at_once, p99
from tests.bench.rig import Rig
from tests.bench.sent import pages, until_sent
from tests.builders import WORKER, a_new_release

EVERY: Final = timedelta(seconds=1)
"""Between two lapses, with a bare one half-way, so that each is alone and a slow machine slow to
both."""

GOAL_SECONDS: Final = 2.0


async def open_many(rig: Rig, count: int) -> float:
    """Open releases of which nothing lapses meanwhile; return the seconds each took to be shown."""
    today = london_date(datetime.now(UTC))
    new = a_new_release(
        reception_on=today - timedelta(days=90), scheduled_on=today + timedelta(days=83)
    )
    ids = [f"open-{number}" for number in range(count)]
    releases = [new.model_copy(update={"release_id": each}) for each in ids]
    shown = rig.shown() + count
    began = time.perf_counter()
    await at_once([partial(rig.engine.launch, each, WORKER) for each in releases])
    await rig.until_shown(shown)
    seconds = time.perf_counter() - began
    print(f"  ({count:,} releases opened in {seconds:.0f} s)", flush=True)
    return seconds / max(count, 1)


async def promptness(rig: Rig, opened: int, lapses: int) -> list[Figure]:
    """From lapse to the provider, beside a bare timer with an activity, one after the other.

    Args:
        rig: What to measure on.
        opened: How many other releases are open, for the figure's name.
        lapses: How many to time.
    """
    engine = rig.engine_of(lapsing_rules(Severity.S1))
    begins = datetime.now(UTC) + timedelta(seconds=10 + lapses // 5)
    times = {f"prompt-{number}": begins + number * EVERY for number in range(lapses)}
    shown = rig.shown() + lapses
    for number, (release_id, at) in enumerate(times.items()):
        await engine.launch(a_lapsing_release(release_id, number, at), WORKER)
        await _start_bare(rig, at + EVERY / 2)
    await rig.until_shown(shown)
    _tell_late_start(begins)
    await until_sent(rig.database, "prompt-", lapses)
    ours = [
        (each.sent_at - times[each.release_id]).total_seconds()
        for each in pages(rig.database, "prompt-")
    ]
    return _figures(opened, ours, await _bare(rig, lapses))


def _tell_late_start(begins: datetime) -> None:
    late = (datetime.now(UTC) - begins).total_seconds()
    if late > 0:
        print(f"  (the first lapses came {late:.0f} s too early for this machine)", flush=True)


def _figures(opened: int, ours: Sequence[float], bare: Sequence[float]) -> list[Figure]:
    name = f"lapse to provider with {opened:,} open"
    middle = statistics.median
    found = Figure(f"{name}, median", "s", middle(ours), middle(bare), GOAL_SECONDS, "less", True)
    print(f"  (p99 {p99(ours):.2f} and {p99(bare):.2f} s of {len(ours)} each)", flush=True)
    return [found]


async def _start_bare(rig: Rig, at: datetime) -> None:
    await rig.client.start_workflow(
        BareLapse.run,
        args=[str(_file(rig)), at],
        id=f"bare-lapse/{uuid.uuid4().hex}",
        task_queue=BARE_QUEUE,
    )


async def _bare(rig: Rig, count: int) -> list[float]:
    await rig.until_idle(bare=True)
    found = [
        (each.at - datetime.fromisoformat(each.word)).total_seconds() for each in stamps(_file(rig))
    ]
    if len(found) != count:
        raise RuntimeError(f"{len(found)} of {count} bare timers fired")
    return found


def _file(rig: Rig) -> Path:
    return rig.settings.state_dir / "bare-lapses.txt"
