"""`throughcare user`: the password once and alone, and an account that is off is off at once."""

from __future__ import annotations

from domain.codes import Role
from infra.database.engine import Database
from infra.database.sessions import SessionStore
from infra.database.users import UserStore
from infra.web.sign_in import Passwords
from tests.cli.conftest import Operator

ADD = ("user", "add", "dan", "--name", "Dan Okafor", "--role", "probation")


def test_the_password_is_alone_on_standard_output_and_is_the_right_one(
    operator: Operator, database: Database
) -> None:
    said = operator.types(*ADD, "--scope", "unit:n54stha", "--manager")

    assert said.code == 0, said.err
    found = UserStore(database).find("dan")
    assert found is not None
    account, known = found
    assert Passwords().is_right(said.out.strip(), known)
    assert (account.role, account.subject.units) == (Role.PROBATION, frozenset({"N54STHA"}))
    assert account.subject.manager


def test_a_scope_is_needed_and_a_name_is_taken_once(operator: Operator, database: Database) -> None:
    assert "--scope unit:N03CTM" in operator.types(*ADD).err

    assert operator.types(*ADD, "--scope", "all").code == 0
    again = operator.types(*ADD, "--scope", "all")
    assert again.code == 1
    assert "Choose another" in again.err


def test_an_account_that_is_switched_off_is_out_at_once_and_still_listed(
    operator: Operator, database: Database
) -> None:
    operator.types(*ADD, "--scope", "all")
    found = UserStore(database).find("dan")
    assert found is not None
    sessions = SessionStore(database)
    sessions.begin("secret", found[0].subject.id, {})

    said = operator.types("user", "off", "DAN")

    assert said.code == 0
    assert sessions.find("secret") is None
    listed = operator.types("user", "list").out
    assert "Dan Okafor" in listed
    assert "off since" in listed
    assert operator.types("user", "off", "dan").code == 1
