from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.pages.trail_file import what_of
from api.pages.viewing import DeedFilter
from api.professional_ports import ProfessionalWanted, standing
from domain.codes import Role
from domain.identifiers import FieldError
from domain.professionals import Professional
from infra.database.engine import Database
from infra.database.professionals import ProfessionalStore
from infra.database.users import NewAccount, UserStore
from infra.database.views import ViewStore
from tests.builders import Journey
from tests.database.projections import a_read_model, project

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
SURGERY = ProfessionalWanted(
    release_id="rel-1",
    professional=Professional.GP,
    name="York Street Practice",
    phone="0113 496 0000",
    email="desk@york-street.example",
    by="res",
    role=Role.RESETTLEMENT,
    seen=0,
)


@pytest.fixture
def store(database: Database) -> ProfessionalStore:
    times = (NOW + timedelta(minutes=each) for each in range(100))
    return ProfessionalStore(database, lambda: next(times), allow_drama=True)


def test_the_newest_of_each_kind_stands_and_nothing_is_lost(store: ProfessionalStore) -> None:
    pharmacy = SURGERY._replace(professional=Professional.PHARMACY, name="Boots", phone=None)
    assert store.record(SURGERY)
    assert store.record(pharmacy)
    assert store.record(SURGERY._replace(name="Lincoln Green", seen=1))
    assert store.record(SURGERY._replace(release_id="rel-2"))

    entries = store.of("rel-1")

    assert [each.name for each in entries] == ["York Street Practice", "Boots", "Lincoln Green"]
    now = standing(entries)
    assert (now[Professional.GP].name, now[Professional.GP].version) == ("Lincoln Green", 2)
    assert now[Professional.GP].phone == "+441134960000"
    assert now[Professional.PHARMACY].phone is None


def test_what_somebody_else_recorded_is_not_overwritten(store: ProfessionalStore) -> None:
    assert store.record(SURGERY)

    assert not store.record(SURGERY._replace(name="Another", by="prb"))
    assert store.record(SURGERY._replace(by="prb")), "the same again is no change"

    assert [each.by for each in store.of("rel-1")] == ["res"]


def test_who_is_named_can_be_taken_away_and_is_still_known(store: ProfessionalStore) -> None:
    store.record(SURGERY)

    assert store.record(SURGERY._replace(name=None, seen=1))

    before, now = store.of("rel-1")
    assert before.name == "York Street Practice"
    assert (now.name, now.phone, now.email) == (None, None, None)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (SURGERY._replace(phone="12"), "phone"),
        (SURGERY._replace(phone="+1 202 555 0100"), "phone"),
        (SURGERY._replace(phone="ask at the desk"), "phone"),
        (SURGERY._replace(email="nowhere"), "email"),
    ],
)
def test_what_cannot_be_rung_or_written_to_is_refused_by_its_field(
    store: ProfessionalStore, wanted: ProfessionalWanted, field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        store.record(wanted)

    assert refused.value.field == field
    assert store.of("rel-1") == ()


@pytest.mark.parametrize(
    "change", ["UPDATE professionals SET name = 'x'", "DELETE FROM professionals"]
)
def test_an_entry_is_never_changed(
    database: Database, store: ProfessionalStore, change: str
) -> None:
    store.record(SURGERY)

    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text(change))


def test_the_audit_search_finds_who_recorded_whom(
    database: Database, store: ProfessionalStore
) -> None:
    project(a_read_model(database), Journey(release_id="rel-1"))
    user = UserStore(database).add(NewAccount("ada", "Ada Byron", Role.RESETTLEMENT, prisons=None))
    store.record(SURGERY._replace(by=user))
    trail = ViewStore(database)

    found = trail.deeds(DeedFilter(username="ada"), 10)

    assert [(each.name, each.release_id, what_of(each)) for each in found] == [
        ("Ada Byron", "rel-1", "GP practice recorded or taken away")
    ]
    assert trail.deeds(DeedFilter(username="ada", changes=False), 10) == ()
