from __future__ import annotations

from datetime import date

from domain.commands import CancelRelease, Command, Recall, RecordRelease
from domain.facts import ReleaseRoute
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.release_ids import release_id_for
from infra.web.episodes import Episodes
from tests.builders import Journey, at
from tests.database.projections import a_read_model, project

KEY = bytes(32)
NUMBER = "A1234BC"
RECEIVED_ON = date(2026, 6, 1)
ADA = NewPerson(NUMBER, "Ada", "Example", date(1990, 2, 3))
CANCELLED = CancelRelease(on=date(2026, 9, 7), reason="new_sentence")


def on_record(database: Database, ordinal: int, *commands: Command) -> str:
    """Put a release of the reception on record, and let something happen to it."""
    release_id = release_id_for(KEY, NUMBER, RECEIVED_ON, ordinal)
    PeopleStore(database).register(ADA, release_id, RECEIVED_ON)
    journey = Journey(release_id=release_id, reception_on=RECEIVED_ON)
    for each in commands:
        if isinstance(each, RecordRelease):
            journey.wait_until(each.at)
        journey.submit(each)
    project(a_read_model(database), journey)
    return release_id


def test_an_unknown_reception_leads_to_a_first_release(database: Database) -> None:
    found = Episodes(database, KEY).find(NUMBER, RECEIVED_ON)

    assert found == (release_id_for(KEY, NUMBER, RECEIVED_ON), None, None)


def test_a_release_on_record_is_found_with_its_reference(database: Database) -> None:
    release_id = on_record(database, 1)
    episodes = Episodes(database, KEY)

    found = episodes.find(NUMBER, RECEIVED_ON)

    assert found.release_id == release_id
    assert found.reference == episodes.reference(release_id)
    assert found.reference is not None


def test_each_cancelled_release_gives_way_to_the_next(database: Database) -> None:
    on_record(database, 1, CANCELLED)
    on_record(database, 2, CANCELLED)

    found = Episodes(database, KEY).find(NUMBER, RECEIVED_ON)

    assert found.release_id == release_id_for(KEY, NUMBER, RECEIVED_ON, 3)
    assert found.reference is None


def test_a_recalled_release_is_the_one_before_the_next_reception(database: Database) -> None:
    left_on, returned_on = date(2026, 9, 8), date(2026, 9, 8)
    release = RecordRelease(at=at(left_on, 9), naloxone_in_hand=True, route=ReleaseRoute.EARLY)
    recalled = on_record(database, 1, release, Recall(on=returned_on))
    episodes = Episodes(database, KEY)

    assert episodes.find(NUMBER, returned_on).previous_release == recalled
    assert episodes.find("B1234CD", returned_on).previous_release is None
