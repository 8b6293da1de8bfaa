"""What waits for the provider is handed out by severity, on the server as it is in service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.worker import Worker

from domain.policy import Severity
from infra.engine.dispatching import Hint, start
from infra.settings import Settings, TemporalSettings
from infra.temporal.client import connect
from tests.faults.delivering import server_of
from tests.infra.waiting import eventually
from tests.standin.ports import free_port

pytestmark = pytest.mark.server

QUEUE = "phone-order"
OF_EACH = 8
LEAST_GRAVE_FIRST = sorted(Severity, reverse=True)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    settings = Settings(state_dir=tmp_path, temporal=TemporalSettings(port=free_port()))
    async with server_of(settings):
        yield await connect(settings)


async def waiting(client: Client) -> int:
    """Return how many activities wait in the queue."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
        report_stats=True,
    )
    found = await client.workflow_service.describe_task_queue(request)
    return int(found.stats.approximate_backlog_count)


async def test_whatever_came_first_the_gravest_goes_first(client: Client) -> None:
    told: list[str] = []

    @activity.defn(name="send_message")
    async def send_message(message_id: str) -> None:
        told.append(message_id.split("/", maxsplit=1)[0])

    for severity in LEAST_GRAVE_FIRST:
        for number in range(OF_EACH):
            work = f"{severity}/{number}"
            await start(client, Hint(work, "send_message", work, QUEUE, severity))
    count = OF_EACH * len(Severity)
    await eventually(lambda: queued(client, count))

    async with Worker(
        client, task_queue=QUEUE, activities=[send_message], max_concurrent_activities=1
    ):
        await eventually(lambda: len(told) == count)

    assert told == sorted(told)


async def queued(client: Client, count: int) -> bool:
    return await waiting(client) == count
