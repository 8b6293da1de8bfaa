"""What activities need from the outside; infra provides it, tests provide fakes that behave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from activities.contracts import Projection
from domain.duty.posts import Post, Team
from domain.duty.rota import Unfilled
from domain.journey import Step
from domain.policy import Policy, Severity, Target
from notifications.notices import Audience, Notice
from notifications.recipients import Found


class ReadModel(Protocol):
    """The SQL read model, written only from here."""

    def project(self, projection: Projection, notices: Sequence[Notice]) -> tuple[str, ...]:
        """Write one projection in one transaction; safe to repeat, late and out of order.

        Returns:
            The ids of the notices that are queued and not yet sent, of those given.
        """

    def policy(self, version: str) -> Policy:
        """Return the stored policy document of a version.

        Raises:
            LookupError: No such version is stored; the projection is retried until it is.
        """


class Told(NamedTuple):
    """A notice that was written and is to be routed."""

    id: str
    severity: Severity


class Dispatcher(Protocol):
    """Starts the routing of notices, once each, outside the release's own history."""

    def dispatch(self, notices: Sequence[Told]) -> None:
        """Hand notices over, without waiting and without failing; the gravest go first.

        The queued row is the promise; this is only a hint that it is there. What is lost on the
        way is found by the sweep for rows that stay queued.
        """


class Duty(Protocol):
    """Who is to be turned to, by rotas, absences and named workers as they stand now."""

    def recipients(
        self, target: Target | Audience, release_id: str, step: Step | None, at: datetime
    ) -> Found:
        """Return who stands on a rung, or belongs to an audience, at an instant.

        Raises:
            LookupError: The release is not in the read model.
        """

    def report(
        self, unfilled: Unfilled, team: Team, post: Post | None, release_id: str, at: datetime
    ) -> None:
        """Open a data-quality task for what was found empty; once while it is open.

        Args:
            unfilled: Why nobody was found.
            team: Whose it is to put right.
            post: The empty post; None is the named worker.
            release_id: The release for which it was noticed.
            at: When.
        """
