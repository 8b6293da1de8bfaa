"""Restrictions of records as the web awaits them."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.accounts import Account
from api.restriction_ports import RestrictionRecord, RestrictionWanted
from domain.access_restriction import Restriction
from infra.database.restrictions import RestrictionStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredRestrictions:
    """Implements `api.restriction_ports.Restrictions`; see there for what each method promises."""

    store: RestrictionStore
    threads: StoreThreads

    async def of(self, release_id: str) -> Restriction | None:
        """Return the restriction of a release's person, None without one."""
        return await self.threads.read(self.store.of, release_id)

    async def listed(self) -> tuple[RestrictionRecord, ...]:
        """Return every restriction in force, by reference."""
        return await self.threads.read(self.store.listed)

    async def release_of(self, reference: str) -> str | None:
        """Return the id of the release with a short reference, None when no person has it."""
        return await self.threads.read(self.store.release_of, reference)

    async def accounts(self, usernames: frozenset[str]) -> dict[str, Account]:
        """Return the accounts with these usernames that are switched on, by username."""
        return await self.threads.read(self.store.accounts, usernames)

    async def restrict(self, wanted: RestrictionWanted) -> None:
        """Restrict all records of a release's person to the readers."""
        await self.threads.write(self.store.restrict, wanted)

    async def lift(self, release_id: str, by: str) -> bool:
        """Open the records of a release's person again; False when they were not restricted."""
        return await self.threads.write(self.store.lift, release_id, by)
