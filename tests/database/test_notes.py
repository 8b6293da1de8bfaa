from __future__ import annotations

from datetime import UTC, datetime

from api.records import NoteRecord
from domain.codes import Role
from infra.database.engine import Database
from infra.database.notes import NoteReads
from infra.database.people import PeopleStore
from infra.database.tokens import NewToken, TokenStore
from infra.database.users import NewAccount, UserStore

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


def test_notes_are_read_with_whoever_wrote_them_and_as_what(database: Database) -> None:
    priya = UserStore(database).add(NewAccount("priya", "Priya Nair", Role.RESETTLEMENT))
    token, _ = TokenStore(database).create(NewToken(Role.PROVIDER, "their system"))
    people = PeopleStore(database, lambda: NOW)
    people.add_notes("rel-1", priya, {"n-1": "Sleeps on a sofa.\nLeaves on 1 March."})
    people.add_notes("rel-1", token, {"n-2": "Über die Kur gesprochen."})
    people.add_notes("rel-1", "long-gone", {"n-3": "Hm."})
    people.add_notes("rel-2", priya, {"n-4": "Of somebody else."})

    found = NoteReads(database).written("rel-1", {"n-1", "n-2", "n-3", "n-4", "n-5"})

    assert found == {
        "n-1": NoteRecord(
            "Sleeps on a sofa.\nLeaves on 1 March.", "Priya Nair", Role.RESETTLEMENT, NOW
        ),
        "n-2": NoteRecord("Über die Kur gesprochen.", None, Role.PROVIDER, NOW),
        "n-3": NoteRecord("Hm.", None, None, NOW),
    }
    assert NoteReads(database).written("rel-1", set()) == {}
