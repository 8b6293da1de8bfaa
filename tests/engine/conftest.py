"""The gateway over a worker with a read model in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from infra.engine import Engine
from tests.driving import Bench, an_engine


@pytest.fixture
async def bench(environment: WorkflowEnvironment) -> AsyncIterator[Bench]:
    """A worker of releases with a read model in memory."""
    async with Bench(environment).working() as working:
        yield working


@pytest.fixture
def engine(bench: Bench) -> Engine:
    """The gateway to the bench's releases."""
    return an_engine(bench)
