from __future__ import annotations

from infra.database.engine import Database
from infra.engine.pinning import pinned
from infra.snapshots import StoredSnapshots
from tests.builders import Journey, a_new_release, the_rules
from tests.database.projections import a_read_model, project


def snapshots_of(database: Database) -> StoredSnapshots:
    read_model = a_read_model(database)
    read_model.store_policy(the_rules().policy)
    return StoredSnapshots(database, read_model.policy, the_rules().calendar)


def test_a_release_comes_back_with_the_rules_it_was_pinned_to(database: Database) -> None:
    journey = Journey()
    project(a_read_model(database), journey)

    found = snapshots_of(database)("rel-1")

    assert found == (journey.state, pinned(the_rules(), a_new_release()))


def test_a_release_that_is_not_on_record_is_not_found(database: Database) -> None:
    assert snapshots_of(database)("rel-1") is None
