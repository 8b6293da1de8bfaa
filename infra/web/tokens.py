"""Bearer tokens as the API awaits them; looked up on every request, and never kept."""

from __future__ import annotations

from dataclasses import dataclass

from domain.access import Subject
from infra.database.tokens import TokenStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """Implements `api.ports.Tokens`."""

    store: TokenStore
    threads: StoreThreads

    async def find(self, secret: str) -> Subject | None:
        """Return who holds the token; None when it is unknown, expired or revoked.

        Raises:
            RecordUnavailableError: It cannot be looked up now.
        """
        return await self.threads.read(self.store.find, secret)
