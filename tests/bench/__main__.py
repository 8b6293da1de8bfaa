"""`make bench`: every figure of the engine as a ratio, in one run on one server."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import show
from tests.bench.histories import show_lengths
from tests.bench.measuring import commands, journeys, opening
from tests.bench.rates import rates
from tests.bench.rig import rig

LENGTHS = {"no_lapse": 150, "everything_lapses": 400}


async def bench(opened: int, whole: int, asked: int) -> None:
    """Print every figure.

    Args:
        opened: How many releases are open beside as many bare workflows.
        whole: How many whole journeys a pass takes.
        asked: How many commands are timed.
    """
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load average {load:.1f} before the run", flush=True)
    began = time.perf_counter()
    show_lengths(LENGTHS)
    async with rig() as running:
        show(await journeys(running, whole))
        figures, ours, bare = await opening(running, opened)
        for each in figures:
            show(each)
        show(await commands(running, ours, bare, asked))
    load = os.getloadavg()[0]
    print(f"took {time.perf_counter() - began:.0f} s, load average {load:.1f} after it", flush=True)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--open", type=int, default=5_500, help="releases to open (5,500)")
    parser.add_argument("--journeys", type=int, default=40, help="journeys a pass (40)")
    parser.add_argument("--commands", type=int, default=300, help="commands to time (300)")
    parser.add_argument(
        "--rates",
        type=int,
        nargs="*",
        default=[10_000, 100_000],
        metavar="RELEASES",
        help="past releases to read rates of (10,000 and 100,000; a million takes half an hour)",
    )
    parser.add_argument("--only-rates", action="store_true", help="leave the engine out")
    parser.add_argument("--keep", type=Path, help="a folder to keep the filled databases in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rates(given.rates, given.keep or Path(folder))
    if not given.only_rates:
        asyncio.run(bench(given.open, given.journeys, given.commands))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
