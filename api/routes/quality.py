"""Data-quality tasks: what keeps a page from landing, and what was done about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.documented import CHANGING, problems
from api.duty_bodies import CLOSING, described_body
from api.duty_ports import TaskUnknownError
from api.duty_schemas import QualityTask, QualityTaskList
from api.duty_views import task_view
from api.parsing import json_body, strictly
from api.queries import TaskQuery
from api.security import Colleague, Given
from domain.duty.access import knows, may_look_after, team_scope_of
from domain.errors import Refusal, Refused

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
    task = await tasks.one(task_id)
    if task is None or not knows(caller, task.team):
        raise TaskUnknownError
    may_look_after(caller, task.team)
    outcome = strictly(CLOSING, await json_body(request)).outcome
    await tasks.close(task_id, outcome, caller.id)
    closed = await tasks.one(task_id)
    if closed is None:
        raise TaskUnknownError
    if closed.outcome is not outcome:
        message = "This task was closed before, with another outcome."
        raise Refused(Refusal.ALREADY_DONE, message, "outcome")
    return task_view(closed)
