"""`make bench`: every figure of rates, engine and delivery, each beside something bare.

Without a part named all run, each on a server or in databases of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

from tests.bench.failing import failing
from tests.bench.figures import show
from tests.bench.histories import show_lengths
from tests.bench.lapsing import staff_everything
from tests.bench.measuring import commands, journeys, opening
from tests.bench.promptness import open_many, promptness
from tests.bench.rates import rates
from tests.bench.rig import rig
from tests.bench.storm import storm

LENGTHS = {"no_lapse": 150, "everything_lapses": 400}
RATES, ENGINE, DELIVERY = "rates", "engine", "delivery"


def read_rates(given: Namespace) -> None:
    """Print how fast rates are read, beside DuckDB over the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        rates(given.rates, given.keep or Path(folder))


async def engine(given: Namespace) -> None:
    """Print the figures of the engine."""
    show_lengths(LENGTHS)
    async with rig() as running:
        show(await journeys(running, given.journeys))
        figures, ours, bare = await opening(running, given.open or 5_500)
        for each in figures:
            show(each)
        show(await commands(running, ours, bare, given.commands))


async def delivery(given: Namespace) -> None:
    """Print the figures of the delivery: prompt, in order, and never lost or twice."""
    settings = {"THROUGHCARE_MESSAGES_RATE_PER_SECOND": str(given.rate)}
    async with rig("service", settings) as running:
        staff_everything(running.database)
        opened = 5_000 if given.open is None else given.open
        each_takes = await open_many(running, opened)
        for each in await promptness(running, opened, given.lapses):
            show(each)
        for each in await storm(running, given.storm, each_takes):
            show(each)
    await failing(given.failing)


async def bench(given: Namespace) -> None:
    """Run the parts asked for, and say how busy the machine was."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load average {load:.1f} before the run", flush=True)
    began = time.perf_counter()
    if given.part in {None, RATES}:
        await asyncio.to_thread(read_rates, given)
    if given.part in {None, ENGINE}:
        await engine(given)
    if given.part in {None, DELIVERY}:
        await delivery(given)
    load = os.getloadavg()[0]
    print(f"took {time.perf_counter() - began:.0f} s, load average {load:.1f} after it", flush=True)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "part", nargs="?", choices=(RATES, ENGINE, DELIVERY), help="run this part only"
    )
    add = parser.add_argument
    add("--open", type=int, help="releases that are open (engine 5,500, delivery 5,000)")
    add("--journeys", type=int, default=40, help="engine: journeys a pass (40)")
    add("--commands", type=int, default=300, help="engine: commands to time (300)")
    add("--lapses", type=int, default=100, help="delivery: lapses to time (100)")
    add("--storm", type=int, default=2_000, help="delivery: simultaneous lapses (2,000)")
    add("--rate", type=float, default=10, help="delivery: messages a second in the storm (10)")
    add("--failing", type=int, default=1_000, help="delivery: notices while half fails (1,000)")
    many = "rates: past releases to read of (10,000, 100,000; a million takes some minutes to fill)"
    add("--rates", type=int, nargs="*", default=[10_000, 100_000], metavar="RELEASES", help=many)
    add("--keep", type=Path, help="rates: a folder to keep the filled databases in")
    asyncio.run(bench(parser.parse_args()))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
