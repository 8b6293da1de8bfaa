"""The events of a release as its runs remember them, back through every continue-as-new."""

from __future__ import annotations

from typing import Any

from temporalio.client import Client, WorkflowHandle

from domain.events import Event
from workflows.release import ReleaseWorkflow


async def events_after(
    client: Client, workflow_id: str, run_id: str, after_seq: int
) -> tuple[Event, ...]:
    """Return the events after `after_seq`, oldest first, from the run named and those before it.

    A gap at the beginning means that the server keeps the older runs no more.
    """
    found: tuple[Event, ...] = ()
    before: str | None = run_id
    while before and not (found and found[0].seq <= after_seq + 1):
        handle: WorkflowHandle[Any, Any] = client.get_workflow_handle(workflow_id, run_id=before)
        told = await handle.query(ReleaseWorkflow.journal, after_seq)
        found = (*told.events, *found)
        before = await _run_before(handle)
    return found


async def _run_before(handle: WorkflowHandle[Any, Any]) -> str | None:
    async for event in handle.fetch_history_events(page_size=1):
        return event.workflow_execution_started_event_attributes.continued_execution_run_id or None
    return None
