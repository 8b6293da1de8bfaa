from __future__ import annotations

import pytest
from sqlalchemy import delete, text, update

from infra.database.engine import Database
from infra.database.tables import EventRow, table_of
from infra.web.chain_walk import AT_ONCE, ChainWalk
from tests.builders import Journey
from tests.database.projections import AUDIT_KEY, a_read_model, project

RELEASES = [f"rel-{number}" for number in range(1, AT_ONCE + 3)]
EVENTS = table_of(EventRow)


@pytest.fixture
def walk(database: Database) -> ChainWalk:
    """A walk through more releases than it looks at in one go."""
    for each in RELEASES:
        project(a_read_model(database), Journey(release_id=each))
    with database.write() as session:
        for trigger in session.execute(text(TRIGGERS[database.dialect])).scalars():
            on = " ON events" if database.dialect == "postgresql" else ""
            session.execute(text(f"DROP TRIGGER {trigger}{on}"))
    return ChainWalk(database, AUDIT_KEY)


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'events'::regclass "
    "AND NOT tgisinternal",
}


def rounds(walk: ChainWalk, number: int = 4) -> list[bool]:
    return [walk.next_are_whole() for _ in range(number)]


def test_whole_chains_are_whole_however_often_it_looks(walk: ChainWalk) -> None:
    assert rounds(walk) == [True, True, True, True]


def test_it_comes_to_a_broken_chain_and_stays_there(walk: ChainWalk, database: Database) -> None:
    with database.write() as session:
        changed = update(EVENTS).where(EVENTS.c.release_id == RELEASES[-1], EVENTS.c.seq == 1)
        session.execute(changed.values(actor="somebody-else"))

    assert rounds(walk) == [True, False, False, False]


def test_a_chain_that_was_cut_off_is_not_whole(walk: ChainWalk, database: Database) -> None:
    with database.write() as session:
        session.execute(delete(EVENTS).where(EVENTS.c.release_id == RELEASES[0]))

    assert not walk.next_are_whole()


def test_under_another_key_no_chain_is_whole(walk: ChainWalk, database: Database) -> None:
    assert not ChainWalk(database, b"another key").next_are_whole()
