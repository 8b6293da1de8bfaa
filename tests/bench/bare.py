"""What the engine is measured against: workflows of the same shape with nothing in them."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

BARE_QUEUE = "bare"
A_JOURNEY = timedelta(days=168)
WITHIN = timedelta(seconds=30)


@activity.defn(name="nothing")
def nothing() -> None:
    """Do nothing, as an activity."""


@workflow.defn(name="Bare")
class Bare:
    """As many updates, activities and timers as a journey, without a domain and without SQL."""

    @workflow.init
    def __init__(self, updates: int) -> None:
        """Expect `updates` updates."""
        self._left = updates

    @workflow.run
    async def run(self, updates: int) -> None:
        """Wait for the updates, with one timer armed as an open release has."""
        await workflow.wait_condition(lambda: self._left == 0, timeout=A_JOURNEY)
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def act(self) -> None:
        """Run one activity, then answer."""
        await workflow.execute_activity("nothing", start_to_close_timeout=WITHIN)
        self._left -= 1
