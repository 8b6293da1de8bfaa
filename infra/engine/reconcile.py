"""Bring the workflows and the record together again, after either was lost or restored.

Neither store is written behind the other's back: the record is written by workflows alone, and a
workflow begins only from the record. Safe to run at any time, and twice.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from temporalio.client import WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.events import Event
from domain.rules import Rules
from domain.state import Release
from infra.engine.comparing import NEEDS_A_PERSON, Finding, compare
from infra.engine.gateway import Engine
from infra.engine.journals import events_after
from workflows.messages import Again, Status
from workflows.names import release_id_of, workflow_id
from workflows.release import ReleaseWorkflow

AT_ONCE: Final = 8
SHOWN_WITHIN: Final = timedelta(seconds=20)
LOOK_EVERY: Final = timedelta(milliseconds=50)

Progress = Callable[[str, Finding], None]
"""Told each release once it is dealt with."""


@dataclass
class ReconcileReport:
    """What was found; everything but what needs a person is repaired.

    Attributes:
        found: How many releases were found each way.
        for_a_person: The ids of those that could not be repaired, by finding.
    """

    found: Counter[Finding] = field(default_factory=Counter)
    for_a_person: dict[Finding, list[str]] = field(default_factory=dict)

    @property
    def repaired(self) -> int:
        """How many releases something was done about."""
        done = (Finding.UNPROJECTED, Finding.LOST, Finding.OUTRUN)
        return sum(self.found[each] for each in done)

    def add(self, release_id: str, finding: Finding) -> None:
        """Count one release."""
        self.found[finding] += 1
        if finding in NEEDS_A_PERSON:
            self.for_a_person.setdefault(finding, []).append(release_id)


async def reconcile(
    engine: Engine,
    open_releases: Iterable[str],
    *,
    progress: Progress = lambda _id, _finding: None,
    at_once: int = AT_ONCE,
) -> ReconcileReport:
    """Compare every release in both stores, and repair what differs.

    Args:
        engine: Reaches the workflows, and the snapshots in the record.
        open_releases: The ids of the releases that the record holds for open.
        progress: Told of every release.
        at_once: How many are looked at side by side.

    Raises:
        RPCError: The server does not answer at all.
    """
    report, waiting = ReconcileReport(), asyncio.Queue[str]()
    for each in dict.fromkeys([*open_releases, *await _with_workflows(engine)]):
        waiting.put_nowait(each)

    async def work() -> None:
        while not waiting.empty():
            release_id = waiting.get_nowait()
            finding = await _Case(engine, release_id).settle()
            report.add(release_id, finding)
            progress(release_id, finding)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())
    return report


async def _with_workflows(engine: Engine) -> list[str]:
    query = f"WorkflowType = 'Release' AND TaskQueue = '{engine.queue}'"
    listed = engine.client.list_workflows(query)
    return [release_id_of(each.id) async for each in listed]


class _Case:
    """One release that is looked at."""

    def __init__(self, engine: Engine, release_id: str) -> None:
        self._engine = engine
        self._release_id = release_id
        self._handle = engine.client.get_workflow_handle(workflow_id(release_id))

    async def settle(self) -> Finding:
        try:
            return await self._settle()
        except (RPCError, WorkflowQueryFailedError):
            return Finding.UNANSWERED

    async def _settle(self) -> Finding:
        # The record is read first: a workflow that is asked later knows at least as much.
        stored = await self._stored()
        run_id, is_running = await self._described()
        held = stored[0] if stored else None
        if held is not None and not is_running:
            if not held.is_open:
                return Finding.AGREED
            if run_id is None:
                await self._engine.revive(*_known(stored))
                return Finding.LOST
        if run_id is None:
            return Finding.AGREED
        said = await self._handle.query(ReleaseWorkflow.status)
        finding = compare(held, said.release, is_running=is_running)
        return await self._repair(finding, stored, said, run_id)

    async def _repair(
        self, finding: Finding, stored: tuple[Release, Rules] | None, said: Status, run_id: str
    ) -> Finding:
        if finding is Finding.OUTRUN:
            await self._engine.revive(*_known(stored), replace=True)
        if finding not in (Finding.LOST, Finding.UNPROJECTED):
            return finding
        after_seq = stored[0].seq if stored else 0
        events = await self._missing(run_id, after_seq, said.release.seq)
        if events is None:
            return Finding.INCOMPLETE
        if finding is Finding.UNPROJECTED and said.release.is_open:
            again = Again(after_seq=after_seq, earlier=events)
            await self._handle.signal(ReleaseWorkflow.project_again, again)
        else:
            await self._engine.revive(said.release, said.rules, events)
        return finding if await self._is_shown(said.release) else Finding.UNANSWERED

    async def _missing(
        self, run_id: str, after_seq: int, until_seq: int
    ) -> tuple[Event, ...] | None:
        """Return the events that the record lacks, None when nobody can tell them any more."""
        if after_seq == until_seq:
            return ()
        events = await events_after(self._engine.client, self._handle.id, run_id, after_seq)
        told = tuple(each for each in events if each.seq <= until_seq)
        return told if told and told[0].seq == after_seq + 1 else None

    async def _stored(self) -> tuple[Release, Rules] | None:
        return await asyncio.to_thread(self._engine.snapshots, self._release_id)

    async def _described(self) -> tuple[str | None, bool]:
        """Return the newest run and whether it is running; a list may lag behind, this does not."""
        try:
            found = await self._handle.describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None, False
            raise
        return found.run_id, found.status is WorkflowExecutionStatus.RUNNING

    async def _is_shown(self, release: Release) -> bool:
        """Wait until the record holds the state, or a newer one."""
        try:
            async with asyncio.timeout(SHOWN_WITHIN.total_seconds()):
                while True:
                    stored = await self._stored()
                    if stored and (stored[0] == release or stored[0].seq > release.seq):
                        return True
                    await asyncio.sleep(LOOK_EVERY.total_seconds())
        except TimeoutError:
            return False


def _known(stored: tuple[Release, Rules] | None) -> tuple[Release, Rules]:
    assert stored is not None  # noqa: S101 - what the record outran it holds
    return stored
