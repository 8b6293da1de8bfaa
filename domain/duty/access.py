"""Who may look after which team's staff and rotas (ADR 0006).

The service owner looks after every team, a manager after their own. Whoever does casework sees who
works where and who is on duty, without how to reach them: that is for those who keep it right.
"""

from __future__ import annotations

from typing import NamedTuple

from domain.access import Codes, Subject
from domain.access_denials import Denial, NotPermitted
from domain.access_table import PRISON_ROLES
from domain.codes import Role
from domain.duty.posts import Team


class TeamScope(NamedTuple):
    """Which teams' staff and tasks somebody sees in lists.

    Attributes:
        role: None is every role.
        organisations: None is all of them.
    """

    role: Role | None
    organisations: Codes


def team_scope_of(subject: Subject) -> TeamScope:
    """Return the subject's own teams; every team for the service owner."""
    if subject.role is Role.ADMIN:
        return TeamScope(None, None)
    return TeamScope(subject.role, organisations_of(subject))


def works_in(subject: Subject, team: Team) -> bool:
    """Return whether a team is the subject's own."""
    codes = organisations_of(subject)
    return subject.role is team.role and (codes is None or team.organisation in codes)


def knows(subject: Subject, team: Team) -> bool:
    """Return whether the subject sees who works in a team, when they are away and its tasks.

    Anybody who does casework sees who is on duty in it, and for whom they cover.
    """
    return subject.role is Role.ADMIN or works_in(subject, team)


def organisations_of(subject: Subject) -> Codes:
    """Return where the subject works, by the kind of place of their role."""
    if subject.role in PRISON_ROLES:
        return subject.prisons
    if subject.role is Role.PROBATION:
        return subject.units
    return subject.services if subject.role is Role.PROVIDER else frozenset()


def looks_after(subject: Subject, team: Team) -> bool:
    """Return whether the subject may change a team's staff and rotas, and see how to reach them."""
    return subject.role is Role.ADMIN or (subject.manager and works_in(subject, team))


def may_look_after(subject: Subject, team: Team) -> None:
    """Let the service owner and the team's managers through.

    Raises:
        NotPermitted: `TEAM` for somebody else's team, `MANAGERS_ONLY` for one's own.
    """
    if looks_after(subject, team):
        return
    raise NotPermitted(Denial.MANAGERS_ONLY if works_in(subject, team) else Denial.TEAM)
