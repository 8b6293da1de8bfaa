"""The workers of one process: release workflows with their projections, and notices apart.

Numbers here were chosen by measuring on two cores (ADR 0009).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import (
    UnsandboxedWorkflowRunner,
    Worker,
    WorkerDeploymentConfig,
    WorkflowRunner,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.projection import Projector
from activities.sending import Postman
from infra.messages.delivery import Delivery
from workflows import ALL_WORKFLOWS
from workflows.names import NOTICES_QUEUE, PHONE_QUEUE, RELEASES_QUEUE

SANDBOX: Final = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules(
        "domain",
        "activities",
        "notifications",
        "workflows.messages",
        "workflows.names",
        "workflows.refusals",
        "workflows.beginning",
        "workflows.due_list",
    )
)
"""Catches a workflow that is not deterministic; every test and every replay runs in it."""

SERVICE: Final = UnsandboxedWorkflowRunner()
"""What serves: the sandbox loads the workflow's module anew for every release, which costs more
than the release itself. The tests have run the same code in the sandbox (ADR 0007)."""

SLOTS: Final = 20
"""Far more than run at once: with a handful, each activity waits 100 ms for a slot (ADR 0009)."""

SHUTS_DOWN_WITHIN: Final = timedelta(seconds=20)
STICKY_WITHIN: Final = timedelta(seconds=3)
"""After a worker was killed, the next request waits this long before another one takes over."""


def release_worker(
    client: Client,
    projector: Projector,
    *,
    queue: str = RELEASES_QUEUE,
    runner: WorkflowRunner = SERVICE,
    build: str | None = None,
    cached: int = 1_000,
) -> Worker:
    """Return the worker of releases.

    Args:
        client: With the encrypting converter.
        projector: Writes the read model.
        queue: The task queue.
        runner: `SANDBOX` in tests.
        build: The deployed version, where worker versioning is used; None without.
        cached: How many releases stay in memory between their events.
    """
    return Worker(
        client,
        task_queue=queue,
        workflows=list(ALL_WORKFLOWS),
        activities=[projector.project],
        activity_executor=ThreadPoolExecutor(2 * SLOTS, thread_name_prefix="project"),
        workflow_runner=runner,
        max_cached_workflows=cached,
        max_concurrent_workflow_tasks=20,
        max_concurrent_activities=SLOTS,
        max_concurrent_local_activities=SLOTS,
        sticky_queue_schedule_to_start_timeout=STICKY_WITHIN,
        graceful_shutdown_timeout=SHUTS_DOWN_WITHIN,
        deployment_config=_deployment(build) if build else None,
    )


def notice_worker(client: Client, telling: Delivery, *, queue: str = NOTICES_QUEUE) -> Worker:
    """Return the worker that routes notices, answers replies and sends e-mail."""
    return Worker(
        client,
        task_queue=queue,
        activities=[
            telling.router.send_notice,
            telling.router.weigh,
            telling.bundler.tell_bundle,
            telling.answerer.answer_reply,
            telling.look_out.look,
            telling.postman.send_message,
        ],
        activity_executor=ThreadPoolExecutor(SLOTS, thread_name_prefix="tell"),
        max_concurrent_activities=SLOTS,
        graceful_shutdown_timeout=SHUTS_DOWN_WITHIN,
    )


def phone_worker(
    client: Client, postman: Postman, per_second: float, *, queue: str = PHONE_QUEUE
) -> Worker:
    """Return the worker that texts and calls.

    Args:
        client: With the encrypting converter.
        postman: Sends one message.
        per_second: The most that all workers of this queue together hand to the provider; the
            server keeps to it, and hands out the gravest first.
        queue: The task queue.
    """
    return Worker(
        client,
        task_queue=queue,
        activities=[postman.send_message],
        activity_executor=ThreadPoolExecutor(SLOTS, thread_name_prefix="phone"),
        max_concurrent_activities=SLOTS,
        max_task_queue_activities_per_second=per_second,
        graceful_shutdown_timeout=SHUTS_DOWN_WITHIN,
    )


def _deployment(build: str) -> WorkerDeploymentConfig:
    """Let running releases move to a new build; replay tests are what makes that safe."""
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion("throughcare", build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )
