"""A release's last known state with the rules it was pinned to, read back from the record.

The engine needs them when a closed release is corrected, reconciling when a workflow is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from domain.calendars import WorkingCalendar
from domain.policy import Policy
from domain.rules import Rules
from domain.state import Release
from infra.database.engine import Database
from infra.database.tables import ReleaseRow
from infra.engine.pinning import AFTER, BEFORE


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
            UnknownPolicyError: The policy it was pinned to is not stored.
        """
        held = select(ReleaseRow.snapshot).where(ReleaseRow.id == release_id)
        with self.database.read() as session:
            document = session.execute(held).scalar_one_or_none()
        if document is None:
            return None
        release = Release.model_validate(document)
        return release, self.rules_of(release)

    def rules_of(self, release: Release) -> Rules:
        """Return the policy a release is pinned to, with the calendar of the years around it."""
        first = min(release.scheduled_on, release.started_at.date()) - BEFORE
        calendar = self.calendar.narrowed_to(first, release.scheduled_on + AFTER)
        return Rules(policy=self.policy(release.policy_version), calendar=calendar)
