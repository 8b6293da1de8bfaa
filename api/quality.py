"""Closing a data-quality task: what the JSON API and the page both ask."""

from __future__ import annotations

from api.duty_ports import QualityTasks, TaskUnknownError
from api.duty_records import TaskRecord
from domain.access import Subject
from domain.duty.access import knows, may_look_after
from domain.duty.quality import TaskOutcome
from domain.errors import Refusal, Refused


async def task_known_to(caller: Subject, tasks: QualityTasks, task_id: str) -> TaskRecord:
    """Return a task of a team that the caller knows.

    Raises:
        TaskUnknownError: There is none.
    """
    task = await tasks.one(task_id)
    if task is None or not knows(caller, task.team):
        raise TaskUnknownError
    return task


async def task_to_close(caller: Subject, tasks: QualityTasks, task_id: str) -> TaskRecord:
    """Return a task that the caller may close.

    Raises:
        TaskUnknownError: There is none of a team that they know.
        NotPermitted: They do not look after its team.
    """
    task = await task_known_to(caller, tasks, task_id)
    may_look_after(caller, task.team)
    return task


async def close_task(
    caller: Subject, tasks: QualityTasks, task_id: str, outcome: TaskOutcome
) -> TaskRecord:
    """Close a task of `task_to_close`; the same outcome again changes nothing.

    Raises:
        TaskUnknownError: It is gone.
        Refused: `ALREADY_DONE`, when it was closed with another outcome.
    """
    await tasks.close(task_id, outcome, caller.id)
    closed = await tasks.one(task_id)
    if closed is None:
        raise TaskUnknownError
    if closed.outcome is not outcome:
        message = "This task was closed before, with another outcome."
        raise Refused(Refusal.ALREADY_DONE, message, "outcome")
    return closed
