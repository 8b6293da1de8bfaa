from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from api.pages.accounts import IDLE
from api.pages.unsaved import KEPT_FOR, KeptForm
from domain.codes import Role
from infra.database.engine import Database
from infra.database.kept_forms import KeptFormStore
from infra.database.sessions import LINGERS, SessionStore
from infra.database.users import NewAccount, UserStore

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
FORM = KeptForm("/cases/rel-1/near-miss", (("note", "Ünsaved\r\n🏠"), ("box", "a"), ("box", "b")))


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(database: Database, clock: Clock) -> SessionStore:
    return SessionStore(database, clock)


@pytest.fixture
def priya(database: Database, sessions: SessionStore) -> str:
    found = UserStore(database).add(NewAccount("priya", "Priya Nair", Role.HEALTHCARE))
    sessions.begin("hers", found, {})
    return found


@pytest.fixture
def forms(database: Database, clock: Clock) -> KeptFormStore:
    return KeptFormStore(database, clock)


def test_a_form_is_kept_for_whoever_the_ended_session_was_of(
    forms: KeptFormStore, sessions: SessionStore, clock: Clock, priya: str
) -> None:
    clock.now += IDLE
    assert sessions.find("hers") is None
    sessions.begin("of a visitor", None, {})

    assert forms.keep("hers", FORM)

    assert forms.find(priya) == FORM
    clock.now += KEPT_FOR
    assert forms.find(priya) is None


def test_nobody_can_tell_whose_a_session_was_for_ever(
    forms: KeptFormStore, sessions: SessionStore, clock: Clock, priya: str
) -> None:
    clock.now += IDLE + LINGERS
    sessions.begin("another", None, {})

    assert not forms.keep("hers", FORM)
    assert forms.find(priya) is None


@pytest.mark.usefixtures("priya")
def test_a_visitors_a_signed_out_and_an_unknown_session_keep_nothing(
    forms: KeptFormStore, sessions: SessionStore
) -> None:
    sessions.begin("of a visitor", None, {})
    sessions.end("hers")

    assert not any(forms.keep(each, FORM) for each in ("of a visitor", "hers", "unknown"))


def test_the_newer_form_takes_the_place_of_the_older_until_it_is_dropped(
    forms: KeptFormStore, priya: str
) -> None:
    newer = KeptForm("/cases/new", (("note", "nul\0 character"),))
    forms.keep("hers", FORM)
    forms.keep("hers", newer)

    assert forms.find(priya) == KeptForm("/cases/new", (("note", "nul character"),))
    forms.drop(priya)
    assert forms.find(priya) is None


def test_what_nobody_came_back_for_is_cleared_away(
    forms: KeptFormStore, sessions: SessionStore, database: Database, clock: Clock, priya: str
) -> None:
    forms.keep("hers", FORM)
    other = UserStore(database).add(NewAccount("ben", "Ben", Role.PROVIDER))
    clock.now += KEPT_FOR
    sessions.begin("his", other, {})
    forms.keep("his", FORM)

    clock.now -= timedelta(minutes=1)
    assert forms.find(priya) is None
    assert forms.find(other) == FORM
