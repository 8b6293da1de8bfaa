from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from api.pages.accounts import Doer
from domain.codes import Role
from infra.database.attempts import MOST_BY_ADDRESS, MOST_BY_NAME, WITHIN, AttemptStore
from infra.database.engine import Database
from infra.database.tokens import NewToken, TokenStore
from infra.database.users import NewAccount, UsernameTakenError, UserStore
from tests.duty.staffing import LEEDS, Staffing

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(database: Database, clock: Clock) -> AttemptStore:
    return AttemptStore(database, b"key", clock)


def test_an_account_comes_back_as_it_was_made_whatever_the_case_of_its_name(
    database: Database,
) -> None:
    users = UserStore(database)
    new = NewAccount(
        username=" Dan.Okafor ",
        name="Dan Okafor",
        role=Role.PROBATION,
        password="$argon2id$hash",
        units=frozenset({"N54STHA"}),
        manager=True,
    )
    account_id = users.add(new)

    found = users.find("DAN.OKAFOR")

    assert found is not None
    account, password = found
    assert (account.subject.id, account.name, password) == (account_id, new.name, new.password)
    assert account.subject.units == frozenset({"N54STHA"})
    assert account.subject.prisons == frozenset()
    assert account.subject.manager
    assert users.names([account_id, "nobody"]) == {account_id: "Dan Okafor"}


def test_whoever_did_something_is_known_with_the_role_they_have(database: Database) -> None:
    staffing = Staffing(database)
    staffing.employs("kit", LEEDS)
    ada = UserStore(database).add(NewAccount("ada", "Ada Byron", Role.PROBATION))
    token, _ = TokenStore(database).create(NewToken(Role.PROVIDER, "their system"))

    found = UserStore(database).doers([ada, token, "kit", "long-gone"])

    assert found == {
        ada: Doer("Ada Byron", Role.PROBATION),
        token: Doer(None, Role.PROVIDER),
        "kit": Doer("Name of kit", LEEDS.role),
    }


def test_all_places_and_no_place_are_different_things(database: Database) -> None:
    users = UserStore(database)
    users.add(NewAccount("all", "All", Role.PROVIDER, services=None))
    users.add(NewAccount("none", "None", Role.PROVIDER))

    everywhere, nowhere = users.find("all"), users.find("none")

    assert everywhere is not None
    assert everywhere[0].subject.services is None
    assert nowhere is not None
    assert nowhere[0].subject.services == frozenset()


def test_a_name_that_is_taken_is_refused(database: Database) -> None:
    users = UserStore(database)
    users.add(NewAccount("dan", "Dan Okafor", Role.PROBATION))

    with pytest.raises(UsernameTakenError):
        users.add(NewAccount("Dan", "Another Dan", Role.PROVIDER))


def test_an_account_that_is_switched_off_cannot_be_signed_in_to_and_is_still_listed(
    database: Database,
) -> None:
    users = UserStore(database)
    account_id = users.add(NewAccount("dan", "Dan Okafor", Role.PROBATION))

    users.set_disabled(account_id, disabled=True)

    assert users.find("dan") is None
    (listed,) = users.listed()
    assert listed.disabled_at is not None


def test_a_name_may_be_tried_so_often_and_no_oftener(attempts: AttemptStore, clock: Clock) -> None:
    for number in range(MOST_BY_NAME):
        assert not attempts.are_too_many("priya", f"10.0.0.{number}")
        attempts.add("priya", f"10.0.0.{number}")

    assert attempts.are_too_many("PRIYA", "10.9.9.9")
    assert not attempts.are_too_many("dan", "10.0.0.1")
    clock.now = NOW + WITHIN
    assert not attempts.are_too_many("priya", "10.9.9.9")


def test_an_address_may_try_so_often_whatever_the_names(attempts: AttemptStore) -> None:
    for number in range(MOST_BY_ADDRESS):
        assert not attempts.are_too_many(f"name-{number}", "10.0.0.1")
        attempts.add(f"name-{number}", "10.0.0.1")

    assert attempts.are_too_many("priya", "10.0.0.1")
    assert not attempts.are_too_many("priya", "10.0.0.2")


def test_coming_in_forgives_the_name_and_not_the_address(attempts: AttemptStore) -> None:
    for _ in range(MOST_BY_NAME):
        attempts.add("priya", "10.0.0.1")
    for number in range(MOST_BY_ADDRESS - MOST_BY_NAME):
        attempts.add(f"name-{number}", "10.0.0.1")

    attempts.forgive("priya")

    assert not attempts.are_too_many("priya", "10.0.0.2")
    assert attempts.are_too_many("priya", "10.0.0.1")


def test_neither_names_nor_addresses_can_be_read_from_what_is_kept(
    attempts: AttemptStore, database: Database
) -> None:
    attempts.add("priya", "10.0.0.1")

    with database.read() as session:
        kept = session.connection().exec_driver_sql("SELECT subject FROM sign_in_attempts").all()
    assert len(kept) == 2
    assert all(len(row[0]) == 64 for row in kept)


def test_old_failures_are_forgotten(
    attempts: AttemptStore, clock: Clock, database: Database
) -> None:
    attempts.add("priya", "10.0.0.1")
    clock.now = NOW + WITHIN + timedelta(seconds=1)
    attempts.add("dan", "10.0.0.2")

    with database.read() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM sign_in_attempts")
        assert count.scalar_one() == 2
