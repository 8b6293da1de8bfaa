"""What the engine is measured against: workflows of the same shape with nothing in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from temporalio import activity, workflow

BARE_QUEUE = "bare"
BARE_PHONE_QUEUE = "bare-phone"
A_JOURNEY = timedelta(days=168)
WITHIN = timedelta(seconds=30)


@activity.defn(name="nothing")
def nothing() -> None:
    """Do nothing, as an activity."""


@workflow.defn(name="Bare")
class Bare:
    """As many updates, activities and timers as a journey, without a domain and without SQL."""

    @workflow.init
    def __init__(self, updates: int) -> None:
        """Expect `updates` updates."""
        self._left = updates

    @workflow.run
    async def run(self, updates: int) -> None:
        """Wait for the updates, with one timer armed as an open release has."""
        await workflow.wait_condition(lambda: self._left == 0, timeout=A_JOURNEY)
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def act(self) -> None:
        """Run one activity, then answer."""
        await workflow.execute_activity("nothing", start_to_close_timeout=WITHIN)
        self._left -= 1


class Stamp(NamedTuple):
    """What a bare activity leaves behind: a word of its caller's, and when it ran."""

    word: str
    at: datetime


@activity.defn(name="stamp")
def stamp(file: str, word: str) -> None:
    """Write `word` and the time at the end of a file."""
    with Path(file).open("a", encoding="ascii") as lines:
        lines.write(f"{word} {datetime.now(UTC).isoformat()}\n")


def stamps(file: Path) -> Iterator[Stamp]:
    """Yield what the activities wrote."""
    if file.exists():
        for line in file.read_text(encoding="ascii").splitlines():
            word, at = line.split()
            yield Stamp(word, datetime.fromisoformat(at))


@workflow.defn(name="BareLapse")
class BareLapse:
    """One timer until an instant, then one activity."""

    @workflow.run
    async def run(self, file: str, at: datetime) -> None:
        """Wait until `at`, and write that instant with the time."""
        await workflow.sleep(max(at - workflow.now(), timedelta(0)))
        given = [file, at.isoformat()]
        await workflow.execute_activity("stamp", args=given, start_to_close_timeout=WITHIN)
