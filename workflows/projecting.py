"""A run's events on their way into the read model: one projection at a time, each event in order.

What changes this file is how the read model is written (within a task, durably, again), never what
is written.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.contracts import Projection
    from activities.options import (
        PROJECT_PAUSE,
        PROJECT_RETRY,
        PROJECT_WITHIN,
        WAKE_PROJECT_WITHIN,
    )
    from domain.events import Event


class Projecting:
    """What one run has recorded, and how much of it the read model shows.

    Attributes:
        journal: Every event of the run, oldest first.
        projected_seq: The last event that the read model is known to show.
    """

    def __init__(
        self,
        compose: Callable[[tuple[Event, ...]], Projection],
        after_seq: int,
        *,
        again: bool = False,
    ) -> None:
        """Start after what the read model shows.

        Args:
            compose: Returns the projection of the given events and of the state as it is now.
            after_seq: The last event that the read model shows.
            again: Write the state once even if nothing happens.
        """
        self.journal: list[Event] = []
        self.projected_seq = after_seq
        self._compose = compose
        self._waiting: list[Event] = []
        self._foretold = True
        self._again = again
        self._is_writing = False
        self._activity: workflow.ActivityHandle[None] | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether everything recorded is in the read model and nothing is under way."""
        return not (self._waiting or self._again or self._is_writing)

    def add(self, events: tuple[Event, ...], *, foretold: bool) -> None:
        """Take events that were just recorded.

        Args:
            events: What follows the journal.
            foretold: They would be the same whenever they are computed: a start, or what falls
                due by itself. Only a batch of such events is projected within a task.
        """
        self._foretold = foretold and (self._foretold or not self._waiting)
        self.journal.extend(events)
        self._waiting.extend(events)

    def again(self, after_seq: int, earlier: Iterable[Event] = ()) -> None:
        """Write the state, and the events after `after_seq`; a write that is stuck gives way.

        Args:
            after_seq: The last event that the read model holds.
            earlier: Events of earlier runs, which this run's journal does not hold.
        """
        self._queue(each for each in (*earlier, *self.journal) if each.seq > after_seq)
        self._foretold = False
        self._again = True
        if self._activity is not None:
            self._activity.cancel()

    async def shown(self, seq: int) -> None:
        """Wait until the read model shows event `seq`."""
        await workflow.wait_condition(lambda: self.projected_seq >= seq)

    async def run(self) -> None:
        """Project one batch after another; what happens meanwhile waits for the next."""
        while True:
            await workflow.wait_condition(lambda: bool(self._waiting) or self._again)
            self._is_writing = True
            await self._project_batch()
            self._is_writing = False

    async def _project_batch(self) -> None:
        events, self._waiting = tuple(self._waiting), []
        foretold, self._foretold = self._foretold, False
        self._again = False
        projection = self._compose(events)
        if (foretold and await _within_task(projection)) or await self._durably(projection):
            self.projected_seq = max(self.projected_seq, projection.release.seq)
        else:
            self._queue(events)

    def _queue(self, events: Iterable[Event]) -> None:
        merged = {each.seq: each for each in (*events, *self._waiting)}
        self._waiting = [merged[seq] for seq in sorted(merged)]

    async def _durably(self, projection: Projection) -> bool:
        """Project by an activity, for ever: a read model that is away must not end a release.

        Returns:
            False when it gave way to a projection that an operator asked for.
        """
        while not self._again:
            self._activity = workflow.start_activity(
                "project",
                projection,
                start_to_close_timeout=PROJECT_WITHIN,
                retry_policy=PROJECT_RETRY,
            )
            try:
                await self._activity
            except FailureError:
                await self._pause()
            except asyncio.CancelledError:
                if not self._again:
                    raise
            else:
                return True
            finally:
                self._activity = None
        return False

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(lambda: self._again, timeout=PROJECT_PAUSE)


async def _within_task(projection: Projection) -> bool:
    """Project what was foretold inside the workflow task; False if that failed.

    A failure arrives as it was raised, not wrapped as that of an activity is: whatever was not
    caught here would end the release.

    Half the events and half the work of an activity. Safe only because foretold events are the
    same whenever they are computed, so that a task lost after the write tells the same story
    again (docs/adr/0007). A submission to a running release is never projected this way.
    """
    try:
        await workflow.execute_local_activity(
            "project",
            projection,
            schedule_to_close_timeout=WAKE_PROJECT_WITHIN,
            retry_policy=RetryPolicy(maximum_attempts=1),
        )
    except FailureError:
        return False
    return True
