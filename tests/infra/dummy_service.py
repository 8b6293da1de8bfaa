"""A service of two dummy processes, run as a program so that tests can signal and kill it.

Usage: `python -m tests.infra.dummy_service JOURNAL [first=KIND] [second=KIND] [on_ready=KIND]`.
Every process appends lines such as `first started 4711` to the journal.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from infra.child import BackOff, Child, ChildFailedError
from infra.state_lock import hold_state
from infra.supervisor import supervise

_DUMMY = """
import os, signal, sys, time
name, kind, journal = sys.argv[1:]

def note(what):
    with open(journal, "a") as file:
        file.write(f"{name} {what} {os.getpid()}\\n")

def stop(*_):
    note("stopped")
    sys.exit(0)

signal.signal(signal.SIGTERM, signal.SIG_IGN if kind == "stubborn" else stop)
note("started")
if kind == "broken":
    sys.exit(3)
while True:
    time.sleep(60)
"""


async def main(journal: Path, kinds: dict[str, str]) -> int:
    """Run the dummies under the supervisor."""

    def note(line: str) -> None:
        with journal.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def child(name: str) -> Child:
        kind = kinds.get(name, "steady")

        async def is_ready() -> bool:
            can_be = kind not in {"never-ready", "broken"}
            return can_be and f"{name} started" in journal.read_text("utf-8")

        async def prepare() -> None:
            note(f"{name} prepared")

        return Child(
            name=name,
            command=(sys.executable, "-I", "-S", "-c", _DUMMY, name, kind, str(journal)),
            is_ready=is_ready,
            prepare=prepare,
            grace=timedelta(milliseconds=300) if kind == "stubborn" else timedelta(seconds=20),
        )

    async def on_ready() -> None:
        note("all ready")
        if kinds.get("on_ready") == "failing":
            raise ChildFailedError("The invented people cannot be loaded.")

    journal.touch()
    with hold_state(journal.parent):
        return await supervise(
            [child("first"), child("second")],
            on_ready=on_ready,
            back_off=BackOff(first=timedelta(milliseconds=20)),
            starts_within=timedelta(seconds=3 if "never-ready" in kinds.values() else 30),
        )


if __name__ == "__main__":
    chosen = dict(pair.split("=") for pair in sys.argv[2:])
    try:
        sys.exit(asyncio.run(main(Path(sys.argv[1]), chosen)))
    except ChildFailedError as failure:
        sys.exit(failure.message)
