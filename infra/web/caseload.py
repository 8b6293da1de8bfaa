"""The pages' lists as they await them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.filters import PageOf
from api.pages.caseload import CaseFilter, CasePage, Change, Meeting
from domain.access import Scope
from domain.events import EventKind
from infra.database.caseload import CaseloadReads
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredCaseload:
    """Implements `api.pages.caseload.Caseload`; see there for what each method promises."""

    sql: CaseloadReads
    threads: StoreThreads

    async def cases(self, wanted: CaseFilter, scope: Scope, page: PageOf) -> CasePage:
        """Return one page of the cases in scope."""
        return await self.threads.read(self.sql.cases, wanted, scope, page)

    async def count(self, wanted: CaseFilter, scope: Scope) -> int:
        """Return how many cases there are in scope, as `cases` counts them."""
        return await self.threads.read(self.sql.count, wanted, scope)

    async def changes(
        self, kinds: Sequence[EventKind], since: datetime, but: str, scope: Scope, limit: int
    ) -> tuple[Change, ...]:
        """Return what others than `but` changed about open releases in scope, newest first."""
        return await self.threads.read(self.sql.changes, kinds, since, but, scope, limit)

    async def meetings(
        self, first: datetime, last: datetime, scope: Scope, limit: int
    ) -> tuple[Meeting, ...]:
        """Return the appointments of releases in scope between two instants, earliest first."""
        return await self.threads.read(self.sql.meetings, first, last, scope, limit)

    async def seen(self, account_id: str, limit: int) -> tuple[str, ...]:
        """Return the ids of the releases that an account viewed last, newest first."""
        return await self.threads.read(self.sql.seen, account_id, limit)
