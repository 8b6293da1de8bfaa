"""Releases as the API starts them and asks of them: people into the record, the rest to the engine.

The order of a start is the reason to change this file: what cannot start is refused before anything
is stored, and the person is on record before the release, whose first projection refers to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from api.ports import Clock, EngineUnavailableError, OutcomeUnknownError
from api.records import NewRelease, Started, Submitted
from domain.commands import Actor, Submission
from domain.rules import Rules
from infra.database.people import PeopleStore
from infra.database.read_model import SqlReadModel
from infra.engine import Engine
from infra.engine.pinning import pinned
from infra.imports.openings import person_of
from infra.reference_data.reference import ReferenceData
from infra.temporal.namespace import is_answering
from infra.web.episodes import Episodes
from infra.web.opening import opening_of
from infra.web.store import StoreThreads, record_faults
from infra.web.turns import Turns
from workflows.beginning import first_events
from workflows.messages import Begin


@dataclass(frozen=True, slots=True)
class EngineReleases:
    """Implements `api.ports.Releases`."""

    started_with: Engine
    rules: Callable[[], Rules]
    people: PeopleStore
    read_model: SqlReadModel
    episodes: Episodes
    reference: ReferenceData
    threads: StoreThreads
    now: Clock
    turns: Turns = field(default_factory=Turns)

    async def start(self, details: NewRelease, actor: Actor) -> Started:
        """Start a release, or find the one of the same prison number and reception date.

        Raises:
            Refused: The rules do not allow it; nothing was stored.
            CalendarGapError: The release lies beyond the list of bank holidays.
            EngineUnavailableError: Nothing was started.
            OutcomeUnknownError: It may have been started.
            RecordUnavailableError: Nothing was started.
        """
        number, reception_on = details.prison_number, details.reception_on
        episode = await self.threads.read(self.episodes.find, number, reception_on)
        if episode.reference is not None:
            return Started(episode.release_id, episode.reference, created=False)
        new = opening_of(details, episode, self.reference)
        engine = replace(self.started_with, rules=self.rules())
        await self._refuse_early(engine, Begin(new=new, actor=actor))
        await self.threads.write(self._register, engine, details, episode.release_id)
        with record_faults():
            async with self.turns.taken():
                await engine.begin(new, actor)
        reference = await self.threads.read(self.episodes.reference, episode.release_id)
        if reference is None:
            raise OutcomeUnknownError
        return Started(episode.release_id, reference, created=True)

    async def submit(self, release_id: str, submission: Submission) -> Submitted:
        """Ask the release; returns once the read model shows what was accepted.

        Raises:
            Refused: The rules do not allow it, or the key was used for something else.
            ReleaseUnknownError: There is no such release.
            EngineUnavailableError: Nothing was recorded.
            OutcomeUnknownError: It may have been recorded; the same key finds out.
            RecordUnavailableError: The release is closed and cannot be looked up now.
        """
        with record_faults():
            async with self.turns.taken():
                outcome = await self.started_with.submit(release_id, submission)
        return Submitted(seq=outcome.seq, duplicate=outcome.repeated)

    async def _refuse_early(self, engine: Engine, begin: Begin) -> None:
        """Refuse what cannot start, or not now, while nothing is stored yet."""
        first_events(begin, self.now(), pinned(engine.rules, begin.new))
        if not await is_answering(engine.client):
            raise EngineUnavailableError

    def _register(self, engine: Engine, details: NewRelease, release_id: str) -> None:
        # Projections of a release wait until the policy it is pinned to is stored.
        self.read_model.store_policy(engine.rules.policy)
        self.people.register(person_of(details), release_id, details.reception_on)
