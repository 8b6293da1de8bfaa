"""The rules that a release started now is pinned to, while the service runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from domain.calendars import WorkingCalendar
from domain.london_time import london_date
from domain.policy import Policy
from domain.policy.changes import version_on
from domain.rules import Rules
from infra.database.errors import StoreUnavailableError
from infra.database.policy_changes import StoredChange, standing

log = logging.getLogger("infra.rules_in_force")


class RulesInForce:
    """The policy that the service was started with, as changes decided here have changed it.

    It is asked often and on the event loop, so it answers from what `refresh` read last. A change
    that was planned begins by itself at midnight in London.

    Attributes:
        root: The policy of the document that the service was started with.
    """

    def __init__(
        self,
        root: Policy,
        calendar: WorkingCalendar,
        read: Callable[[], tuple[StoredChange, ...]],
        now: Callable[[], datetime],
    ) -> None:
        """Begin with the document alone.

        Args:
            root: Its policy.
            calendar: The working days of every version.
            read: Returns every change, the oldest first; may wait for a database.
            now: Tells the aware UTC now.
        """
        self.root = root
        self._calendar = calendar
        self._read = read
        self._now = now
        self._changes: tuple[StoredChange, ...] = ()
        self._known = {root.version: Rules(policy=root, calendar=calendar)}
        self._turn = threading.Lock()

    def rules(self) -> Rules:
        """Return the rules in force."""
        today = london_date(self._now())
        return self._known[version_on(self.root.version, standing(self._changes), today)]

    def refresh(self) -> None:
        """Read the changes anew; while the database does not answer, what was read last holds."""
        try:
            changes = self._read()
        except StoreUnavailableError:
            log.warning("changes to the policy could not be read; the last known ones hold")
            return
        with self._turn:
            for each in changes:
                policy = each.change.policy
                if policy.version not in self._known:
                    self._known[policy.version] = Rules(policy=policy, calendar=self._calendar)
            self._changes = changes
