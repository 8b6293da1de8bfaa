from __future__ import annotations

from datetime import UTC, datetime

import pytest

from infra.database import policies
from infra.database.engine import Database
from infra.database.errors import PolicyChangedError
from tests.builders import the_rules
from tests.database.projections import a_read_model

LATER = datetime(2026, 12, 1, tzinfo=UTC)


def test_a_policy_comes_back_as_it_was_stored(database: Database) -> None:
    policy = the_rules().policy
    a_read_model(database).store_policy(policy)

    assert a_read_model(database).policy(policy.version) == policy


def test_storing_the_same_policy_again_changes_nothing(database: Database) -> None:
    policy = the_rules().policy
    read_model = a_read_model(database)

    read_model.store_policy(policy)
    read_model.store_policy(policy)

    assert read_model.policy(policy.version) == policy


def test_a_version_never_gets_another_document(database: Database) -> None:
    policy = the_rules().policy
    read_model = a_read_model(database)
    read_model.store_policy(policy)

    with pytest.raises(PolicyChangedError, match=policy.version):
        read_model.store_policy(policy.model_copy(update={"title": "Another"}))

    assert read_model.policy(policy.version) == policy


def test_an_unknown_version_is_a_lookup_error(database: Database) -> None:
    with pytest.raises(LookupError, match="2019-never is not stored"):
        a_read_model(database).policy("2019-never")


def test_every_version_is_listed_in_the_order_in_which_they_came(database: Database) -> None:
    first = the_rules().policy
    later = first.model_copy(update={"version": "2026-10-later", "decided_by": "The board"})
    for policy, at in ((first, datetime(2026, 11, 1, tzinfo=UTC)), (later, LATER)):
        policies.store(database, policy, at)

    assert policies.every(database) == ((first, datetime(2026, 11, 1, tzinfo=UTC)), (later, LATER))
