"""What every read model promises, the fake that other tests rely on as much as SQL itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

import pytest

from activities.ports import ReadModel
from domain.events import Event
from domain.state import Release
from infra.database.engine import Database
from infra.database.queries import SqlReads
from tests.builders import Journey
from tests.database.projections import a_projection, a_read_model, drive, notices_of
from tests.database.scopes import EVERYTHING
from tests.fakes import MemoryReadModel


class Kept(Protocol):
    """A read model, and what it keeps."""

    @property
    def model(self) -> ReadModel: ...

    def state(self, release_id: str) -> Release | None: ...

    def events(self, release_id: str) -> list[Event]: ...


class InMemory:
    def __init__(self) -> None:
        self.model = MemoryReadModel()

    def state(self, release_id: str) -> Release | None:
        return self.model.releases.get(release_id)

    def events(self, release_id: str) -> list[Event]:
        return list(self.model.events.get(release_id, []))


class InSql:
    def __init__(self, database: Database) -> None:
        self.model = a_read_model(database)
        self.model.store_policy(Journey().rules.policy)
        self._reads = SqlReads(database, covered_until=lambda _state: None)

    def state(self, release_id: str) -> Release | None:
        return self._reads.state(release_id)

    def events(self, release_id: str) -> list[Event]:
        found = self._reads.events(release_id, EVERYTHING, after=0, limit=10_000)
        return [each.event for each in found or ()]


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def kept(request: pytest.FixtureRequest) -> Kept:
    """Each read model, empty but for the policy."""
    if request.param == "memory":
        return InMemory()
    return InSql(request.getfixturevalue(f"{request.param}_database"))


def test_the_newest_state_wins_whatever_order_projections_come_in(kept: Kept) -> None:
    journey = Journey()
    history = drive(journey, 4)

    for each in (*history, history[0], history[2]):
        kept.model.project(each, ())

    assert kept.state("rel-1") == journey.state


def test_each_event_is_kept_once_and_in_order(kept: Kept) -> None:
    journey = Journey()
    history = drive(journey, 4)

    for each in (*history, history[1], a_projection(journey)):
        kept.model.project(each, ())

    assert kept.events("rel-1") == journey.events


def test_releases_are_kept_apart(kept: Kept) -> None:
    one, other = Journey(release_id="rel-1"), Journey(release_id="rel-2")
    drive(other, 2)

    kept.model.project(a_projection(one), ())
    kept.model.project(a_projection(other), ())

    assert kept.state("rel-1") == one.state
    assert kept.state("rel-2") == other.state
    assert kept.events("rel-2") == other.events


def test_new_notices_are_named_in_their_order(kept: Kept) -> None:
    journey = Journey()
    journey.wait_until(journey.now + timedelta(days=9))
    projection = a_projection(journey)
    told = notices_of(projection)

    assert kept.model.project(projection, told) == tuple(each.id for each in told) != ()


def test_a_projection_without_events_refreshes_what_is_shown(kept: Kept) -> None:
    journey = Journey()
    kept.model.project(a_projection(journey), ())

    kept.model.project(a_projection(journey, after=journey.state.seq, run=2), ())

    assert kept.state("rel-1") == journey.state
    assert kept.events("rel-1") == journey.events


def test_a_policy_is_found_by_its_version(kept: Kept) -> None:
    policy = Journey().rules.policy

    assert kept.model.policy(policy.version) == policy
    with pytest.raises(LookupError):
        kept.model.policy("2019-never")


def test_a_release_that_was_never_projected_is_not_there(kept: Kept) -> None:
    assert kept.state("rel-9") is None
    assert kept.events("rel-9") == []
