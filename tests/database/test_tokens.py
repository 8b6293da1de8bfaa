from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from domain.access import Subject
from domain.codes import Role
from infra.database.engine import Database
from infra.database.tables import TokenRow
from infra.database.tokens import NewToken, TokenStore
from tests.database.projections import Ticking

LEEDS = NewToken(Role.RESETTLEMENT, "Leeds resettlement", prisons=frozenset({"LEI", "BXI"}))


def test_a_token_leads_to_its_role_and_places(database: Database) -> None:
    tokens = TokenStore(database)
    token_id, secret = tokens.create(LEEDS)
    _, national = tokens.create(NewToken(Role.PROBATION, "National", units=None, manager=True))

    assert tokens.find(secret) == Subject(
        id=token_id, role=Role.RESETTLEMENT, prisons=frozenset({"LEI", "BXI"})
    )
    found = tokens.find(national)
    assert found is not None
    assert (found.units, found.prisons, found.manager) == (None, frozenset(), True)


def test_the_secret_is_not_stored(database: Database) -> None:
    _, secret = TokenStore(database).create(LEEDS)

    with database.read() as session:
        row = session.execute(select(TokenRow.__table__)).one()

    assert secret.startswith("tc_")
    assert len(secret) > 42
    assert not any(secret in str(each) or secret[3:] in str(each) for each in row)


def test_a_secret_that_was_never_issued_finds_nobody(database: Database) -> None:
    tokens = TokenStore(database)
    _, secret = tokens.create(LEEDS)

    for wrong in ("", secret[:-1], secret + "A", secret.lower(), "\ud800", "é\0"):
        assert tokens.find(wrong) is None


def test_a_revoked_token_finds_nobody_from_then_on(database: Database) -> None:
    tokens = TokenStore(database)
    token_id, secret = tokens.create(LEEDS)

    assert tokens.revoke(token_id) is True
    assert tokens.revoke(token_id) is False
    assert tokens.revoke("unknown") is False
    assert tokens.find(secret) is None


def test_a_token_expires(database: Database) -> None:
    clock = Ticking()
    tokens = TokenStore(database, clock)
    expires_at = clock.now + timedelta(hours=1)
    _, secret = tokens.create(NewToken(Role.AUDITOR, "Audit", expires_at=expires_at))

    assert tokens.find(secret) is not None
    clock.now = expires_at
    assert tokens.find(secret) is None


def test_issued_tokens_are_listed_without_their_secrets(database: Database) -> None:
    tokens = TokenStore(database, Ticking())
    first, _ = tokens.create(LEEDS)
    second, _ = tokens.create(NewToken(Role.AUDITOR, "Audit"))
    tokens.revoke(first)

    listed = tokens.issued()

    assert [(each.id, each.label) for each in listed] == [(first, LEEDS.label), (second, "Audit")]
    assert listed[0].revoked_at is not None
    assert listed[1].revoked_at is None
