"""An engine and a record that behave: they decide by the real rules, and can be away."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime

from domain.commands import Actor, Submission
from domain.deciding import NewRelease, decide, start
from domain.evolve import evolve, replay
from domain.state import Release
from infra.database.people import Registration
from infra.engine import EngineUnavailableError, OutcomeUnknownError
from infra.engine.pinning import pinned
from tests.builders import the_rules
from workflows.messages import Outcome

Fault = type[EngineUnavailableError] | type[OutcomeUnknownError]


class MemoryService:
    """Engine, people and record in one: what was launched is on record once its person is."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.releases: dict[str, Release] = {}
        self.people: dict[str, Registration] = {}
        self.transactions: list[int] = []
        self.faults: list[Fault] = []
        self.launched: list[str] = []
        self.submitted: list[str] = []
        self.under_way = self.most_under_way = 0

    async def launch(
        self, new: NewRelease, actor: Actor, submission: Submission | None = None
    ) -> bool:
        self.launched.append(new.release_id)
        fault = self._next_fault()
        if fault is EngineUnavailableError:
            raise fault
        await self._take_a_moment()
        is_new = new.release_id not in self.releases
        if is_new:
            self._start(new, actor, submission)
        if fault is not None:
            raise fault
        return is_new

    async def submit(self, release_id: str, submission: Submission) -> Outcome:
        self.submitted.append(submission.key)
        fault = self._next_fault()
        if fault is EngineUnavailableError:
            raise fault
        release = self.releases[release_id]
        for event in decide(release, submission, self.now, the_rules()):
            release = evolve(release, event)
        self.releases[release_id] = release
        if fault is not None:
            raise fault
        return Outcome(release_id=release_id, seq=release.seq)

    def register_all(self, registrations: Sequence[Registration]) -> None:
        self.transactions.append(len(registrations))
        self.people.update({each.release_id: each for each in registrations})

    def known(self, release_ids: Collection[str]) -> frozenset[str]:
        return frozenset(release_ids) & self.releases.keys()

    def accepted(self, release_id: str) -> frozenset[str]:
        return frozenset(self.releases[release_id].requests)

    def _next_fault(self) -> Fault | None:
        return self.faults.pop(0) if self.faults else None

    def _start(self, new: NewRelease, actor: Actor, submission: Submission | None) -> None:
        assert new.release_id in self.people, "the person is on record before the release"
        rules = pinned(the_rules(), new)
        release = replay(start(new, actor, self.now, rules))
        for event in decide(release, submission, self.now, rules) if submission else ():
            release = evolve(release, event)
        self.releases[new.release_id] = release

    async def _take_a_moment(self) -> None:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
