from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import RowMapping, select

from domain.codes import EthnicityGroup, Sex
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.errors import EpisodeConflictError, NoteConflictError, UnusableTextError
from infra.database.people import NewPerson, PeopleStore, search_key
from infra.database.tables import Record
from tests.builders import Journey
from tests.database.projections import a_read_model, project

RECEPTION_ON = date(2026, 6, 1)
ALEX = NewPerson(
    prison_number="Z1234AB",
    crn="X123456",
    forename="Alex",
    surname="Ó Néill-Smith",
    date_of_birth=date(1990, 2, 28),
    sex=Sex.MALE,
    ethnicity=EthnicityGroup.WHITE,
    mobile="07700900123",
)


def rows(database: Database, name: str) -> list[RowMapping]:
    table = Record.metadata.tables[name]
    with database.read() as session:
        found = session.execute(select(table).order_by(*table.primary_key))
        return list(found.mappings())


def test_a_person_is_stored_once_with_each_of_their_releases(database: Database) -> None:
    people = PeopleStore(database)

    first = people.register(ALEX, "rel-1", RECEPTION_ON)
    again = people.register(ALEX, "rel-1", RECEPTION_ON)
    later = people.register(ALEX, "rel-2", date(2027, 6, 1))

    assert first == again == later
    assert len(rows(database, "people")) == 1
    assert [(each["release_id"], each["ordinal"]) for each in rows(database, "episodes")] == [
        ("rel-1", 1),
        ("rel-2", 2),
    ]


def test_a_fact_that_differs_replaces_what_was_known(database: Database) -> None:
    people = PeopleStore(database)
    people.register(ALEX, "rel-1", RECEPTION_ON)

    people.register(replace(ALEX, surname="Jones", mobile="07700900999"), "rel-1", RECEPTION_ON)

    (person,) = rows(database, "people")
    assert (person["surname"], person["surname_key"]) == ("Jones", "jones")
    assert people.contacts(person["id"]) == {ContactKind.MOBILE: "07700900999"}


def test_a_fact_that_is_not_stated_replaces_nothing(database: Database) -> None:
    people = PeopleStore(database)
    people.register(ALEX, "rel-1", RECEPTION_ON)
    (before,) = rows(database, "people")
    silent = replace(ALEX, crn=None, sex=None, ethnicity=None, mobile=None)

    people.register(silent, "rel-1", RECEPTION_ON)

    assert rows(database, "people") == [before]
    assert people.contacts(before["id"]) == {ContactKind.MOBILE: "07700900123"}


def test_a_release_is_never_given_to_somebody_else(database: Database) -> None:
    people = PeopleStore(database)
    people.register(ALEX, "rel-1", RECEPTION_ON)

    with pytest.raises(EpisodeConflictError, match="rel-1"):
        people.register(replace(ALEX, prison_number="Z9999ZZ"), "rel-1", RECEPTION_ON)

    assert len(rows(database, "people")) == 1


def test_a_release_shows_its_person_whichever_came_first(database: Database) -> None:
    people, read_model = PeopleStore(database), a_read_model(database)
    before = people.register(ALEX, "rel-1", RECEPTION_ON)
    project(read_model, Journey())
    project(read_model, Journey(release_id="rel-2"))
    after = people.register(replace(ALEX, prison_number="Z2222BB"), "rel-2", RECEPTION_ON)
    project(read_model, Journey(release_id="rel-2"))

    assert [each["person_id"] for each in rows(database, "releases")] == [before, after]


def test_eight_registrations_of_one_person_at_once_make_one_person(database: Database) -> None:
    people = PeopleStore(database)

    with ThreadPoolExecutor(8) as pool:
        ids = set(
            pool.map(lambda each: people.register(ALEX, f"rel-{each}", RECEPTION_ON), range(8))
        )

    assert len(ids) == 1
    assert sorted(each["ordinal"] for each in rows(database, "episodes")) == list(range(1, 9))


def test_a_contact_of_a_kind_is_replaced(database: Database) -> None:
    people = PeopleStore(database)
    person_id = people.register(ALEX, "rel-1", RECEPTION_ON)

    people.set_contact(person_id, ContactKind.EMAIL, "old@example.org")
    people.set_contact(person_id, ContactKind.EMAIL, "new@example.org")

    assert people.contacts(person_id)[ContactKind.EMAIL] == "new@example.org"


def test_notes_are_stored_once_under_their_ids(database: Database) -> None:
    people = PeopleStore(database)

    people.add_notes("rel-1", "staff-1", {"n1": "Prefers to be called in the morning"})
    people.add_notes("rel-1", "staff-2", {"n1": "Prefers to be called in the morning", "n2": "é"})
    people.add_notes("rel-1", "staff-2", {})

    stored = [(each["id"], each["author"], each["text"]) for each in rows(database, "notes")]
    assert stored == [
        ("n1", "staff-1", "Prefers to be called in the morning"),
        ("n2", "staff-2", "é"),
    ]


def test_a_note_never_changes(database: Database) -> None:
    people = PeopleStore(database)
    people.add_notes("rel-1", "staff-1", {"n1": "first"})

    with pytest.raises(NoteConflictError, match="n1") as caught:
        people.add_notes("rel-1", "staff-1", {"n0": "new", "n1": "another"})

    assert "another" not in str(caught.value)
    assert [each["text"] for each in rows(database, "notes")] == ["first"]


def test_a_text_that_no_database_stores_is_refused(database: Database) -> None:
    with pytest.raises(UnusableTextError, match="n1"):
        PeopleStore(database).add_notes("rel-1", "staff-1", {"n1": "a\0b"})


@pytest.mark.parametrize(
    ("name", "key"),
    [("O'Neill", "oneill"), ("Ó Néill-Smith", "oneillsmith"), ("GROẞ", "gross"), ("李", "李")],
)
def test_a_name_is_found_however_it_is_typed(name: str, key: str) -> None:
    assert search_key(name) == key
