"""A real Temporal server whose clock can be moved, one for all tests of a process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from infra.settings import Settings
from infra.temporal.binary import find_binary
from infra.temporal.encryption import data_converter
from workflows.names import STAGE

# The last two make a skip cost 20 ms instead of a second; they are for test servers only.
DYNAMIC_CONFIG = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.timerProcessorMaxTimeShift="10ms"',
    "history.timerProcessorMaxPollRPS=2000",
)


async def start_environment() -> WorkflowEnvironment:
    """Start a server whose clock stands still until `fast_forward`; payloads are in the clear."""
    arguments = [each for value in DYNAMIC_CONFIG for each in ("--dynamic-config-value", value)]
    return await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=100_000),
        dev_server_existing_path=str(find_binary(Settings()).path),
        dev_server_extra_args=[*arguments, "--search-attribute", f"{STAGE.name}=Keyword"],
        data_converter=data_converter(None),
    )


@pytest.fixture(scope="session")
async def environment() -> AsyncIterator[WorkflowEnvironment]:
    """The server of this test process."""
    async with await start_environment() as started:
        yield started
