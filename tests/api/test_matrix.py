"""Every role on every route, in scope, out of scope and without a token.

The expectation is written by hand. Statuses: in scope / out of scope; a route without an object
has no scope of its own to be outside of, so its two cells are alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import httpx2
import pytest
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.duty_bodies import EXAMPLES
from api.examples import NEW_RELEASE
from api.filters import PageOf
from domain.access import Subject, scope_of
from domain.access_messages import MessageScope
from domain.codes import Role
from domain.commands import SendReferral
from domain.duty.access import TeamScope
from domain.duty.posts import Post
from domain.duty.rota import Unfilled
from infra.duty.store import SqlDuty
from infra.duty.tasks import SqlTasks
from infra.messages.unread import SqlUnread
from tests.api.conftest import NOW, SUBJECTS, As
from tests.api.fakes import World
from tests.builders import Journey
from tests.database.projections import a_read_model, project
from tests.duty.staffing import LEEDS, Staffing
from tests.office import MOBILE, Office
from tests.pages import routes as pages

ROLES = ("resettlement", "healthcare", "probation", "provider", "commissioner", "admin", "auditor")

# One column per role in the order above.
EXPECTED = """
POST /api/v1/releases                             201/403 403/403 403/403 403/403 403/403 403/403 403/403
GET  /api/v1/releases                             200/200 200/200 200/200 200/200 403/403 403/403 403/403
GET  /api/v1/releases/{release_id}                200/404 200/404 200/404 200/404 403/403 403/403 403/403
POST /api/v1/releases/{release_id}/commands       200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /api/v1/releases/{release_id}/events         200/404 200/404 200/404 200/404 403/403 403/403 200/200
GET  /api/v1/escalations                          200/200 200/200 200/200 200/200 403/403 403/403 403/403
POST /api/v1/escalations/{escalation_id}/acknowledge \
200/404 403/404 403/404 403/404 403/403 403/403 403/403
GET  /api/v1/releases/{release_id}/workers        200/404 200/404 200/404 200/404 403/403 403/403 403/403
PUT  /api/v1/releases/{release_id}/workers/{role} 200/404 403/403 403/403 403/403 403/403 403/403 403/403
GET  /api/v1/staff                                200/200 200/200 200/200 200/200 403/403 200/200 403/403
POST /api/v1/staff                                201/403 403/403 403/403 403/403 403/403 201/201 403/403
POST /api/v1/staff/{staff_id}/leave               200/404 404/404 404/404 404/404 403/403 200/200 403/403
GET  /api/v1/staff/{staff_id}/absences            200/404 404/404 404/404 404/404 403/403 200/200 403/403
PUT  /api/v1/staff/{staff_id}/absences            200/404 404/404 404/404 404/404 403/403 200/200 403/403
GET  /api/v1/rotas/{role}/{organisation}          200/200 200/200 200/200 200/200 403/403 200/200 403/403
PUT  /api/v1/rotas/{role}/{organisation}/{post}   200/403 403/403 403/403 403/403 403/403 200/200 403/403
GET  /api/v1/quality-tasks                        200/200 200/200 200/200 200/200 403/403 200/200 403/403
POST /api/v1/quality-tasks/{task_id}/close        200/404 404/404 404/404 404/404 403/403 200/200 403/403
GET  /api/v1/releases/{release_id}/measures       403/403 200/404 403/403 200/404 403/403 403/403 403/403
GET  /api/v1/measures/continuity                  403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/retention                   403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/funnel                      403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/waits                       403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/acknowledgement             403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/continuity.csv              403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/retention.csv               403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/funnel.csv                  403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/waits.csv                   403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/acknowledgement.csv         403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/measures/data-dictionary.csv         403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /api/v1/messages                             200/200 200/200 200/200 200/200 403/403 200/200 200/200
GET  /api/v1/releases/{release_id}/messages       200/404 200/404 200/404 200/404 403/403 200/200 200/200
GET  /api/v1/replies                              200/200 200/200 200/200 200/200 403/403 200/200 403/403
POST /api/v1/replies/{reply_id}/read              403/404 200/404 403/404 200/404 403/403 404/404 403/403
GET  /api/v1/releases/{release_id}/texting        200/404 200/404 200/404 200/404 403/403 403/403 403/403
PUT  /api/v1/releases/{release_id}/texting        200/404 403/403 200/404 200/404 403/403 403/403 403/403
GET  /api/v1/measures/delivery                    403/403 403/403 403/403 403/403 403/403 200/200 200/200
"""  # noqa: E501 - a table
CALLBACKS = {("POST", f"/twilio/{each}") for each in ("status", "call", "reply", "voice")}
PUBLIC = {("GET", "/health/live"), ("GET", "/health/ready"), ("GET", "/openapi.json")} | CALLBACKS
"""What needs no token; callbacks are believed by their signature."""

ELSEWHERE: dict[Role, dict[str, Any]] = {
    Role.RESETTLEMENT: {"prisons": frozenset({"HLI"})},
    Role.HEALTHCARE: {"prisons": frozenset({"HLI"})},
    Role.PROBATION: {"units": frozenset({"N52BIRM"})},
    Role.PROVIDER: {"services": frozenset({"cds-birmingham"})},
    Role.COMMISSIONER: {"areas": frozenset({"E08000025"})},
    Role.ADMIN: {},
    Role.AUDITOR: {},
}

BODIES: dict[str, Any] = {
    "/api/v1/releases": NEW_RELEASE,
    # Something that all four roles may record.
    "/api/v1/releases/{release_id}/commands": {
        "kind": "record_near_miss",
        "on": "2026-11-20",
        "near_miss": "missed_first_night",
    },
    "/api/v1/releases/{release_id}/workers/{role}": {"staff": "ada"},
    "/api/v1/staff": EXAMPLES["NewStaffMember"],
    "/api/v1/staff/{staff_id}/absences": {"absences": [{"starts_at": "2026-12-24 09:00"}]},
    "/api/v1/rotas/{role}/{organisation}/{post}": {
        "shifts": [{"staff": "ada", "starts_at": "2026-12-24 20:00"}]
    },
    "/api/v1/quality-tasks/{task_id}/close": {"outcome": "rota_filled"},
    "/api/v1/releases/{release_id}/texting": {"agreed": True, "mobile": "07700 900199"},
}


class Cell(NamedTuple):
    method: str
    path: str
    role: Role
    is_inside: bool
    status: int

    @property
    def subject(self) -> Subject:
        known = replace(SUBJECTS[self.role], manager=True)
        return known if self.is_inside else replace(known, id="other", **ELSEWHERE[self.role])


def table() -> list[Cell]:
    found = []
    for line in EXPECTED.strip().splitlines():
        method, path, *cells = line.split()
        for name, cell in zip(ROLES, cells, strict=True):
            inside, outside = cell.split("/")
            found.append(Cell(method, path, Role(name), is_inside=True, status=int(inside)))
            found.append(Cell(method, path, Role(name), is_inside=False, status=int(outside)))
    return found


@pytest.fixture
async def scene(world: World, as_: As) -> World:
    world.has("rel-1")
    sent = await as_(Role.RESETTLEMENT).ask(
        "rel-1", "send_referral", on="2026-11-20", service="cds-hartlepool"
    )
    assert sent.status_code == 200
    # The screening lapses, which is resettlement's to acknowledge.
    world.wait_until(NOW.replace(day=27))
    return world


def the_rota(world: World) -> str:
    """Staff of resettlement in Leeds, and the id of a task that is theirs."""
    project(a_read_model(world.database), Journey())
    Staffing(world.database).employs("ada")
    SqlDuty(world.database).report(Unfilled.EMPTY_ROTA, LEEDS, Post.DUTY, "rel-1", NOW)
    (task,) = SqlTasks(world.database).page(TeamScope(None, None), PageOf(), is_open=True).rows
    return task.id


def the_reply(world: World) -> str:
    """The id of a reply that the person of the release wrote, and nobody has read."""
    office = Office(world.database, NOW)
    office.start("rel-1", texts=True)
    office.submit("rel-1", SendReferral(on=NOW.date(), service="cds-hartlepool"))
    office.text_from(MOBILE, "can you ring me")
    scope = MessageScope(scope_of(SUBJECTS[Role.RESETTLEMENT], NOW.date()), unattached=False)
    (reply,) = SqlUnread(world.database).page(scope, PageOf(), is_open=True).rows
    return reply.id


def address_of(cell: Cell, scene: World) -> str:
    """The path with what the scene holds; it is all of resettlement in Leeds."""
    ladder = next(each for each in scene._ladders() if each.step == "screening")
    about_rotas = any(each in cell.path for each in ("staff", "rotas", "quality", "workers"))
    about_replies = any(each in cell.path for each in ("replies", "texting"))
    return cell.path.format(
        reply_id=the_reply(scene) if about_replies else "",
        release_id="rel-1",
        escalation_id=ladder.escalation_id,
        staff_id="ada",
        task_id=the_rota(scene) if about_rotas else "",
        role="resettlement",
        organisation="LEI",
        post="duty",
    )


@pytest.mark.parametrize("cell", table(), ids=lambda cell: "-".join(map(str, cell)))
async def test_each_role_gets_what_the_table_says(scene: World, as_: As, cell: Cell) -> None:
    caller = as_(cell.subject)
    address = address_of(cell, scene)

    if cell.method == "GET":
        answered = await caller.get(address)
    elif cell.method == "PUT":
        answered = await caller.put(address, BODIES[cell.path])
    else:
        answered = await caller.post(address, BODIES.get(cell.path))

    assert answered.status_code == cell.status, answered.text


def test_the_table_names_every_route() -> None:
    app = create_app(World(NOW).services())
    # Since 0.165 routers are included lazily, so `app.routes` alone would show almost nothing.
    found = {
        (method, context.path)
        for context in iter_route_contexts(app.routes)
        for method in context.methods or ()
        if method != "HEAD"
    }
    described = {
        (method.upper(), path) for path, item in app.openapi()["paths"].items() for method in item
    }

    known = {(method, path) for method, path, *_ in table()} | PUBLIC
    assert found == known | pages.every_route()
    assert found - {("GET", "/openapi.json")} - CALLBACKS - pages.every_route() == described


@pytest.mark.parametrize(
    ("method", "path"), sorted({(method, path) for method, path, *_ in table()})
)
@pytest.mark.parametrize("sent", [None, "Bearer wrong", "Bearer ", "Basic dTpw", "tc_res"])
async def test_nothing_is_answered_without_a_valid_token(
    client: httpx2.AsyncClient, method: str, path: str, sent: str | None
) -> None:
    headers = {"Authorization": sent} if sent else {}

    answered = await client.request(method, path, headers=headers)

    assert (answered.status_code, answered.json()["code"]) == (401, "unauthenticated")
    assert answered.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path"), sorted(PUBLIC - CALLBACKS))
async def test_what_is_public_tells_nothing_about_anybody(
    scene: World, client: httpx2.AsyncClient, method: str, path: str
) -> None:
    answered = await client.request(method, path)

    assert answered.status_code == 200
    assert "rel-1" not in answered.text
