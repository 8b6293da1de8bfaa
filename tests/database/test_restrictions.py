from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.filters import EscalationFilter, PageOf, ReleaseFilter, ReleaseOrder
from api.pages.caseload import CaseFilter, CaseOrder
from api.pages.viewing import DeedFilter
from api.restriction_ports import RestrictionWanted
from domain.access import Scope
from domain.access_restriction import RecordRestricted, Restriction, RestrictionReason
from domain.codes import Role
from domain.commands import MoveReleaseDate
from domain.events import EventKind
from infra.database.caseload import CaseloadReads
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.queries import SqlReads
from infra.database.restrictions import RestrictionStore
from infra.database.users import NewAccount, UserStore
from infra.database.views import ViewStore
from tests.builders import Journey, at
from tests.database.projections import a_read_model, project
from tests.database.scopes import EVERYTHING

NOW = at(date(2026, 9, 14))
ALL = PageOf(size=50)
WANTED = CaseFilter(now=NOW, soon=NOW + timedelta(days=3), stage=None)
REASON = RestrictionReason.RELATIVE_OF_STAFF
IN_SECRET = ("Quill", "Marlowe", "Z1000AA")


@pytest.fixture
def users(database: Database) -> UserStore:
    return UserStore(database)


@pytest.fixture
def reader(users: UserStore) -> str:
    return users.add(NewAccount("ada", "Ada Byron", Role.RESETTLEMENT, prisons=None))


@pytest.fixture
def store(database: Database, reader: str) -> RestrictionStore:
    """Quill has two releases, the other person one; the first of Quill's is restricted."""
    read_model, people = a_read_model(database), PeopleStore(database)
    quill = NewPerson("Z1000AA", "Quill", "Marlowe", date(1990, 1, 1))
    other = NewPerson("Z1001AA", "Sam", "Zeller", date(1990, 1, 1))
    for release_id, person, since in (
        ("first", quill, date(2026, 6, 1)),
        ("again", quill, date(2026, 8, 1)),
        ("other", other, date(2026, 6, 1)),
    ):
        people.register(person, release_id, since)
        journey = Journey(release_id=release_id)
        journey.wait_until(NOW)
        journey.submit(MoveReleaseDate(on=NOW.date(), scheduled_on=date(2026, 12, 3)))
        project(read_model, journey)
    found = RestrictionStore(database, lambda: NOW)
    found.restrict(RestrictionWanted("first", REASON, frozenset({reader}), by="adm"))
    return found


@pytest.fixture
def reads(database: Database) -> SqlReads:
    return SqlReads(database, covered_until=lambda _state: None, clock=lambda: NOW)


@pytest.fixture
def caseload(database: Database) -> CaseloadReads:
    return CaseloadReads(database, lambda: NOW)


STRANGER = replace(EVERYTHING, account="somebody-else")


def rows_of(reads: SqlReads, caseload: CaseloadReads, scope: Scope) -> dict[str, list[object]]:
    """Every list, by name."""
    since = NOW - timedelta(days=1)
    return {
        "releases": [*reads.releases(ReleaseFilter(), scope, ALL).rows],
        "escalations": [*reads.escalations(EscalationFilter(), scope, ALL).rows],
        "cases": [each.release for each in caseload.cases(WANTED, scope, ALL).rows],
        "changes": [
            each.release
            for each in caseload.changes([EventKind.RELEASE_DATE_MOVED], since, "nobody", scope, 50)
        ],
    }


@pytest.mark.usefixtures("store")
def test_no_list_names_the_person_and_every_list_has_the_line(
    reads: SqlReads, caseload: CaseloadReads, reader: str
) -> None:
    mine = rows_of(reads, caseload, replace(EVERYTHING, account=reader))
    theirs = rows_of(reads, caseload, STRANGER)

    for name, rows in theirs.items():
        assert len(rows) == len(mine[name]) > 0, name
        assert not any(each in str(rows) for each in IN_SECRET), name
        assert all(each in str(mine[name]) for each in IN_SECRET[:2]), name
        closed = {getattr(each, "release_id", None) for each in rows if _closed(each)}
        assert closed == {"first", "again"}, name
        assert not any(_closed(each) for each in mine[name]), name


def _closed(row: object) -> bool:
    return bool(getattr(row, "restricted", False))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("words", ["marlowe", "Mar", "Quill Marlowe", "z1000aa", "Z1000 AA"])
def test_no_search_finds_the_person_for_whom_it_is_closed(
    reads: SqlReads, caseload: CaseloadReads, reader: str, words: str
) -> None:
    wanted = replace(WANTED, words=words)

    assert caseload.cases(wanted, STRANGER, ALL).total == 0
    assert reads.find(words, STRANGER) == ()
    assert caseload.cases(wanted, replace(EVERYTHING, account=reader), ALL).total == 2


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("order", [CaseOrder.SURNAME, CaseOrder.SURNAME_LAST])
def test_the_place_in_a_list_by_name_tells_nothing(
    caseload: CaseloadReads, reads: SqlReads, order: CaseOrder
) -> None:
    cases = caseload.cases(replace(WANTED, order=order), STRANGER, ALL).rows
    api_order = ReleaseOrder(order.replace("name", "surname"))
    listed = reads.releases(ReleaseFilter(order=api_order), STRANGER, ALL).rows

    for rows in ([each.release for each in cases], listed):
        assert [each.restricted for each in rows] == [False, True, True]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("release_id", ["first", "again"])
def test_nothing_of_the_record_opens_but_to_those_it_names(
    reads: SqlReads, reader: str, release_id: str
) -> None:
    ladders = reads.escalations(EscalationFilter(release_id=release_id), EVERYTHING, ALL).rows
    asked: list[Callable[[Scope], object]] = [
        lambda scope: reads.release(release_id, scope),
        lambda scope: reads.events(release_id, scope, 0, 10),
        lambda scope: reads.escalation(ladders[0].escalation_id, scope),
    ]
    for ask in asked:
        with pytest.raises(RecordRestricted) as refused:
            ask(STRANGER)
        assert refused.value.readers == {reader}
        assert ask(replace(EVERYTHING, account=reader)) is not None
        # Out of scope it does not exist, restricted or not.
        assert ask(Scope(left_since=NOW.date(), account="x")) is None


def test_a_reader_who_is_switched_off_is_asked_no_more(
    store: RestrictionStore, users: UserStore, reader: str
) -> None:
    users.set_disabled(reader, disabled=True)

    assert store.of("again") == Restriction(REASON, frozenset())
    (listed,) = store.listed()
    assert [(each.account.name, each.is_disabled) for each in listed.readers] == [
        ("Ada Byron", True)
    ]


def test_restricting_again_puts_the_new_readers_in_place_of_the_old(
    store: RestrictionStore, users: UserStore
) -> None:
    ben = users.add(NewAccount("ben", "Ben Okri", Role.HEALTHCARE))
    reason = RestrictionReason.PERSON_AT_RISK

    store.restrict(RestrictionWanted("again", reason, frozenset({ben}), by="adm"))

    assert store.of("first") == Restriction(reason, frozenset({ben}))
    (listed,) = store.listed()
    assert {each.release_id for each in listed.releases} == {"first", "again"}
    assert listed.reference


def test_what_is_lifted_is_open_and_lifting_twice_is_told(
    store: RestrictionStore, caseload: CaseloadReads
) -> None:
    assert store.lift("again", "adm")
    assert not store.lift("again", "adm")
    assert not store.lift("other", "adm")
    assert not store.lift("unknown", "adm")

    assert store.of("first") is None
    assert store.listed() == ()
    assert caseload.cases(replace(WANTED, words="marlowe"), STRANGER, ALL).total == 2


def test_both_are_in_the_audit_trail_with_who_did_it(
    store: RestrictionStore, users: UserStore, database: Database
) -> None:
    owner = users.add(NewAccount("eva", "Eva Lund", Role.ADMIN))
    store.lift("first", owner)
    views = ViewStore(database, lambda: NOW)

    found = views.deeds(DeedFilter(username="eva", changes=True), 10)

    assert [(each.name, each.what, each.release_id) for each in found] == [
        ("Eva Lund", "access_restriction_lifted", "first")
    ]
    everything = views.deeds(DeedFilter(reference=found[0].reference), 50)
    assert "access_restricted" in {each.what for each in everything if each.is_change}
    assert views.deeds(DeedFilter(username="eva", changes=False), 10) == ()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "tampering", ["UPDATE restriction_changes SET user_id = 'x'", "DELETE FROM restriction_changes"]
)
def test_the_trail_of_restrictions_cannot_be_changed(database: Database, tampering: str) -> None:
    with pytest.raises(DBAPIError, match="only grows"), database.write() as session:
        session.execute(text(tampering))


def test_a_record_is_named_by_its_reference_however_it_is_written(
    store: RestrictionStore, users: UserStore
) -> None:
    (listed,) = store.listed()

    assert store.release_of(f" {listed.reference.lower()} ") == listed.release_id
    assert store.release_of("000000") is None
    users.add(NewAccount("ben", "Ben Okri", Role.HEALTHCARE))
    off = users.add(NewAccount("off", "Off", Role.HEALTHCARE))
    users.set_disabled(off, disabled=True)
    assert set(store.accounts({"BEN", "ada", "off", "nobody"})) == {"ada", "ben"}
