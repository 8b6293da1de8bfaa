"""The rules that a release started now is pinned to, while the service runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final, Protocol

import structlog

from domain.calendars import WorkingCalendar
from domain.london_time import london_date
from domain.policy import Policy
from domain.policy.changes import PlannedChange, version_on
from domain.rules import Rules
from infra.database.errors import StoreUnavailableError
from infra.database.policy_changes import StoredChange, standing

FOLLOWS_WITHIN: Final = timedelta(seconds=5)
"""A change to the policy that another process recorded."""

log = structlog.get_logger()


class Changes(Protocol):
    """Where changes to the policy are kept."""

    def newest(self) -> int:
        """Return the number of the newest entry, 0 without any."""

    def every(self) -> tuple[StoredChange, ...]:
        """Return every change, the oldest first."""


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
        changes: Changes,
        now: Callable[[], datetime],
    ) -> None:
        """Begin with the document alone.

        Args:
            root: Its policy.
            calendar: The working days of every version.
            changes: Where they are kept.
            now: Tells the aware UTC now.
        """
        self.root = root
        self._calendar = calendar
        self._changes = changes
        self._now = now
        self._newest = 0
        self._planned: tuple[PlannedChange, ...] = ()
        self._known = {root.version: Rules(policy=root, calendar=calendar)}

    def rules(self) -> Rules:
        """Return the rules in force; never waits for anything."""
        today = london_date(self._now())
        return self._known[version_on(self.root.version, self._planned, today)]

    def refresh(self) -> None:
        """Read what was decided since; while that cannot be read, what was read last holds."""
        try:
            newest = self._changes.newest()
            if newest != self._newest:
                self._keep(self._changes.every())
                self._newest = newest
        # A document that this version of the code cannot read is a ValueError.
        except (StoreUnavailableError, ValueError) as error:
            log.warning("policy_changes_not_read", error=type(error).__name__)

    def _keep(self, changes: tuple[StoredChange, ...]) -> None:
        policies = (each.change.policy for each in changes)
        new = {each.version: Rules(policy=each, calendar=self._calendar) for each in policies}
        # In this order: whoever asks meanwhile finds the rules of every change that they see.
        self._known = new | self._known
        self._planned = standing(changes)


@contextmanager
def followed(in_force: RulesInForce) -> Iterator[None]:
    """Refresh the rules in force now, and every few seconds until the block ends."""
    in_force.refresh()
    stop = Event()

    def follow() -> None:
        while not stop.wait(FOLLOWS_WITHIN.total_seconds()):
            in_force.refresh()

    # A thread of its own: it waits for a database, which no event loop may.
    thread = Thread(target=follow, name="policy", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
