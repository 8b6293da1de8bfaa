"""A worker of releases on the server with a clock that can be moved."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.driving import A_LITTLE, Bench, Running

__all__ = ["A_LITTLE", "Bench", "Running"]


@pytest.fixture
async def bench(environment: WorkflowEnvironment) -> AsyncIterator[Bench]:
    """A worker of releases with a read model in memory."""
    async with Bench(environment).working() as working:
        yield working
