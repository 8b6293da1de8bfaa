"""Until when a release's prescription covers every day, by the policy it is pinned to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.calendars import WorkingCalendar
from domain.continuity import cover_report, covered_until
from domain.policy import Policy
from domain.rules import Rules
from domain.state import Release


@dataclass(frozen=True, slots=True)
class PrescriptionCover:
    """Implements `infra.database.queries.CoveredUntil`.

    Attributes:
        policy: Returns the stored policy of a version.
        calendar: The bank holidays in force.
    """

    policy: Callable[[str], Policy]
    calendar: WorkingCalendar

    def __call__(self, release: Release) -> date | None:
        """Return the last day of unbroken cover.

        None without a prescription, and when the first day is uncovered already.
        """
        if release.prescription is None:
            return None
        rules = Rules(policy=self.policy(release.policy_version), calendar=self.calendar)
        report = cover_report(release, rules)
        return covered_until(report) if report else None
