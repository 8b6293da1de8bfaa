"""Data-quality tasks: what keeps messages from reaching a team, and saying what was done."""

from __future__ import annotations

from math import ceil
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.duty_records import TaskRecord
from api.pages.accounts import Account
from api.pages.answers import Link, page, see
from api.pages.forms import FormReader, read_form
from api.pages.paging import pagination, part_of, read_page
from api.pages.recording import BAD_INPUT
from api.pages.roles import ROLES
from api.pages.rotas.task_list import about, address_of, line_of, read_wanted
from api.pages.rotas.task_words import DONE, TO_DO, WRONG
from api.pages.rotas.words import address_of as rota_of
from api.pages.rotas.words import team_title
from api.pages.security import RotaReader
from api.pages.visit import visit_of
from api.ports import Services
from api.quality import close_task, task_known_to, task_to_close
from api.security import Given
from domain.codes import Role
from domain.duty.access import looks_after
from domain.duty.posts import PARTIES
from domain.duty.quality import TaskOutcome, outcomes_for
from domain.errors import Refused

router = APIRouter(include_in_schema=False, prefix="/quality-tasks")

PER_PAGE: Final = 25
_LIST: Final = Link("Data-quality tasks", "/quality-tasks")


@router.get("")
async def list_tasks(account: RotaReader, request: Request, services: Given) -> Response:
    """Show a page of the tasks of the reader's teams, the oldest first."""
    wanted = read_wanted(request.query_params)
    part = read_page(request.query_params, PER_PAGE)
    scope = wanted.scope(account.subject, services.place_names)
    found = await services.duty.tasks.page(scope, part, is_open=wanted.is_open)
    tabs = [
        {"text": text, "href": wanted.but(is_open=each).href(), "active": each is wanted.is_open}
        for text, each in (("Open", True), ("Closed", False))
    ]
    return page(
        request,
        "quality_tasks.html",
        title=_LIST.text,
        wanted=wanted,
        tabs=tabs,
        roles={each: ROLES[each] for each in PARTIES} if account.role is Role.ADMIN else {},
        lines=[line_of(each, services.place_names) for each in found.rows],
        part=part_of(part, len(found.rows), found.total),
        pagination=pagination(part.number, ceil(found.total / part.size), wanted.href),
    )


@router.get("/{task_id}")
async def show_task(
    task_id: str, account: RotaReader, request: Request, services: Given
) -> Response:
    """Show one task: what happened, what it touches, and the form or what was done."""
    task = await task_known_to(account.subject, services.duty.tasks, task_id)
    return await _show(request, services, account, task, FormReader({}))


@router.post("/{task_id}")
async def close(task_id: str, account: RotaReader, request: Request, services: Given) -> Response:
    """Close a task; one that somebody else has closed meanwhile is shown as it stands."""
    tasks = services.duty.tasks
    task = await task_to_close(account.subject, tasks, task_id)
    form = await read_form(request)
    chosen = form.option("outcome", outcomes_for(task.reason), "Select what was done")
    if chosen is None:
        return await _show(request, services, account, task, form)
    try:
        await close_task(account.subject, tasks, task_id, TaskOutcome(chosen))
    except Refused:
        form.refuse("", "Somebody else closed this task after you opened it. Yours was not saved")
        task = await task_known_to(account.subject, tasks, task_id)
        return await _show(request, services, account, task, form)
    visit_of(request).say("The task is closed.")
    return see(address_of(task_id))


async def _show(
    request: Request, services: Services, account: Account, task: TaskRecord, form: FormReader
) -> Response:
    by = task.closed_by
    names = await services.accounts.names([by]) if by else {}
    return page(
        request,
        "quality_task.html",
        title=WRONG[task.reason],
        status=BAD_INPUT if form.faults else 200,
        errors=form.faults,
        back=_LIST,
        typed=form.typed,
        task=task,
        about=about(task),
        team=team_title(task.team, services.place_names),
        rota=rota_of(task.team),
        to_do=TO_DO[task.reason],
        done=DONE[task.outcome] if task.outcome else "",
        closed_by=names.get(by, "the service itself") if by else "",
        may_close=task.closed_at is None and looks_after(account.subject, task.team),
        outcomes=[{"value": each.value, "text": DONE[each]} for each in outcomes_for(task.reason)],
    )
