"""The read model as the API awaits it: `infra.database.queries` in threads of the web's own."""

from __future__ import annotations

from dataclasses import dataclass

from api.filters import EscalationFilter, PageOf, ReleaseFilter
from api.records import (
    EscalationPage,
    EscalationRow,
    RecordedEvent,
    ReleaseDetail,
    ReleasePage,
)
from domain.access import Scope
from domain.state import Release
from infra.database.queries import SqlReads
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class ThreadedReads:
    """Implements `api.ports.Reads`; see there for what each method promises."""

    sql: SqlReads
    threads: StoreThreads

    async def releases(self, wanted: ReleaseFilter, scope: Scope, page: PageOf) -> ReleasePage:
        """Return one page of the releases in scope."""
        return await self.threads.read(self.sql.releases, wanted, scope, page)

    async def release(self, release_id: str, scope: Scope) -> ReleaseDetail | None:
        """Return a release in scope; None for any other."""
        return await self.threads.read(self.sql.release, release_id, scope)

    async def state(self, release_id: str) -> Release | None:
        """Return the newest state, whoever asks."""
        return await self.threads.read(self.sql.state, release_id)

    async def events(
        self, release_id: str, scope: Scope, after: int, limit: int
    ) -> tuple[RecordedEvent, ...] | None:
        """Return up to `limit` events after number `after`, in order; None when out of scope."""
        return await self.threads.read(self.sql.events, release_id, scope, after, limit)

    async def escalations(
        self, wanted: EscalationFilter, scope: Scope, page: PageOf
    ) -> EscalationPage:
        """Return one page of the escalations of releases in scope."""
        return await self.threads.read(self.sql.escalations, wanted, scope, page)

    async def escalation(self, escalation_id: str, scope: Scope) -> EscalationRow | None:
        """Return an escalation of a release in scope; None for any other."""
        return await self.threads.read(self.sql.escalation, escalation_id, scope)
