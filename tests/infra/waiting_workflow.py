"""A workflow with a timer; the sandbox imports this module afresh, so it holds nothing else."""

from __future__ import annotations

import asyncio

from temporalio import workflow


@workflow.defn
class Waiting:
    """Waits the given seconds, then returns the given answer."""

    @workflow.run
    async def run(self, seconds: float, answer: str) -> str:
        """Wait durably."""
        await asyncio.sleep(seconds)
        return answer
