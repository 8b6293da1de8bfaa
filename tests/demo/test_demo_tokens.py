"""The demonstration's tokens: one for each role, made once, in a file nobody else can read."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from domain.codes import Role
from infra.database.engine import Database
from infra.database.tokens import TokenStore
from infra.demo.tokens import FILE_NAME, demo_tokens


def test_each_role_has_a_token_that_opens_everything_of_its_kind(
    sqlite_database: Database, tmp_path: Path
) -> None:
    store = TokenStore(sqlite_database)

    secrets = demo_tokens(tmp_path, store)

    assert set(secrets) == set(Role)
    for role, secret in secrets.items():
        subject = store.find(secret)
        assert subject is not None
        assert (subject.role, subject.prisons, subject.services) == (role, None, None)


def test_the_same_tokens_are_given_again(sqlite_database: Database, tmp_path: Path) -> None:
    store = TokenStore(sqlite_database)

    assert demo_tokens(tmp_path, store) == demo_tokens(tmp_path, store)
    assert len(store.issued()) == len(Role)


def test_a_token_that_was_revoked_is_made_anew(sqlite_database: Database, tmp_path: Path) -> None:
    store = TokenStore(sqlite_database)
    before = demo_tokens(tmp_path, store)
    store.revoke(store.issued()[0].id)

    after = demo_tokens(tmp_path, store)

    assert sum(before[role] != after[role] for role in Role) == 1
    assert all(store.find(secret) for secret in after.values())


def test_nobody_else_can_read_the_file(sqlite_database: Database, tmp_path: Path) -> None:
    secrets = demo_tokens(tmp_path, TokenStore(sqlite_database))

    file = tmp_path / FILE_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == secrets


def test_a_damaged_file_is_written_again(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[not json")

    assert set(demo_tokens(tmp_path, TokenStore(sqlite_database))) == set(Role)
