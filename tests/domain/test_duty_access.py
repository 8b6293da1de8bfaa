"""Who looks after which team: a table by hand, one line for each caller."""

from __future__ import annotations

import pytest

from domain.access import Subject
from domain.access_denials import Denial, NotPermitted
from domain.codes import Role
from domain.duty.access import TeamScope, may_look_after, team_scope_of, works_in
from domain.duty.posts import SERVICE_TEAM, Team

LEEDS = Team("LEI", Role.RESETTLEMENT)
ADMIN = Subject("adm", Role.ADMIN)
LEI = frozenset({"LEI"})


@pytest.mark.parametrize(
    ("subject", "team", "expected"),
    [
        (ADMIN, LEEDS, None),
        (ADMIN, SERVICE_TEAM, None),
        (Subject("a", Role.RESETTLEMENT, prisons=LEI, manager=True), LEEDS, None),
        (Subject("a", Role.RESETTLEMENT, prisons=None, manager=True), LEEDS, None),
        (Subject("a", Role.RESETTLEMENT, prisons=LEI), LEEDS, Denial.MANAGERS_ONLY),
        (
            Subject("a", Role.RESETTLEMENT, prisons=frozenset({"HLI"}), manager=True),
            LEEDS,
            Denial.TEAM,
        ),
        (Subject("a", Role.HEALTHCARE, prisons=LEI, manager=True), LEEDS, Denial.TEAM),
        # A place of another kind opens nothing, whatever the account lists.
        (Subject("a", Role.PROBATION, prisons=LEI, manager=True), LEEDS, Denial.TEAM),
        (Subject("a", Role.RESETTLEMENT, units=LEI, manager=True), LEEDS, Denial.TEAM),
        (Subject("a", Role.AUDITOR, manager=True), LEEDS, Denial.TEAM),
        (Subject("a", Role.COMMISSIONER, areas=None, manager=True), SERVICE_TEAM, Denial.TEAM),
        (
            Subject("a", Role.PROBATION, units=frozenset({"N54STHA"}), manager=True),
            Team("N54STHA", Role.PROBATION),
            None,
        ),
        (
            Subject("a", Role.PROVIDER, services=frozenset({"cds-leeds"}), manager=True),
            Team("cds-leeds", Role.PROVIDER),
            None,
        ),
    ],
)
def test_only_its_managers_and_the_service_owner_look_after_a_team(
    subject: Subject, team: Team, expected: Denial | None
) -> None:
    if expected is None:
        may_look_after(subject, team)
        return
    with pytest.raises(NotPermitted) as refused:
        may_look_after(subject, team)
    assert refused.value.code is expected


def test_lists_are_of_ones_own_teams_and_all_for_the_service_owner() -> None:
    worker = Subject("a", Role.RESETTLEMENT, prisons=LEI)

    assert team_scope_of(ADMIN) == TeamScope(None, None)
    assert team_scope_of(worker) == TeamScope(Role.RESETTLEMENT, LEI)
    assert works_in(worker, LEEDS)
    assert not works_in(ADMIN, SERVICE_TEAM)
