"""What is on record already, and people stored many at a time, on both stores."""

from __future__ import annotations

from datetime import date

import pytest

from domain.commands import CancelRelease, Recall, RecordRelease
from domain.facts import ReleaseRoute
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.errors import EpisodeConflictError
from infra.database.people import NewPerson, PeopleStore, Registration
from infra.imports.record import Recalled, SqlRecord
from tests.builders import Journey, at
from tests.database.projections import a_read_model, project

RECEIVED_ON = date(2026, 6, 1)
LEFT_ON = date(2026, 9, 8)


def a_registration(number: str, release_id: str, **facts: str) -> Registration:
    person = NewPerson(number, "Ada", "Example", date(1990, 2, 3), **facts)  # type: ignore[arg-type]  # its fields of several types
    return Registration(person, release_id, RECEIVED_ON)


def a_release(database: Database, release_id: str, *, is_recalled: bool = False) -> Journey:
    journey = Journey(release_id=release_id, reception_on=RECEIVED_ON)
    if is_recalled:
        journey.wait_until(at(LEFT_ON, 9))
        early = ReleaseRoute.EARLY
        journey.submit(RecordRelease(at=at(LEFT_ON, 9), naloxone_in_hand=True, route=early))
        journey.submit(Recall(on=LEFT_ON))
    project(a_read_model(database), journey)
    return journey


def test_only_releases_on_record_are_known(database: Database) -> None:
    a_release(database, "rel-1")

    assert SqlRecord(database).known(["rel-1", "rel-2"]) == {"rel-1"}
    assert SqlRecord(database).known([]) == frozenset()


def test_accepted_keys_are_those_the_release_remembers(database: Database) -> None:
    journey = a_release(database, "rel-1")
    journey.submit(CancelRelease(on=RECEIVED_ON, reason="new_sentence"))
    project(a_read_model(database), journey)

    assert SqlRecord(database).accepted("rel-1") == frozenset(journey.state.requests) != frozenset()
    assert SqlRecord(database).accepted("rel-2") == frozenset()


def test_recalled_releases_are_found_by_prison_number(database: Database) -> None:
    people = PeopleStore(database)
    people.register_all(
        [a_registration("A1234BC", "rel-1"), a_registration("B1234CD", "rel-2")],
    )
    a_release(database, "rel-1", is_recalled=True)
    a_release(database, "rel-2")

    assert SqlRecord(database).recalled() == (Recalled("A1234BC", RECEIVED_ON, "rel-1"),)


def test_many_people_are_stored_at_once_and_again_without_a_change(database: Database) -> None:
    people = PeopleStore(database)
    both = [
        a_registration("B1234CD", "rel-2", mobile="+447700900123"),
        a_registration("A1234BC", "rel-1"),
    ]

    people.register_all(both)
    people.register_all(both)

    person_id = people.register(both[0].person, "rel-2", RECEIVED_ON)
    assert people.contacts(person_id) == {ContactKind.MOBILE: "+447700900123"}


def test_one_conflict_stores_nobody(database: Database) -> None:
    people = PeopleStore(database)
    people.register_all([a_registration("A1234BC", "rel-1")])

    with pytest.raises(EpisodeConflictError):
        people.register_all(
            [a_registration("B1234CD", "rel-2"), a_registration("C1234DE", "rel-1")]
        )

    # Nobody else has taken it, so it is still free.
    people.register_all([a_registration("D1234EF", "rel-2")])
