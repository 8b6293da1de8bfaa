"""Free text of the API, stored beside people and apart from journeys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from api.records import NoteRecord
from domain.errors import Refusal, Refused
from infra.database.errors import NoteConflictError
from infra.database.notes import NoteReads
from infra.database.people import PeopleStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredNotes:
    """Implements `api.ports.Notes`."""

    people: PeopleStore
    reads: NoteReads
    threads: StoreThreads

    async def add(self, release_id: str, author: str, texts: Mapping[str, str]) -> None:
        """Store each text under its id, all or none; repeating the same changes nothing.

        Raises:
            Refused: `KEY_REUSED`, when an id is taken by another text.
            RecordUnavailableError: Nothing was stored.
        """
        try:
            await self.threads.write(self.people.add_notes, release_id, author, texts)
        except NoteConflictError:
            # The id is derived from the request's key, so the text changed under the same key.
            message = "This Idempotency-Key was used with other notes. Use a new key."
            raise Refused(Refusal.KEY_REUSED, message) from None

    async def written(self, release_id: str, ids: Collection[str]) -> dict[str, NoteRecord]:
        """Return the notes of a release among `ids`, by id."""
        return await self.threads.read(self.reads.written, release_id, ids)
