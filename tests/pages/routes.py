"""Every page and who may open it, written by hand; a new page adds its line.

Statuses: in scope / out of scope. 200 is shown, 303 leads on, 400 is a form with something to
correct, 403 is not for the role, 404 does not exist for whoever asks. Forms are sent empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.codes import Role

ROLES = ("resettlement", "healthcare", "probation", "provider", "commissioner", "admin", "auditor")

# One column per role in the order above.
EXPECTED = """
GET  /          200/200 200/200 200/200 200/200 303/303 200/200 200/200
POST /sign-out  303/303 303/303 303/303 303/303 303/303 303/303 303/303
POST /session   204/204 204/204 204/204 204/204 204/204 204/204 204/204
GET  /unsaved   303/303 303/303 303/303 303/303 303/303 303/303 303/303
POST /unsaved   303/303 303/303 303/303 303/303 303/303 303/303 303/303
POST /unsaved/drop 303/303 303/303 303/303 303/303 303/303 303/303 303/303
GET  /policy    200/200 200/200 200/200 200/200 200/200 200/200 200/200
GET  /policy/change/{slug} 403/403 403/403 403/403 403/403 403/403 200/200 403/403
POST /policy/change/{slug} 403/403 403/403 403/403 403/403 403/403 400/400 403/403
POST /policy/changes/{version}/withdraw 403/403 403/403 403/403 403/403 403/403 303/303 403/403
GET  /users     403/403 403/403 403/403 403/403 403/403 200/200 403/403
GET  /users/new 403/403 403/403 403/403 403/403 403/403 200/200 403/403
POST /users/new 403/403 403/403 403/403 403/403 403/403 400/400 403/403
POST /users/{user_id}/password 403/403 403/403 403/403 403/403 403/403 200/403 403/403
POST /users/{user_id}/sign-out 403/403 403/403 403/403 403/403 403/403 303/403 403/403
POST /users/{user_id}/access   403/403 403/403 403/403 403/403 403/403 303/403 403/403
GET  /restrictions 403/403 403/403 403/403 403/403 403/403 200/200 403/403
POST /restrictions 403/403 403/403 403/403 403/403 403/403 400/400 403/403
POST /restrictions/{release_id}/lift 403/403 403/403 403/403 403/403 403/403 404/404 403/403
POST /users/{user_id}/staff    403/403 403/403 403/403 403/403 403/403 400/403 403/403
GET  /audit     403/403 403/403 403/403 403/403 403/403 403/403 200/200
POST /audit     403/403 403/403 403/403 403/403 403/403 403/403 400/400
GET  /cases     200/200 200/200 200/200 200/200 403/403 403/403 403/403
POST /cases/find 303/303 303/303 303/303 303/303 403/403 403/403 403/403
GET  /cases/new  200/200 403/403 403/403 403/403 403/403 403/403 403/403
POST /cases/new  400/400 403/403 403/403 403/403 403/403 403/403 403/403
GET  /cases/{release_id}         200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/people  200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/people/{whom} 200/404 200/404 200/404 200/404 403/403 403/403 403/403
POST /cases/{release_id}/people/{whom} 400/404 400/404 400/404 400/404 403/403 403/403 403/403
GET  /cases/{release_id}/phone 200/404 403/403 200/404 200/404 403/403 403/403 403/403
POST /cases/{release_id}/phone 400/404 403/403 400/404 400/404 403/403 403/403 403/403
GET  /cases/{release_id}/worker 200/404 200/404 200/404 200/404 403/403 403/403 403/403
POST /cases/{release_id}/worker 400/404 400/404 400/404 400/404 403/403 403/403 403/403
GET  /cases/{release_id}/notes   200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/history 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/day-of-release 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/counted 403/403 200/404 403/403 200/404 403/403 403/403 403/403
GET  /dashboard 403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /dashboard/areas/{code} 403/403 403/403 403/403 403/403 200/403 403/403 200/200
GET  /dashboard/data-dictionary.csv 403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /dashboard/{topic}.csv 403/403 403/403 403/403 403/403 200/200 403/403 200/200
GET  /escalations 200/200 200/200 200/200 200/200 403/403 403/403 403/403
GET  /escalations/{escalation_id} 200/404 200/404 200/404 200/404 403/403 403/403 403/403
POST /escalations/{escalation_id}/take 400/404 400/404 400/404 303/404 403/403 403/403 403/403
POST /escalations/{escalation_id}/pass-on 400/404 400/404 400/404 303/404 403/403 403/403 403/403
GET  /cases/{release_id}/near-miss 200/404 200/404 200/404 200/404 403/403 403/403 403/403
POST /cases/{release_id}/near-miss 400/404 400/404 400/404 400/404 403/403 403/403 403/403
GET  /cases/{release_id}/steps/{step} 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/steps/{step}/{how} 200/404 403/404 403/404 403/404 403/403 403/403 403/403
POST /cases/{release_id}/steps/{step}/{how} 400/404 400/404 400/404 400/404 403/403 403/403 403/403
GET  /cases/{release_id}/events 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/events/{kind} 200/404 403/403 403/403 403/403 403/403 403/403 403/403
POST /cases/{release_id}/events/{kind} 400/404 403/403 403/403 403/403 403/403 403/403 403/403
GET  /cases/{release_id}/answer-link 200/404 403/404 403/404 403/404 403/403 403/403 403/403
POST /cases/{release_id}/answer-link 200/404 403/404 403/404 403/404 403/403 403/403 403/403
GET  /cases/{release_id}/pack 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/pack/send 200/404 403/404 403/404 403/404 403/403 403/403 403/403
POST /cases/{release_id}/pack/send 400/404 403/404 403/404 403/404 403/403 403/403 403/403
GET  /cases/{release_id}/pack/acknowledge 200/404 200/404 200/404 200/404 403/403 403/403 403/403
POST /cases/{release_id}/pack/acknowledge 400/404 400/404 400/404 400/404 403/403 403/403 403/403
GET  /cases/{release_id}/pack/{document} 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /cases/{release_id}/pack/{document}/pdf 200/404 200/404 200/404 200/404 403/403 403/403 403/403
GET  /rotas 200/200 200/200 200/200 200/200 403/403 200/200 403/403
GET  /rotas/{role}/{organisation} 200/200 200/200 200/200 200/200 403/403 200/200 403/403
GET  /quality-tasks 200/200 200/200 200/200 200/200 403/403 200/200 403/403
GET  /quality-tasks/{task_id} 200/404 404/404 404/404 404/404 403/403 200/200 403/403
POST /quality-tasks/{task_id} 403/404 404/404 404/404 404/404 403/403 400/400 403/403
GET  /messages 200/200 200/200 200/200 200/200 403/403 200/200 200/200
GET  /messages/{message_id} 200/404 200/404 200/404 200/404 403/403 200/200 200/200
"""

FOR_WHOEVER_LOOKS_AFTER_A_TEAM = """
GET  /rotas/{role}/{organisation}/{post}/shift 200
POST /rotas/{role}/{organisation}/{post}/shift 400
GET  /rotas/{role}/{organisation}/{post}/{starts}/change 200
POST /rotas/{role}/{organisation}/{post}/{starts}/change 400
GET  /rotas/{role}/{organisation}/{post}/{starts}/end 200
POST /rotas/{role}/{organisation}/{post}/{starts}/end 400
GET  /rotas/{role}/{organisation}/absence 200
POST /rotas/{role}/{organisation}/absence 400
GET  /rotas/{role}/{organisation}/absence/{staff_id}/{starts}/change 200
POST /rotas/{role}/{organisation}/absence/{staff_id}/{starts}/change 400
POST /rotas/{role}/{organisation}/absence/{staff_id}/{starts}/cancel 303
GET  /rotas/{role}/{organisation}/staff 200
POST /rotas/{role}/{organisation}/staff 400
"""
"""What the service owner gets; of the other roles here nobody is a manager, and each gets 403."""

IN_ADDRESSES = {
    "release_id": "rel-1",
    "user_id": "adm",
    "escalation_id": "rel-1.1",
    "document": "non-clinical",
    "step": "referral",
    "how": "mark_not_needed",
    "kind": "move_release_date",
    "whom": "gp",
    "slug": "steps.plan.due",
    "version": "2026-12-01.1",
    "code": "E06000001",
    "topic": "continuity",
    "role": "resettlement",
    "organisation": "LEI",
    "post": "duty",
    "starts": "20261101T000000Z",
    "staff_id": "ada",
    "task_id": "a-task",
    "message_id": "rel-1.9.step_lapsed.ada.email.1",
}
"""What stands for each part of an address that varies."""

PUBLIC = {
    ("GET", "/static/{name:path}"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/provider"),
    ("GET", "/sign-in/provider/return"),
    ("GET", "/referral-answers/{token}"),
    ("POST", "/referral-answers/{token}"),
    ("GET", "/accessibility"),
    ("GET", "/privacy"),
    ("GET", "/help"),
}


class Cell(NamedTuple):
    method: str
    path: str
    role: Role
    is_inside: bool
    status: int


def table() -> list[Cell]:
    found = []
    for line in (*EXPECTED.strip().splitlines(), *_of_teams()):
        method, path, *cells = line.split()
        for name, cell in zip(ROLES, cells, strict=True):
            inside, outside = cell.split("/")
            found.append(Cell(method, path, Role(name), is_inside=True, status=int(inside)))
            found.append(Cell(method, path, Role(name), is_inside=False, status=int(outside)))
    return found


def _of_teams() -> Iterator[str]:
    for line in FOR_WHOEVER_LOOKS_AFTER_A_TEAM.strip().splitlines():
        method, path, status = line.split()
        cells = [f"{status}/{status}" if each == "admin" else "403/403" for each in ROLES]
        yield " ".join((method, path, *cells))


def every_route() -> set[tuple[str, str]]:
    """Every page's method and path."""
    return {(each.method, each.path) for each in table()} | PUBLIC
