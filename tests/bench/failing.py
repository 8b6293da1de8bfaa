"""A provider that fails half of all calls: what it keeps in the end, by its own record."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from domain.policy import Severity
from tests.bench.lapsing import PRISONS, a_lapsing_release, lapsing_rules, staff_everything
from tests.bench.measuring import at_once
from tests.bench.rig import Rig, rig
from tests.bench.sent import pages, until_sent
from tests.builders import WORKER
from tests.standin.account import ACCOUNT, KEY, SECRET, SENDER, TOKEN
from tests.standin.emulator import Emulator
from tests.standin.faulting import Line
from tests.standin.provider import StandIn

LATE_SECONDS: Final = 3.0
PATIENCE_SECONDS: Final = 2
PER_SECOND: Final = 20
"""More than the emulator's limit of 5,000 requests an hour would bear for long, less than a
busy machine needs to answer in time."""

_LAPSES_IN: Final = timedelta(seconds=5)


async def failing(count: int) -> bool:
    """Let releases lapse towards that provider, print what it kept, return whether it is right."""
    with _standin() as standin:
        async with rig("service", _settings(standin)) as running:
            staff_everything(running.database)
            await _let_lapse(running, count)
            standin.line.half_fail(seed=7, late=LATE_SECONDS)
            await until_sent(running.database, "half-", count)
            return _compared(running, standin, count)


async def _let_lapse(running: Rig, count: int) -> None:
    engine = running.engine_of(lapsing_rules(Severity.S1))
    at = datetime.now(UTC) + _LAPSES_IN
    releases = [a_lapsing_release(f"half-{number}", number, at) for number in range(count)]
    await at_once([partial(engine.launch, each, WORKER) for each in releases])


def _compared(running: Rig, standin: StandIn, count: int) -> bool:
    asked = len(standin.line.sends)
    standin.line.heal()
    ours = {each.body for each in pages(running.database, "half-")}
    # One number at a time, because a listing ends at 1,000.
    numbers = [f"+447700900{number:03d}" for number in range(len(PRISONS))]
    theirs = Counter(each["body"] for to in numbers for each in standin.messages(to=to))
    lost = count - len(theirs.keys() & ours)
    twice = sum(times > 1 for times in theirs.values())
    name = f"{count:,} notices, half of all calls failing"
    verdict = "reached" if lost == twice == 0 else "NOT reached"
    print(f"{name:<44} lost {lost}, accepted twice {twice}, in {asked:,} requests to send"
          f"   goal 0 and 0  {verdict}", flush=True)  # fmt: skip
    return verdict == "reached"


def _settings(standin: StandIn) -> dict[str, str]:
    values = {
        "PHONE": "twilio",
        "PUBLIC_URL": "http://127.0.0.1:9",
        "TIMEOUT_SECONDS": str(PATIENCE_SECONDS),
        "RATE_PER_SECOND": str(PER_SECOND),
        "TWILIO_ACCOUNT": ACCOUNT,
        "TWILIO_KEY": KEY,
        "TWILIO_SECRET": SECRET,
        "TWILIO_TOKEN": TOKEN,
        "TWILIO_SENDER": SENDER,
        "TWILIO_URL": standin.url,
    }
    return {f"THROUGHCARE_MESSAGES_{name}": value for name, value in values.items()}


@contextlib.contextmanager
def _standin() -> Iterator[StandIn]:
    with TemporaryDirectory() as folder:
        emulator = Emulator(Path(folder))
        emulator.start()
        line = Line(emulator.url)
        line.start()
        yield StandIn(emulator, line)
        line.stop()
        emulator.stop()
