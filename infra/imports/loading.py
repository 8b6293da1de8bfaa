"""Load releases into the engine: many at once, each once, whatever breaks in between.

A person is on record before the release, whose first projection refers to them. Everything may
be repeated: ids are derived from the row, and what is on record already is left alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NamedTuple, TypeVar

from domain.commands import Actor, Submission
from domain.errors import Refused, ThroughcareError
from infra.engine import EngineUnavailableError, OutcomeUnknownError
from infra.imports.arrivals import Arrival
from infra.imports.ports import People, Record, Starts
from infra.imports.rows import RowProblem

Answer = TypeVar("Answer")
Item = TypeVar("Item")

AT_ONCE: Final = 20
"""Beyond this a worker on two cores only makes everybody wait longer."""

CHUNK: Final = 250
"""How many people are stored in one transaction."""

PAUSES: Final = tuple(timedelta(seconds=each) for each in (0.2, 0.5, 1, 2, 4, 8))
"""How long to wait before each further attempt."""

_LOOK_AGAIN: Final = timedelta(seconds=0.3)


@dataclass(slots=True)
class Summary:
    """What came of loading.

    Attributes:
        started: How many releases began.
        already_there: How many were on record and were left alone.
        refused: The lines that the rules refused, and why; in the order they were met.
    """

    started: int = 0
    already_there: int = 0
    refused: list[RowProblem] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many were dealt with."""
        return self.started + self.already_there + len(self.refused)


class _Task(NamedTuple):
    arrival: Arrival
    is_known: bool


@dataclass(frozen=True, slots=True)
class Loader:
    """Loads releases on behalf of one account.

    Attributes:
        on_progress: Told after each release how many are done.
        pauses: Before each further attempt when the engine does not answer.
    """

    engine: Starts
    people: People
    record: Record
    actor: Actor
    on_progress: Callable[[int], None] = lambda _done: None
    at_once: int = AT_ONCE
    pauses: Sequence[timedelta] = PAUSES

    async def load(self, found: Sequence[Arrival]) -> Summary:
        """Start every release that is not on record yet, and submit what belongs to it.

        Raises:
            EngineUnavailableError: The engine stayed away; load the same again later.
            OutcomeUnknownError: So did its answer; load the same again.
            StoreUnavailableError: The database did not answer; load the same again.
        """
        summary = Summary()
        waiting: asyncio.Queue[_Task | None] = asyncio.Queue(maxsize=CHUNK)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._prepare(found, waiting))
                for _ in range(self.at_once):
                    group.create_task(self._work(waiting, summary))
        except* ThroughcareError as errors:
            raise _first(errors) from None
        return summary

    async def until_shown(self, found: Sequence[Arrival], within: timedelta) -> int:
        """Wait until the record shows what was loaded; return how many it still does not show."""
        missing = [each.new.release_id for each in found]
        deadline = asyncio.get_running_loop().time() + within.total_seconds()
        while missing:
            for ids in _chunks(missing):
                known = await asyncio.to_thread(self.record.known, ids)
                missing = [each for each in missing if each not in known]
            if asyncio.get_running_loop().time() > deadline:
                break
            if missing:
                await asyncio.sleep(_LOOK_AGAIN.total_seconds())
        return len(missing)

    async def _prepare(
        self, found: Sequence[Arrival], waiting: asyncio.Queue[_Task | None]
    ) -> None:
        """Store people chunk by chunk while earlier ones are being started."""
        for chunk in _chunks(found):
            ids = [each.new.release_id for each in chunk]
            known = await asyncio.to_thread(self.record.known, ids)
            new = [each.who for each in chunk if each.new.release_id not in known]
            if new:
                await asyncio.to_thread(self.people.register_all, new)
            for each in chunk:
                await waiting.put(_Task(each, is_known=each.new.release_id in known))
        for _ in range(self.at_once):
            await waiting.put(None)

    async def _work(self, waiting: asyncio.Queue[_Task | None], summary: Summary) -> None:
        while (task := await waiting.get()) is not None:
            arrival = task.arrival
            try:
                is_new = not task.is_known and await self._start(arrival)
                for each in arrival.afterwards if is_new else await self._owed(arrival):
                    await self._submit(arrival.new.release_id, each)
            except Refused as refusal:
                summary.refused.append(RowProblem(arrival.line, "", refusal.message))
            else:
                summary.started += is_new
                summary.already_there += not is_new
            self.on_progress(summary.done)

    async def _start(self, arrival: Arrival) -> bool:
        new, first = arrival.new, arrival.with_start
        return await self._patiently(lambda: self.engine.launch(new, self.actor, first))

    async def _owed(self, arrival: Arrival) -> tuple[Submission, ...]:
        """Return what an interrupted loading still owes a release that is on record."""
        if not arrival.afterwards:
            return ()
        accepted = await asyncio.to_thread(self.record.accepted, arrival.new.release_id)
        return tuple(each for each in arrival.afterwards if each.key not in accepted)

    async def _submit(self, release_id: str, submission: Submission) -> None:
        await self._patiently(lambda: self.engine.submit(release_id, submission))

    async def _patiently(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask again, the same under the same ids, while the engine does not answer."""
        for pause in self.pauses:
            try:
                return await ask()
            except (EngineUnavailableError, OutcomeUnknownError):
                await asyncio.sleep(pause.total_seconds())
        return await ask()


def _chunks(found: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for first in range(0, len(found), CHUNK):
        yield found[first : first + CHUNK]


def _first(errors: BaseExceptionGroup[ThroughcareError]) -> ThroughcareError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, ThroughcareError)  # noqa: S101 - the clause above let nothing else in
    return error
