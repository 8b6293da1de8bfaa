"""A release's last known state with the rules it is pinned to, read back from the record.

The engine needs them when a closed release is corrected, reconciling when a workflow is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.calendars import WorkingCalendar
from domain.deciding import NewRelease
from domain.policy import Policy
from domain.rules import Rules
from domain.state import Release
from infra.database.engine import Database
from infra.database.reconciling import snapshot
from infra.engine.pinning import pinned


@dataclass(frozen=True, slots=True)
class StoredSnapshots:
    """Finds snapshots; implements `infra.engine.gateway.Snapshots`.

    Attributes:
        policy: Returns the stored policy of a version.
        calendar: The bank holidays in force, of which a release gets the years around it.
    """

    database: Database
    policy: Callable[[str], Policy]
    calendar: WorkingCalendar

    def __call__(self, release_id: str) -> tuple[Release, Rules] | None:
        """Return the newest state of a release and its rules, None when it is not on record.

        Raises:
            StoreUnavailableError: The database could not answer.
            UnknownPolicyError: The policy it is pinned to is not stored.
        """
        try:
            release, _ = snapshot(self.database, release_id)
        except LookupError:
            return None
        return release, self.rules_of(release)

    def rules_of(self, release: Release) -> Rules:
        """Return the policy a release is pinned to, with the calendar a new one would get."""
        rules = Rules(policy=self.policy(release.policy_version), calendar=self.calendar)
        return pinned(rules, NewRelease.model_validate(release, from_attributes=True))
