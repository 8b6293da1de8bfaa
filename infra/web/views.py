"""The trail of viewings as the pages await it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from api.pages.viewing import Deed, DeedFilter
from infra.database.views import ViewStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredViews:
    """Implements `api.pages.viewing.Views`; see there for what each method promises."""

    store: ViewStore
    threads: StoreThreads

    async def note(self, account_id: str, release_id: str, page: str) -> None:
        """Add that an account saw a record on a page."""
        await self.threads.write(self.store.note, account_id, release_id, page)

    async def note_search(
        self, account_id: str, wanted: DeedFilter, *, to_keep: bool = False
    ) -> None:
        """Add that an account searched the trail."""
        note = partial(self.store.note_search, to_keep=to_keep)
        await self.threads.write(note, account_id, wanted)

    async def deeds(self, wanted: DeedFilter, limit: int) -> tuple[Deed, ...]:
        """Return the newest deeds first."""
        return await self.threads.read(self.store.deeds, wanted, limit)
