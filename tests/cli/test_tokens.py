"""`throughcare token`: the secret once and alone, scopes that exist and fit the role."""

from __future__ import annotations

import pytest

from domain.access import NOTHING
from domain.codes import Role
from infra.database.engine import Database
from infra.database.tokens import TokenStore
from tests.cli.conftest import Operator


def test_the_secret_is_alone_on_standard_output_and_opens_what_was_asked(
    operator: Operator, database: Database
) -> None:
    said = operator.types(
        "token", "create", "--role", "healthcare", "--scope", "prison:lei", "--scope", "prison:BXI"
    )

    subject = TokenStore(database).find(said.out.strip())
    assert said.code == 0
    assert subject is not None
    assert subject.role is Role.HEALTHCARE
    assert (subject.prisons, subject.units) == (frozenset({"LEI", "BXI"}), NOTHING)
    assert not subject.manager


@pytest.mark.parametrize(
    ("role", "scope", "places"),
    [
        ("probation", "unit:N03CTM", "units"),
        ("provider", "service:cds-hartlepool", "services"),
        ("commissioner", "area:E06000001", "areas"),
    ],
)
def test_each_role_has_its_own_kind_of_place(
    role: str, scope: str, places: str, operator: Operator, database: Database
) -> None:
    said = operator.types("token", "create", "--role", role, "--scope", scope, "--manager")

    subject = TokenStore(database).find(said.out.strip())
    assert getattr(subject, places) == {scope.partition(":")[2]}
    assert subject is not None
    assert subject.manager


def test_all_places_are_one_word(operator: Operator, database: Database) -> None:
    said = operator.types("token", "create", "--role", "resettlement", "--scope", "all")

    subject = TokenStore(database).find(said.out.strip())
    assert subject is not None
    assert subject.prisons is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--role", "provider"), "--scope service:cds-hartlepool"),
        (("--role", "provider", "--scope", "prison:LEI"), "service:cds-hartlepool"),
        (("--role", "provider", "--scope", "cds-hartlepool"), "service:cds-hartlepool"),
        (("--role", "healthcare", "--scope", "prison:LEJ"), "not in the list"),
        (("--role", "provider", "--scope", "service:cds-hartlepol"), "cds-hartlepool"),
        (("--role", "admin", "--scope", "prison:LEI"), "Leave --scope out"),
    ],
)
def test_a_scope_that_opens_nothing_is_refused_with_what_to_write(
    words: tuple[str, ...], says: str, operator: Operator, database: Database
) -> None:
    said = operator.types("token", "create", *words)

    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert TokenStore(database).issued() == ()


def test_a_revoked_token_opens_nothing_and_cannot_be_revoked_twice(
    operator: Operator, database: Database
) -> None:
    secret = operator.types("token", "create", "--role", "admin").out.strip()
    (issued,) = TokenStore(database).issued()

    first = operator.types("token", "revoke", issued.id)
    second = operator.types("token", "revoke", issued.id)

    assert (first.code, second.code) == (0, 1)
    assert TokenStore(database).find(secret) is None
    assert "token list" in second.err


def test_the_list_shows_tokens_without_their_secrets(
    operator: Operator, database: Database
) -> None:
    secret = operator.types(
        "token", "create", "--role", "probation", "--scope", "all", "--label", "case system"
    ).out.strip()

    said = operator.types("token", "list")

    assert "case system" in said.out
    assert "probation" in said.out
    assert secret not in said.out


def test_without_a_database_a_sentence_says_what_to_do(operator: Operator) -> None:
    operator.state_dir.mkdir()

    said = operator.types("token", "list")

    assert said.code == 1
    assert "throughcare db" in said.err
