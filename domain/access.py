"""Who may see and change which release: the one place that decides (ADR 0006).

Two questions, both pure. *Scope*: is the release this subject's business at all? If not, nobody
tells them that it exists. *Permission*: may they ask this of it? `domain.access_table` holds what
roles may ask, `domain.access_detail` what they see of a release in their scope.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.access_denials import Denial, NotPermitted
from domain.access_owners import service_of, states_clinical_detail
from domain.access_table import (
    AFTER_RELEASE,
    CASEWORK_ROLES,
    COMMANDS,
    MANAGERS_ONLY,
    PARTIES,
    PRISON_ROLES,
    kinds_of,
    team_of,
)
from domain.codes import Role
from domain.commands import (
    AcknowledgeEscalation,
    AcknowledgeHandover,
    Command,
    MarkNotNeeded,
    PassOnEscalation,
    RecordActionOutcome,
    RecordDeclined,
    ReopenStep,
    ReportObstacle,
)
from domain.facts import ReferralStatus
from domain.state import Release

AFTERCARE: Final = timedelta(days=14)
"""How long prison teams go on seeing somebody who was released, to finish what they began."""

Codes = frozenset[str] | None
"""Some codes, or None for all of them."""

NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever asks: an account with one role and the places it works for.

    Attributes:
        id: The opaque account id that becomes the actor of what they ask.
        prisons: Of prison roles.
        units: Probation delivery units, of probation.
        services: Community drug services, of a provider.
        areas: Local authorities, of a commissioner; they open counts, never a release.
        manager: A senior officer, who may also take the decisions of `MANAGERS_ONLY`.
    """

    id: str
    role: Role
    prisons: Codes = NOTHING
    units: Codes = NOTHING
    services: Codes = NOTHING
    areas: Codes = NOTHING
    manager: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Which releases a subject has to do with; a query restricts its rows by exactly this.

    A release is covered when one of the three covers it. An empty set covers nothing, None all.

    Attributes:
        prisons: Covers a release from these that has not happened yet, or not before `left_since`.
        left_since: The earliest actual day of release that prison staff still see.
        units: Covers what goes to these probation units.
        services: Covers whoever has a referral to these that was neither rejected nor withdrawn.
        everything: Covers all releases, for reading the audit trail.
        account: Who looks; a restricted record in scope is closed to whoever it does not name
            (`domain.access_restriction`), and nobody is named by the empty default.
    """

    left_since: date
    prisons: Codes = NOTHING
    units: Codes = NOTHING
    services: Codes = NOTHING
    everything: bool = False
    account: str = ""

    def covers(self, release: Release) -> bool:
        """Return whether the release is in scope."""
        recent = release.released is None or release.released.on >= self.left_since
        over = (ReferralStatus.REJECTED, ReferralStatus.WITHDRAWN)
        referred = {each.service for each in release.referrals if each.status not in over}
        return (
            self.everything
            or (recent and _among(self.prisons, {release.prison}))
            or _among(self.units, {release.probation_unit})
            or _among(self.services, referred)
        )


def _among(codes: Codes, found: set[str]) -> bool:
    return bool(found) if codes is None else not codes.isdisjoint(found)


def scope_of(subject: Subject, today: date) -> Scope:
    """Return what `subject` has to do with on the London day `today`.

    A role opens its own kind of place only, whatever else the account lists.
    """
    return Scope(
        left_since=today - AFTERCARE,
        prisons=subject.prisons if subject.role in PRISON_ROLES else NOTHING,
        units=subject.units if subject.role is Role.PROBATION else NOTHING,
        services=subject.services if subject.role is Role.PROVIDER else NOTHING,
        everything=subject.role is Role.AUDITOR,
        account=subject.id,
    )


def may_read(subject: Subject, release: Release, today: date) -> bool:
    """Return whether `subject` may see this release, in their role's detail."""
    return subject.role in CASEWORK_ROLES and scope_of(subject, today).covers(release)


def may_start(subject: Subject, prison: str) -> None:
    """Let resettlement staff start releases from their own prisons, nobody else.

    Raises:
        NotPermitted: `ROLE` or `PRISON`.
    """
    if subject.role is not Role.RESETTLEMENT:
        raise NotPermitted(Denial.ROLE)
    if not _among(subject.prisons, {prison}):
        raise NotPermitted(Denial.PRISON)


def may_ever(role: Role, kind: str) -> None:
    """Refuse a kind of command that `role` may ask of no release, so that none need be looked up.

    Raises:
        NotPermitted: `ROLE`.
    """
    if kind not in kinds_of(role):
        raise NotPermitted(Denial.ROLE)


def may_command(subject: Subject, command: Command, release: Release, today: date) -> None:
    """Let the command through, or say why not.

    Args:
        subject: Whoever asks.
        command: What they ask.
        release: The release as it stands.
        today: The London day, which ends a prison's aftercare.

    Raises:
        NotPermitted: With the first reason found; `OUT_OF_SCOPE` must be answered like a release
            that does not exist.
    """
    may_ever(subject.role, command.kind)
    if subject.role in CASEWORK_ROLES and not may_read(subject, release, today):
        raise NotPermitted(Denial.OUT_OF_SCOPE)
    for code, forbids in _OBJECTIONS.items():
        if forbids(subject, command, release):
            raise NotPermitted(code)


def _too_early(subject: Subject, command: Command, release: Release) -> bool:
    later = AFTER_RELEASE.get(subject.role, frozenset())
    always = COMMANDS[subject.role]
    return release.released is None and type(command) in later - always


def _needs_a_manager(subject: Subject, command: Command, _release: Release) -> bool:
    return type(command) in MANAGERS_ONLY and not subject.manager


def _another_party(subject: Subject, command: Command, _release: Release) -> bool:
    return isinstance(command, AcknowledgeHandover) and command.party != PARTIES[subject.role]


def _another_team(subject: Subject, command: Command, release: Release) -> bool:
    of_the_step = MarkNotNeeded | RecordDeclined | ReopenStep | ReportObstacle
    of_its_ladder = AcknowledgeEscalation | PassOnEscalation
    if not isinstance(command, of_the_step | of_its_ladder):
        return False
    return subject.role not in team_of(command.step, released=release.released is not None)


def _another_owner(subject: Subject, command: Command, release: Release) -> bool:
    if not isinstance(command, RecordActionOutcome) or subject.role is Role.RESETTLEMENT:
        return False
    action = next((each for each in release.actions if each.id == command.action), None)
    return action is not None and action.owner is not subject.role


def _another_service(subject: Subject, command: Command, release: Release) -> bool:
    if subject.role is not Role.PROVIDER:
        return False
    service = service_of(command, release)
    return service is not None and not _among(subject.services, {service})


def _clinical(subject: Subject, command: Command, release: Release) -> bool:
    return subject.role is Role.RESETTLEMENT and states_clinical_detail(command, release)


_OBJECTIONS: Final[dict[Denial, Callable[[Subject, Command, Release], bool]]] = {
    Denial.BEFORE_RELEASE: _too_early,
    Denial.MANAGERS_ONLY: _needs_a_manager,
    Denial.PARTY: _another_party,
    Denial.STEP: _another_team,
    Denial.ACTION: _another_owner,
    Denial.SERVICE: _another_service,
    Denial.CLINICAL_DETAIL: _clinical,
}
"""What can still forbid a command that the role may ask of a release in scope."""
