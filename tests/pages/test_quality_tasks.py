"""Data-quality tasks as pages on both stores: listed for their team, closed once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.codes import Role
from domain.duty.posts import Post
from domain.duty.quality import TaskOutcome, TaskReason, outcomes_for
from domain.duty.rota import Unfilled
from infra.database.engine import Database
from infra.duty.store import SqlDuty
from infra.duty.tasks import SqlTasks
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.duty.staffing import HARTLEPOOL, LEEDS
from tests.pages.conftest import As

MANAGER = replace(SUBJECTS[Role.RESETTLEMENT], id="boss", manager=True)


@pytest.fixture
def world(database: Database) -> World:
    return World(NOW, database)


@pytest.fixture
def task(world: World) -> str:
    """An open task of Leeds; its id."""
    duty = SqlDuty(world.database)
    duty.report(Unfilled.EMPTY_ROTA, LEEDS, Post.DUTY, "rel-7", NOW)
    duty.report(Unfilled.COVER_LOOP, HARTLEPOOL, Post.DEPUTY, "rel-7", NOW)
    return next(each.id for each in SqlTasks(world.database).open("LEI"))


async def test_a_team_sees_its_own_tasks_and_the_service_owner_all_or_some(
    task: str, as_: As
) -> None:
    own = await (await as_(Role.RESETTLEMENT)).open("/quality-tasks")
    other = await (await as_(Role.HEALTHCARE)).open("/quality-tasks")
    owner = await as_(Role.ADMIN)

    assert len(own.soup.select("main tbody tr")) == 1
    assert "Nobody was on duty" in own.text
    assert "HMP Leeds" in own.text
    assert "rel-7" not in own.response.text
    assert "No open task" in other.text
    assert len((await owner.open("/quality-tasks")).soup.select("main tbody tr")) == 2
    some = await owner.open("/quality-tasks?role=provider&place=hartlepool")
    assert len(some.soup.select("main tbody tr")) == 1
    assert "No closed task" in (await owner.open("/quality-tasks?state=closed")).text


async def test_a_colleague_reads_a_task_and_only_a_manager_closes_it(
    world: World, task: str, as_: As
) -> None:
    path = f"/quality-tasks/{task}"
    colleague = await (await as_(Role.RESETTLEMENT)).open(path)
    assert colleague.soup.select_one("main form") is None
    assert colleague.soup.select_one('main a[href="/rotas/resettlement/LEI"]') is not None

    manager = await as_(MANAGER)
    empty = await manager.send(path)
    wrong = await manager.send(path, outcome="contact_works")
    assert (empty.status, wrong.status) == (400, 400)
    assert empty.field_error("outcome") == "Select what was done"
    closed = await manager.follow(await manager.send(path, outcome="rota_filled"))

    assert "Somebody was put on" in closed.text
    assert "by Priya Nair" in closed.text
    assert closed.soup.select_one("main form") is None
    assert len((await manager.open("/quality-tasks?state=closed")).soup.select("tbody tr")) == 1


async def test_what_somebody_else_closed_meanwhile_is_shown_and_stays(
    world: World, task: str, as_: As
) -> None:
    manager = await as_(MANAGER)
    path = f"/quality-tasks/{task}"
    fields = (await manager.open(path)).fields()
    SqlTasks(world.database).close(task, TaskOutcome.POST_NOT_NEEDED, "adm")

    page = await manager.submit(path, fields | {"outcome": "rota_filled"})

    assert page.status == 400
    assert "Somebody else closed this task" in page.text
    assert "This post is not needed" in page.text
    stored = SqlTasks(world.database).one(task)
    assert stored is not None
    assert (stored.outcome, stored.closed_by) == (TaskOutcome.POST_NOT_NEEDED, "adm")


def test_a_stop_is_taken_back_by_its_sender_only_and_each_kind_can_be_closed() -> None:
    assert TaskOutcome.CONTACT_WORKS not in outcomes_for(TaskReason.TEXTS_STOPPED)
    assert all(outcomes_for(each) for each in TaskReason)
    assert all(TaskOutcome.CONTACT_REPLACED not in outcomes_for(each) for each in TaskReason)
