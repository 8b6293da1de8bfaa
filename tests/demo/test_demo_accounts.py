from __future__ import annotations

from pathlib import Path

from domain.codes import Role
from infra.database.engine import Database
from infra.database.users import UserStore
from infra.demo.accounts import FILE_NAME, demo_accounts, known_accounts
from infra.web.sign_in import Passwords


def test_each_role_can_sign_in_with_the_one_password_that_is_shown(
    tmp_path: Path, sqlite_database: Database
) -> None:
    users, passwords = UserStore(sqlite_database), Passwords()
    assert known_accounts(tmp_path) == ()

    made = demo_accounts(tmp_path, users, passwords.hashed)

    assert {each.role for each in made} == set(Role)
    assert len({each.password for each in made}) == 1
    assert known_accounts(tmp_path) == made
    for each in made:
        found = users.find(each.username)
        assert found is not None
        account, known = found
        assert account.role is each.role
        assert passwords.is_right(each.password, known)


def test_making_them_again_keeps_the_password_and_the_accounts(
    tmp_path: Path, sqlite_database: Database
) -> None:
    users, hashed = UserStore(sqlite_database), Passwords().hashed
    first = demo_accounts(tmp_path, users, hashed)
    ids = {each.account.subject.id for each in users.listed()}

    assert demo_accounts(tmp_path, users, hashed) == first
    assert {each.account.subject.id for each in users.listed()} == ids


def test_the_file_is_for_its_owner_alone(tmp_path: Path, sqlite_database: Database) -> None:
    demo_accounts(tmp_path, UserStore(sqlite_database), Passwords().hashed)

    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
