"""Changes to the policy on both stores, and the rules in force that follow them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from time import monotonic, sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.pages.trail_file import what_of
from api.pages.viewing import DeedFilter
from domain.codes import Role
from domain.journey import Step
from domain.london_time import london_date
from domain.policy import Policy
from infra.database.engine import Database
from infra.database.errors import StoreUnavailableError
from infra.database.policy_changes import NewChange, PolicyChangeStore, StoredChange
from infra.database.users import NewAccount, UserStore
from infra.database.views import ViewStore
from infra.policies.changing import Decision, changeable, changed
from infra.rules_in_force import RulesInForce, followed
from tests.builders import the_rules

ROOT = the_rules().policy
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = london_date(NOW)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> PolicyChangeStore:
    return PolicyChangeStore(database, clock)


@pytest.fixture
def in_force(store: PolicyChangeStore, clock: Clock) -> RulesInForce:
    return RulesInForce(ROOT, the_rules().calendar, store, clock)


def hours(store: PolicyChangeStore, base: Policy, count: int, on: date = TODAY) -> NewChange:
    """Another number of hours for the screening, from a day on."""
    row = changeable(base)["steps.screening.due"]
    decision = Decision(store.next_version(on), on, "Clinical board", "Sooner is safer.")
    typed = {"steps.screening.due.count": str(count)}
    policy = changed(base, row, typed, decision)
    return NewChange(base.version, policy, "steps.screening.due", decision.reason, "adm")


def add(store: PolicyChangeStore, change: NewChange) -> Policy:
    assert store.add(change, ROOT.version)
    return change.policy


def hours_now(in_force: RulesInForce) -> int:
    in_force.refresh()
    return in_force.rules().policy.steps[Step.SCREENING].due.count


def test_a_change_holds_at_once_and_a_planned_one_from_midnight_in_london(
    store: PolicyChangeStore, in_force: RulesInForce, clock: Clock
) -> None:
    assert hours_now(in_force) == 72
    first = add(store, hours(store, ROOT, 48))
    add(store, hours(store, first, 24, TODAY + timedelta(days=3)))

    assert hours_now(in_force) == 48
    clock.now = datetime(2026, 11, 29, 23, 59, tzinfo=UTC)
    assert in_force.rules().policy.version == first.version
    clock.now = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    assert in_force.rules().policy.version == "2026-11-30.2", "without reading again"


def test_a_change_over_anything_but_the_newest_is_not_added(store: PolicyChangeStore) -> None:
    mine, theirs = hours(store, ROOT, 48), hours(store, ROOT, 36)
    add(store, mine)

    assert not store.add(theirs, ROOT.version)
    assert [each.change.policy.version for each in store.every()] == [mine.policy.version]


def test_of_many_at_once_one_is_added(store: PolicyChangeStore) -> None:
    offers = [hours(store, ROOT, count) for count in range(20, 28)]
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(lambda each: store.add(each, ROOT.version), offers))

    assert sum(added) == 1
    assert len(store.every()) == 1


def test_a_planned_change_is_taken_back_and_one_that_has_begun_is_not(
    store: PolicyChangeStore, in_force: RulesInForce
) -> None:
    begun = add(store, hours(store, ROOT, 48))
    planned = add(store, hours(store, begun, 24, TODAY + timedelta(days=3)))
    back: Callable[[str], bool] = lambda each: store.withdraw(each, "adm", ROOT.version, TODAY)  # noqa: E731 - said four times

    assert not back(begun.version), "another builds on it"
    assert back(planned.version)
    assert not back(planned.version), "once"
    assert not back(begun.version), "it has begun"
    assert hours_now(in_force) == 48
    first, second = store.every()
    assert (first.withdrawn, second.withdrawn is None) == (None, False)
    again = add(store, hours(store, begun, 36, TODAY + timedelta(days=2)))
    assert len({begun.version, planned.version, again.version}) == 3


def test_another_document_wins_and_its_changes_begin_anew(
    store: PolicyChangeStore, clock: Clock
) -> None:
    add(store, hours(store, ROOT, 48))
    other = ROOT.model_copy(update={"version": "another-document"})
    started = RulesInForce(other, the_rules().calendar, store, clock)

    started.refresh()

    assert started.rules().policy == other
    assert store.add(hours(store, other, 36), other.version)
    started.refresh()
    assert started.rules().policy.steps[Step.SCREENING].due.count == 36


def test_while_the_database_does_not_answer_the_last_known_version_holds(
    store: PolicyChangeStore, clock: Clock
) -> None:
    changes = Sometimes(store)
    in_force = RulesInForce(ROOT, the_rules().calendar, changes, clock)
    changed_to = add(store, hours(store, ROOT, 48))
    in_force.refresh()
    changes.is_there = False
    add(store, hours(store, changed_to, 36))

    in_force.refresh()
    assert in_force.rules().policy == changed_to

    changes.is_there = True
    assert hours_now(in_force) == 36


def test_every_process_follows_by_itself(
    store: PolicyChangeStore, clock: Clock, in_force: RulesInForce
) -> None:
    here = add(store, hours(store, ROOT, 48))
    with followed(in_force):
        assert in_force.rules().policy == here, "as it begins"
        there = add(store, hours(store, here, 36))
        give_up_at = monotonic() + 60
        while in_force.rules().policy != there:
            assert monotonic() < give_up_at, "it no longer looks"
            sleep(0.05)


class Sometimes:
    """A store that may be out of reach."""

    def __init__(self, store: PolicyChangeStore) -> None:
        self._store = store
        self.is_there = True

    def newest(self) -> int:
        self._refuse_when_gone()
        return self._store.newest()

    def every(self) -> tuple[StoredChange, ...]:
        self._refuse_when_gone()
        return self._store.every()

    def _refuse_when_gone(self) -> None:
        if not self.is_there:
            raise StoreUnavailableError


def test_the_audit_search_finds_who_changed_the_policy_and_who_took_it_back(
    store: PolicyChangeStore, database: Database
) -> None:
    owner = UserStore(database).add(NewAccount("owner", "Ada Byron", Role.ADMIN))
    planned = hours(store, ROOT, 48, TODAY + timedelta(days=3))._replace(by=owner)
    store.withdraw(add(store, planned).version, owner, ROOT.version, TODAY)
    views = ViewStore(database)

    found = views.deeds(DeedFilter(username="owner"), 10)

    assert [what_of(each) for each in found] == [
        "Planned change of the policy taken back",
        "Policy changed",
    ]
    assert {(each.name, each.role, each.reference) for each in found} == {
        ("Ada Byron", Role.ADMIN, "")
    }
    assert views.deeds(DeedFilter(changes=False), 10) == ()
    assert views.deeds(DeedFilter(reference="AAA111"), 10) == ()
    assert views.deeds(DeedFilter(since=TODAY + timedelta(days=1)), 10) == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE policy_changes SET reason = ''", "DELETE FROM policy_changes"]
)
def test_what_was_decided_is_never_changed(
    store: PolicyChangeStore, database: Database, statement: str
) -> None:
    add(store, hours(store, ROOT, 48))

    with pytest.raises(DBAPIError, match="only grows"), database.write() as session:
        session.execute(text(statement))
