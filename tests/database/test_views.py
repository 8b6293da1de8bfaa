from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.pages.viewing import DeedFilter
from domain.codes import Role
from infra.database.engine import Database
from infra.database.users import NewAccount, UserStore
from infra.database.views import ViewStore
from tests.builders import WORKER, Journey
from tests.database.projections import a_read_model, project

LATE_EVENING = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
"""Half past midnight of 2 July in London."""


class Clock:
    now = LATE_EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def views(database: Database, clock: Clock) -> ViewStore:
    read_model = a_read_model(database)
    for release_id in ("rel-1", "rel-2"):
        project(read_model, Journey(release_id=release_id))
    return ViewStore(database, clock)


@pytest.fixture
def priya(database: Database) -> str:
    return UserStore(database).add(NewAccount("priya", "Priya Nair", Role.RESETTLEMENT))


def reference_of(database: Database, release_id: str) -> str:
    with database.read() as session:
        found = session.execute(
            text("SELECT reference FROM releases WHERE id = :id"), {"id": release_id}
        )
        return str(found.scalar_one())


def test_a_viewing_names_who_saw_what_and_when(
    views: ViewStore, database: Database, priya: str
) -> None:
    views.note(priya, "rel-1", "/cases/{release_id}")

    (deed,) = views.deeds(DeedFilter(changes=False), 10)

    assert (deed.name, deed.role, deed.at) == ("Priya Nair", Role.RESETTLEMENT, LATE_EVENING)
    assert (deed.release_id, deed.what) == ("rel-1", "/cases/{release_id}")
    assert deed.reference == reference_of(database, "rel-1")
    assert not deed.is_change


def test_what_was_recorded_is_in_the_trail_as_well_with_whoever_asked(views: ViewStore) -> None:
    found = views.deeds(DeedFilter(changes=True), 100)

    assert {each.account_id for each in found} == {WORKER.id}
    assert "release_started" in {each.what for each in found}
    assert all(each.is_change for each in found)


def test_the_newest_comes_first_and_no_more_than_asked_for(
    views: ViewStore, clock: Clock, priya: str
) -> None:
    for minute in range(5):
        clock.now = LATE_EVENING + timedelta(minutes=minute)
        views.note(priya, "rel-1", f"/page-{minute}")

    found = views.deeds(DeedFilter(changes=False), 3)

    assert [each.what for each in found] == ["/page-4", "/page-3", "/page-2"]


def test_it_is_narrowed_by_release_person_and_london_day(
    views: ViewStore, database: Database, priya: str
) -> None:
    other = UserStore(database).add(NewAccount("dan", "Dan Okafor", Role.PROBATION))
    views.note(priya, "rel-1", "/one")
    views.note(other, "rel-2", "/two")

    def whats(**wanted: object) -> list[str]:
        found = views.deeds(DeedFilter(changes=False, **wanted), 10)  # type: ignore[arg-type]  # its fields of several types
        return sorted(each.what for each in found)

    assert whats() == ["/one", "/two"]
    assert whats(reference=reference_of(database, "rel-2").lower()) == ["/two"]
    assert whats(username="PRIYA") == ["/one"]
    assert whats(since=date(2026, 7, 2)) == ["/one", "/two"]
    assert whats(since=date(2026, 7, 3)) == []
    assert whats(until=date(2026, 7, 1)) == []
    assert whats(until=date(2026, 7, 2)) == ["/one", "/two"]


def test_a_search_is_itself_noted_and_is_not_a_viewing(
    views: ViewStore, database: Database, priya: str
) -> None:
    views.note_search(priya, DeedFilter(reference="ABC123", since=date(2026, 7, 1)))

    views.note_search(priya, DeedFilter(reference="ABC123"), to_keep=True)

    assert views.deeds(DeedFilter(changes=False), 10) == ()
    with database.read() as session:
        query = text("SELECT user_id, page, searched FROM page_views ORDER BY page DESC")
        row, file = session.execute(query).all()
    assert row.user_id == file.user_id == priya
    assert "ABC123" in str(row.searched)
    assert (row.page, file.page) == ("audit search", "audit file")


@pytest.mark.parametrize(
    "statement", ["UPDATE page_views SET page = 'x'", "DELETE FROM page_views"]
)
def test_the_trail_only_grows(
    views: ViewStore, database: Database, priya: str, statement: str
) -> None:
    views.note(priya, "rel-1", "/one")

    with pytest.raises(DBAPIError, match="only grows"), database.write() as session:
        session.execute(text(statement))
