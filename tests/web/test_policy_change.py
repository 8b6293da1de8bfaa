"""A change to the policy over the real engine: who starts after it follows it, nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.london_time import london_date
from infra.database.clock import utc_now
from infra.database.policy_changes import NewChange, PolicyChangeStore
from infra.database.tables import PolicyRow, ReleaseRow
from infra.policies.changing import Decision, changeable, changed
from tests.web.bodies import started
from tests.web.service import Service

pytestmark = pytest.mark.server


async def test_whoever_starts_after_a_change_follows_it_and_nobody_who_started_before(
    service: Service,
) -> None:
    parts = service.parts
    before = await started(service.resettlement)
    version = decide(service, days_for_the_plan="2")
    parts.in_force.refresh()

    after = await started(service.resettlement, prison_number="B7654CD", crn="X654321")

    with parts.database.read() as session:
        rows = session.execute(select(ReleaseRow.id, ReleaseRow.policy_version))
        followed = {each.id: each.policy_version for each in rows}
        stored = set(session.execute(select(PolicyRow.version)).scalars())
    document = parts.in_force.root.version
    assert (followed[before], followed[after]) == (document, version)
    assert stored == {document, version}


def decide(service: Service, days_for_the_plan: str) -> str:
    """Decide on another number of days, from today on, as the service owner's form does."""
    root, store = service.parts.in_force.root, PolicyChangeStore(service.parts.database)
    today = london_date(utc_now())
    decision = Decision(store.next_version(today), today, "Clinical board", "Sooner is safer.")
    typed = {"steps.plan.due.count": days_for_the_plan, "steps.plan.due.at": "17:00"}
    policy = changed(root, changeable(root)["steps.plan.due"], typed, decision)
    change = NewChange(root.version, policy, "steps.plan.due", decision.reason, "adm")
    assert store.add(change, root.version)
    return policy.version
