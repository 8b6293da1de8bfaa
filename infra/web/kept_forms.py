"""Forms that came too late as the pages await them."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.unsaved import KeptForm
from infra.database.kept_forms import KeptFormStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredForms:
    """Implements `api.pages.unsaved.KeptForms`; see there for what each method promises."""

    store: KeptFormStore
    threads: StoreThreads

    async def keep(self, secret: str, form: KeptForm) -> bool:
        """Keep a form for whoever a session was of; False when that is not known any more."""
        return await self.threads.write(self.store.keep, secret, form)

    async def find(self, account_id: str) -> KeptForm | None:
        """Return what is kept for an account, None after an hour."""
        return await self.threads.read(self.store.find, account_id)

    async def drop(self, account_id: str) -> None:
        """Forget what is kept for an account."""
        await self.threads.write(self.store.drop, account_id)
