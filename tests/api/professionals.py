"""Professionals in memory, for pages that are tested without a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from api.professional_ports import ProfessionalEntry, ProfessionalWanted, standing


class FakeProfessionals:
    """Keeps entries as they come; numbers and addresses are for the store to judge."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.entries: dict[str, tuple[ProfessionalEntry, ...]] = {}

    async def of(self, release_id: str) -> tuple[ProfessionalEntry, ...]:
        return self.entries.get(release_id, ())

    async def record(self, wanted: ProfessionalWanted) -> bool:
        known = self.entries.get(wanted.release_id, ())
        before = standing(known).get(wanted.professional)
        if (before.version if before else 0) != wanted.seen:
            return False
        entry = ProfessionalEntry(
            wanted.professional,
            wanted.seen + 1,
            *(wanted.name, wanted.phone, wanted.email),
            *(self.now(), wanted.by, wanted.role),
        )
        self.entries[wanted.release_id] = (*known, entry)
        return True
