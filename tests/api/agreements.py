"""Agreements where no person is known: what a world without a database has."""

from __future__ import annotations

from api.message_records import TextingChoice, TextingRecord


class NobodyKnown:
    """Implements `api.message_ports.Agreements`."""

    async def of(self, release_id: str) -> TextingRecord | None:
        return None

    async def record(
        self, release_id: str, choice: TextingChoice, by: str, seen: str | None = None
    ) -> TextingRecord | None:
        return None
