"""Whether workers take work: a process that lives and does not poll is of no use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from workflows.names import NOTICES_QUEUE, RELEASES_QUEUE

SEEN_WITHIN: Final = timedelta(seconds=70)
"""A poll on an empty queue lasts a minute, and counts from when it began."""

_QUEUES: Final = (
    (RELEASES_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    (RELEASES_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    (NOTICES_QUEUE, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
)
_CALL_WITHIN: Final = timedelta(seconds=2)


async def workers_poll(client: Client) -> bool:
    """Return whether somebody lately asked for work on every queue of the service."""
    try:
        return all([await _is_polled(client, queue, kind) for queue, kind in _QUEUES])
    except (RPCError, RuntimeError):  # a lazy client raises RuntimeError while nobody listens
        return False


async def _is_polled(client: Client, queue: str, kind: TaskQueueType.ValueType) -> bool:
    described = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
        ),
        timeout=_CALL_WITHIN,
    )
    since = datetime.now(UTC) - SEEN_WITHIN
    return any(each.last_access_time.ToDatetime(tzinfo=UTC) >= since for each in described.pollers)
