"""Whether the parts that the service relies on work; what "works" means is decided here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from api.ports import RecordUnavailableError
from api.records import Part
from infra.composition import Parts
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.tables import ContactRow
from infra.temporal.namespace import is_answering
from infra.web.chain_walk import ChainWalk
from infra.web.pollers import workers_poll
from infra.web.probing import Probe
from infra.web.store import StoreThreads

CHAIN_FRESH_FOR: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class ProbedHealth:
    """Implements `api.ports.Health`: every part is asked at the same time."""

    probes: Sequence[Probe]

    async def parts(self) -> tuple[Part, ...]:
        """Return whether each part works, in the order of the probes; never raises."""
        return tuple(await asyncio.gather(*(each.part() for each in self.probes)))


def probed_health(parts: Parts, threads: StoreThreads) -> ProbedHealth:
    """Return the health of one process's parts: database, engine, worker and chain."""
    walk = ChainWalk(parts.database, audit_key_from(parts.keys.id_key))

    async def database() -> bool:
        try:
            await threads.write(_touch, parts.database)
        except (RecordUnavailableError, SQLAlchemyError):
            return False
        return True

    async def chain() -> bool:
        try:
            return await threads.read(walk.next_are_whole)
        except (RecordUnavailableError, SQLAlchemyError):
            return False

    return ProbedHealth(
        (
            Probe("database", database),
            Probe("engine", lambda: is_answering(parts.client)),
            Probe("worker", lambda: workers_poll(parts.client)),
            Probe("chain", chain, fresh_for=CHAIN_FRESH_FOR, is_needed=False),
        )
    )


def _touch(database: Database) -> None:
    """Write nothing, in a transaction that may write, to a table that the migrations made."""
    with database.write() as session:
        session.execute(delete(ContactRow).where(ContactRow.person_id == ""))
