from __future__ import annotations

import pytest

from domain.errors import Refusal, Refused
from infra.database.engine import Database
from infra.database.notes import NoteReads
from infra.database.people import PeopleStore
from infra.web.notes import StoredNotes
from infra.web.store import StoreThreads


async def test_a_note_is_stored_once_and_another_text_under_its_id_is_refused(
    sqlite_database: Database,
) -> None:
    threads = StoreThreads("sqlite")
    notes = StoredNotes(PeopleStore(sqlite_database), NoteReads(sqlite_database), threads)
    await notes.add("rel-1", "staff-1", {"n-1": "As it was."})
    await notes.add("rel-1", "staff-1", {"n-1": "As it was."})

    with pytest.raises(Refused) as refused:
        await notes.add("rel-1", "staff-1", {"n-1": "As it is now."})

    assert refused.value.code is Refusal.KEY_REUSED
    threads.close()
