from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from api.pages.accounts import IDLE, WHOLE
from domain.codes import Role
from infra.database.engine import Database
from infra.database.sessions import LINGERS, SessionStore
from infra.database.tables import SessionRow
from infra.database.users import NewAccount, UserStore

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(database: Database, clock: Clock) -> UserStore:
    return UserStore(database, clock)


@pytest.fixture
def priya(users: UserStore) -> str:
    return users.add(
        NewAccount("priya", "Priya Nair", Role.RESETTLEMENT, prisons=frozenset({"LEI"}))
    )


@pytest.fixture
def sessions(database: Database, clock: Clock) -> SessionStore:
    return SessionStore(database, clock)


def rows(database: Database) -> int:
    with database.read() as session:
        return session.execute(select(func.count()).select_from(SessionRow)).scalar_one()


def test_a_session_is_found_with_its_account_and_what_it_remembers(
    sessions: SessionStore, priya: str
) -> None:
    sessions.begin("secret", priya, {"banners": ["Saved."]})

    found = sessions.find("secret")

    assert found is not None
    assert found.account is not None
    assert found.account.name == "Priya Nair"
    assert found.account.subject.prisons == frozenset({"LEI"})
    assert found.data == {"banners": ["Saved."]}
    assert found.seen_at == NOW
    assert sessions.find("another") is None


def test_the_secret_itself_is_kept_nowhere(
    sessions: SessionStore, database: Database, priya: str
) -> None:
    sessions.begin("the-secret-of-priya", priya, {})

    with database.read() as session:
        (row,) = session.execute(select(SessionRow)).scalars()
        kept = [str(value) for value in vars(row).values()]
    assert not any("the-secret" in each for each in kept)


def test_it_is_over_after_an_idle_hour(sessions: SessionStore, clock: Clock, priya: str) -> None:
    sessions.begin("secret", priya, {})

    clock.forward(IDLE - timedelta(seconds=1))
    assert sessions.find("secret") is not None
    clock.forward(timedelta(seconds=1))
    assert sessions.find("secret") is None


def test_use_puts_the_idle_limit_off_and_the_whole_limit_not(
    sessions: SessionStore, clock: Clock, priya: str
) -> None:
    sessions.begin("secret", priya, {})

    while clock.now - NOW < WHOLE - timedelta(minutes=30):
        clock.forward(timedelta(minutes=30))
        assert sessions.find("secret") is not None
        sessions.keep("secret", {"kept": True})

    clock.forward(timedelta(minutes=30))
    assert sessions.find("secret") is None


def test_an_account_that_is_switched_off_is_out_at_once(
    sessions: SessionStore, users: UserStore, priya: str
) -> None:
    sessions.begin("secret", priya, {})

    users.set_disabled(priya, disabled=True)
    assert sessions.find("secret") is None
    users.set_disabled(priya, disabled=False)
    assert sessions.find("secret") is not None


def test_signing_somebody_out_everywhere_ends_their_sessions_and_nobody_elses(
    sessions: SessionStore, users: UserStore, priya: str
) -> None:
    dan = users.add(NewAccount("dan", "Dan Okafor", Role.PROBATION))
    for secret, account in (("one", priya), ("two", priya), ("three", dan)):
        sessions.begin(secret, account, {})

    assert sessions.end_all(priya) == 2

    assert [sessions.find(each) is not None for each in ("one", "two", "three")] == [
        False,
        False,
        True,
    ]


def test_ending_a_session_twice_makes_no_difference(sessions: SessionStore, priya: str) -> None:
    sessions.begin("secret", priya, {})
    sessions.end("secret")
    sessions.end("secret")

    assert sessions.find("secret") is None


def test_sessions_that_are_over_are_cleared_away_when_the_next_begins(
    sessions: SessionStore, database: Database, clock: Clock, priya: str
) -> None:
    for secret in ("one", "two"):
        sessions.begin(secret, priya, {})
    sessions.begin("nobody", None, {"next": "/"})
    clock.forward(IDLE)

    # Whose a session was is known a little longer, for a form that comes too late.
    sessions.begin("new", priya, {})
    assert rows(database) == 3

    clock.forward(IDLE + LINGERS)
    sessions.begin("newer", priya, {})
    assert rows(database) == 1


def test_the_time_before_this_one_is_remembered(
    sessions: SessionStore, clock: Clock, priya: str
) -> None:
    sessions.begin("monday", priya, {})
    first = sessions.find("monday")
    clock.forward(timedelta(days=1))
    sessions.begin("tuesday", priya, {})
    second = sessions.find("tuesday")

    assert first is not None
    assert first.account is not None
    assert first.account.last_signed_in_at is None
    assert second is not None
    assert second.account is not None
    assert second.account.last_signed_in_at == NOW
