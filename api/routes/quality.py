"""Data-quality tasks: what keeps a page from landing, and what was done about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api import quality
from api.documented import CHANGING, problems
from api.duty_bodies import CLOSING, described_body
from api.duty_schemas import QualityTask, QualityTaskList
from api.duty_views import task_view
from api.parsing import json_body, strictly
from api.quality import task_to_close
from api.queries import TaskQuery
from api.security import Colleague, Given
from domain.duty.access import team_scope_of

router = APIRouter(prefix="/api/v1/quality-tasks", tags=["quality"])


@router.get("", summary="List data-quality tasks", responses=problems(401, 403, 422, 503))
async def list_tasks(
    caller: Colleague, services: Given, query: Annotated[TaskQuery, Query()]
) -> QualityTaskList:
    """List the tasks of the caller's own teams, the oldest first; admin sees every team's.

    Who: resettlement, healthcare, probation, provider, admin.
    """
    scope = team_scope_of(caller)
    found = await services.duty.tasks.page(scope, query.wanted_page, is_open=query.open)
    return QualityTaskList(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=[task_view(each) for each in found.rows],
    )


@router.post(
    "/{task_id}/close",
    summary="Say what was done",
    responses={**CHANGING, **problems(409)},
    openapi_extra=described_body("TaskClosing"),
)
async def close_task(
    task_id: str, caller: Colleague, services: Given, request: Request
) -> QualityTask:
    """Close a task with what was done; a repeat with the same outcome changes nothing.

    Who: managers for their own team, admin for any.
    """
    tasks = services.duty.tasks
    task = await task_to_close(caller, tasks, task_id)
    outcome = strictly(CLOSING, await json_body(request)).outcome
    return task_view(await quality.close_task(caller, tasks, task.id, outcome))
