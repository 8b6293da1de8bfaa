"""Professionals of a release as the web awaits them."""

from __future__ import annotations

from dataclasses import dataclass

from api.professional_ports import ProfessionalEntry, ProfessionalWanted
from infra.database.professionals import ProfessionalStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredProfessionals:
    """Implements `api.professional_ports.Professionals`; see there for what each promises."""

    store: ProfessionalStore
    threads: StoreThreads

    async def of(self, release_id: str) -> tuple[ProfessionalEntry, ...]:
        """Return every entry of a release, the oldest first."""
        return await self.threads.read(self.store.of, release_id)

    async def record(self, wanted: ProfessionalWanted) -> bool:
        """Add an entry; False when another one was added since."""
        return await self.threads.write(self.store.record, wanted)
