from __future__ import annotations

from infra.web.sign_in import Passwords


def test_only_the_password_that_was_hashed_is_right() -> None:
    passwords = Passwords()
    known = passwords.hashed("correct horse")

    assert known.startswith("$argon2id$")
    assert passwords.is_right("correct horse", known)
    assert not passwords.is_right("correct horse ", known)
    assert known != passwords.hashed("correct horse"), "each has a salt of its own"


def test_without_an_account_or_with_a_broken_hash_no_password_is_right() -> None:
    passwords = Passwords()

    assert not passwords.is_right("nobody has this password", None)
    assert not passwords.is_right("anything", "not a hash")
    assert not passwords.is_right("", None)
