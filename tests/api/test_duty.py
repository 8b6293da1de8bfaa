"""Staff, rotas, named workers and tasks over HTTP: what is stored, refused and shown to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from api.app import create_app
from domain.access import Subject
from domain.codes import Role
from domain.duty.posts import Post
from domain.duty.quality import TaskReason
from domain.duty.rota import Unfilled
from infra.database.tables import StaffRow
from infra.duty.raising import raise_contact
from infra.duty.store import SqlDuty
from tests.api.conftest import NOW, SUBJECTS, As, Caller
from tests.api.fakes import World
from tests.builders import Journey
from tests.database.projections import a_read_model, project
from tests.duty.staffing import HARTLEPOOL, LEEDS, LEEDS_HEALTH, Staffing

STAFF = "/api/v1/staff"
LEEDS_ROTA = "/api/v1/rotas/resettlement/LEI"
ADA = {
    "reference": "lei-1",
    "name": "Ada Example",
    "role": "resettlement",
    "organisation": "LEI",
    "email": "ada@example.org",
    "mobile": "07700 900101",
}
MANAGER = replace(SUBJECTS[Role.RESETTLEMENT], id="boss", manager=True)
ELSEWHERE = replace(MANAGER, prisons=frozenset({"HLI"}))


@pytest.fixture
def manager(as_: As) -> Caller:
    return as_(MANAGER)


@pytest.fixture
def staffing(world: World) -> Staffing:
    found = Staffing(world.database)
    for each in ("ada", "ben"):
        found.employs(each)
    return found


def faults(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {each["field"]: each["message"] for each in answer.json()["errors"]}


async def test_staff_are_added_once_and_then_changed(manager: Caller) -> None:
    added = await manager.post(STAFF, ADA)
    again = await manager.post(STAFF, ADA | {"name": "Ada Other"})

    assert (added.status_code, again.status_code) == (201, 200)
    assert again.json() == added.json() | {"name": "Ada Other"}
    assert added.json()["mobile"] == "+447700900101"
    assert added.json()["account"] is None
    signing_in = await manager.post(STAFF, ADA | {"account": "Ada.Example"})
    assert signing_in.json()["account"] == "ada.example"


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"mobile": "0113 496 0000"}, "mobile", "landline"),
        ({"mobile": "+33 6 12 34 56 78"}, "mobile", "United Kingdom"),
        ({"mobile": "0906 123 4567"}, "mobile", "no mobile number"),
        ({"email": "ada(at)example.org"}, "email", "one e-mail address"),
        ({"email": None, "mobile": None}, "email", "or both"),
        ({"organisation": "XXX"}, "organisation", "not in the list"),
        ({"name": "\u202e"}, "name", "control"),
        ({"role": "governor"}, "role", "should be"),
        ({"reference": "Ada Example"}, "reference", "pattern"),
        ({"account": "ada example"}, "account", "sign in with"),
    ],
)
async def test_what_cannot_be_used_is_refused_by_its_field_and_never_repeated(
    as_: As, change: dict[str, Any], field: str, reason: str
) -> None:
    answer = await as_(Role.ADMIN).post(STAFF, ADA | change)

    assert reason in faults(answer)[field]
    assert not any(str(value) in answer.text for value in change.values() if value)


async def test_every_fault_of_an_entry_is_told_at_once(as_: As) -> None:
    answer = await as_(Role.ADMIN).post(STAFF, ADA | {"mobile": "999", "email": "x"})

    assert set(faults(answer)) == {"mobile", "email"}


async def test_contacts_are_for_whoever_looks_after_the_team(
    staffing: Staffing, as_: As, manager: Caller
) -> None:
    staffing.employs("nia", LEEDS_HEALTH)

    def seen(answer: httpx2.Response) -> dict[str, str | None]:
        return {each["id"]: each["mobile"] for each in answer.json()["items"]}

    assert seen(await manager.get(STAFF)) == {
        "ada": "+447700900123",
        "ben": "+447700900123",
    }
    assert seen(await as_(Role.RESETTLEMENT).get(STAFF)) == {"ada": None, "ben": None}
    assert set(seen(await as_(Role.ADMIN).get(STAFF, organisation="LEI"))) == {"ada", "ben", "nia"}
    assert seen(await as_(ELSEWHERE).get(STAFF)) == {}


async def test_a_manager_cannot_reach_into_another_team(staffing: Staffing, as_: As) -> None:
    for caller in (as_(ELSEWHERE), as_(replace(MANAGER, role=Role.HEALTHCARE))):
        assert (await caller.post(STAFF, ADA)).status_code == 403
        assert (await caller.post(f"{STAFF}/ada/leave")).status_code == 404
    taken = ADA | {"reference": "ref-ada", "organisation": "HLI"}
    answer = await as_(ELSEWHERE).post(STAFF, taken)
    assert (answer.status_code, answer.json()["code"]) == (403, "team_not_yours")


async def test_only_managers_change_their_own_team(staffing: Staffing, as_: As) -> None:
    colleague = as_(Role.RESETTLEMENT)
    shifts = {"shifts": [{"staff": "ada", "starts_at": "2026-12-24 20:00"}]}

    for answer in (
        await colleague.post(STAFF, ADA),
        await colleague.post(f"{STAFF}/ada/leave"),
        await colleague.put(f"{STAFF}/ada/absences", {"absences": []}),
        await colleague.put(f"{LEEDS_ROTA}/duty", shifts),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "managers_only")


async def test_whoever_has_left_is_turned_to_no_more(staffing: Staffing, manager: Caller) -> None:
    staffing.on(Post.DUTY, "ada")

    left = await manager.post(f"{STAFF}/ada/leave")
    rota = await manager.get(LEEDS_ROTA)

    assert left.json()["left_at"] is not None
    holder, *_ = rota.json()["on_duty"]
    assert (holder["staff"], holder["unfilled"]) == (None, "absent_without_cover")


async def test_a_rota_is_replaced_and_read_in_utc_without_contacts(
    staffing: Staffing, manager: Caller, as_: As
) -> None:
    body = {
        "shifts": [
            {"staff": "ada", "starts_at": "2027-03-27 20:00", "ends_at": "2027-03-28 08:00"},
            {"staff": "ben", "starts_at": "2027-03-28T07:00:00Z"},
        ]
    }

    put = await manager.put(f"{LEEDS_ROTA}/duty", body)
    again = await manager.put(f"{LEEDS_ROTA}/duty", body)
    read = await as_(Role.PROBATION).get(LEEDS_ROTA, at="2027-03-28 07:59", days=1)

    assert put.status_code == 200
    assert again.json() == put.json()
    assert [(each["starts_at"], each["ends_at"]) for each in read.json()["shifts"]] == [
        ("2027-03-27T20:00:00Z", "2027-03-28T07:00:00Z"),
        ("2027-03-28T07:00:00Z", None),
    ]
    told = {each["post"]: each["staff"] or each["unfilled"] for each in read.json()["on_duty"]}
    assert told["duty"]["id"] == "ada"
    assert told["deputy"] == "empty_rota"
    assert "example.org" not in read.text
    assert "+44" not in read.text


@pytest.mark.parametrize(
    ("shifts", "field", "reason"),
    [
        ([("ada", "2026-12-24 20:00", "2026-12-24 20:00")], "shifts.0.ends_at", "later than"),
        (
            [
                ("ada", "2026-12-24 20:00", "2026-12-25 08:00"),
                ("ben", "2026-12-25 09:00", None),
            ],
            "shifts.1.starts_at",
            "between this and shift 0",
        ),
        (
            [("ada", "2026-12-24 20:00", None), ("ben", "2026-12-25 09:00", None)],
            "shifts.1.starts_at",
            "overlaps shift 0",
        ),
        ([("eve", "2026-12-24 20:00", None)], "shifts.0.staff", "Nobody who works here"),
        ([("ada", "2027-03-28 01:30", None)], "shifts.0.starts_at", "does not happen"),
        ([("ada", "2027-10-31 01:30", None)], "shifts.0.starts_at", "happens twice"),
        ([("ada", "2026-12-24", None)], "shifts.0.starts_at", "London time"),
        ([], "shifts", "at least 1"),
    ],
)
async def test_a_rota_with_a_flaw_is_refused_by_entry_and_changes_nothing(
    staffing: Staffing,
    manager: Caller,
    shifts: list[tuple[str, str, str | None]],
    field: str,
    reason: str,
) -> None:
    entries = [
        {"staff": staff, "starts_at": starts, "ends_at": ends} for staff, starts, ends in shifts
    ]

    answer = await manager.put(f"{LEEDS_ROTA}/duty", {"shifts": entries})

    assert reason in faults(answer)[field]
    assert (await manager.get(LEEDS_ROTA, days=92)).json()["shifts"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/rotas/governor/LEI",
        "/api/v1/rotas/auditor/LEI",
        "/api/v1/rotas/provider/LEI",
        "/api/v1/rotas/resettlement/XXX",
        "/api/v1/rotas/admin/LEI",
    ],
)
async def test_a_team_that_does_not_exist_is_not_found(as_: As, path: str) -> None:
    answer = await as_(Role.ADMIN).get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "team_unknown")


async def test_the_services_own_posts_are_the_owners(staffing: Staffing, as_: As) -> None:
    body = {"shifts": [{"staff": "ada", "starts_at": "2026-12-24 20:00"}]}
    admin = as_(Role.ADMIN)

    assert (await admin.put("/api/v1/rotas/admin/*/service_owner", body)).status_code == 200
    assert (await admin.put("/api/v1/rotas/admin/*/duty", body)).status_code == 404
    assert (await as_(MANAGER).put("/api/v1/rotas/admin/*/death_lead", body)).status_code == 403


async def test_absences_are_replaced_with_their_cover(staffing: Staffing, manager: Caller) -> None:
    path = f"{STAFF}/ada/absences"
    away = {"starts_at": "2026-12-24 09:00", "ends_at": "2026-12-28 09:00", "cover": "ben"}

    put = await manager.put(path, {"absences": [away]})

    (item,) = put.json()["items"]
    assert (item["starts_at"], item["cover"]["id"]) == ("2026-12-24T09:00:00Z", "ben")
    assert (await manager.get(path)).json() == put.json()
    assert (await manager.put(path, {"absences": []})).json()["items"] == []


async def test_absences_with_a_flaw_are_refused_by_entry(
    staffing: Staffing, manager: Caller
) -> None:
    def entry(**changes: object) -> dict[str, object]:
        return {"starts_at": "2026-12-24 09:00"} | changes

    path = f"{STAFF}/ada/absences"
    own = await manager.put(path, {"absences": [entry(cover="ada")]})
    stranger = await manager.put(path, {"absences": [entry(cover="eve")]})
    twice = await manager.put(path, {"absences": [entry(), entry()]})

    assert "themselves" in faults(own)["absences.0.cover"]
    assert "Nobody who works here" in faults(stranger)["absences.0.cover"]
    assert "overlaps absence 0" in faults(twice)["absences.1.starts_at"]
    staffing.away("ben", "ada")
    loop = await manager.put(path, {"absences": [entry(cover="ben")]})
    assert "leads back" in faults(loop)["absences.0.cover"]
    assert (await manager.get(path)).json()["items"] == []


@pytest.fixture
def release(world: World, staffing: Staffing) -> str:
    world.has("rel-1")
    project(a_read_model(world.database), Journey())
    return "/api/v1/releases/rel-1/workers"


async def test_a_team_names_its_own_worker_and_everybody_sees_who_it_is(
    release: str, as_: As
) -> None:
    named = await as_(Role.RESETTLEMENT).put(f"{release}/resettlement", {"staff": "ada"})
    seen = await as_(Role.PROBATION).get(release)

    assert named.json()["items"] == [
        {
            "role": "resettlement",
            "staff": {
                "id": "ada",
                "name": "Name of ada",
                "role": "resettlement",
                "organisation": "LEI",
            },
        }
    ]
    assert seen.json() == named.json()
    taken_back = await as_(Role.RESETTLEMENT).put(f"{release}/resettlement", {"staff": None})
    assert taken_back.json()["items"] == []


@pytest.mark.parametrize(
    ("staff_id", "who"),
    [
        ("eve", MANAGER),
        ("nia", MANAGER),
        ("kit", MANAGER),
        ("out", MANAGER),
        ("gone", MANAGER),
        ("out", replace(MANAGER, prisons=None)),
    ],
)
async def test_only_somebody_of_the_team_where_the_release_is_worked_can_be_named(
    release: str, staffing: Staffing, as_: As, staff_id: str, who: Subject
) -> None:
    staffing.employs("nia", LEEDS_HEALTH)
    staffing.employs("kit", HARTLEPOOL)
    staffing.employs("out", LEEDS._replace(organisation="HLI"))
    staffing.employs("gone", left_at=NOW - timedelta(days=1))

    answer = await as_(who).put(f"{release}/resettlement", {"staff": staff_id})

    assert "Nobody of your team" in faults(answer)["staff"]


async def test_a_team_cannot_name_for_another_party(release: str, as_: As) -> None:
    answer = await as_(MANAGER).put(f"{release}/healthcare", {"staff": "ada"})

    assert (answer.status_code, answer.json()["code"]) == (403, "team_not_yours")


async def test_a_task_is_listed_for_its_team_and_closed_with_what_was_done(
    world: World, as_: As, manager: Caller
) -> None:
    SqlDuty(world.database).report(Unfilled.EMPTY_ROTA, LEEDS, Post.DUTY, "rel-7", NOW)
    tasks = "/api/v1/quality-tasks"

    listed = await as_(Role.RESETTLEMENT).get(tasks, open=True)
    (task,) = listed.json()["items"]
    assert (task["post"], task["reason"], task["severity"]) == ("duty", "empty_rota", "S3")
    assert "rel-7" not in listed.text
    assert (await as_(Role.HEALTHCARE).get(tasks)).json()["total"] == 0

    path = f"{tasks}/{task['id']}/close"
    refused = await as_(Role.RESETTLEMENT).post(path, {"outcome": "rota_filled"})
    closed = await manager.post(path, {"outcome": "rota_filled"})
    again = await manager.post(path, {"outcome": "rota_filled"})
    other = await manager.post(path, {"outcome": "recorded_wrongly"})

    assert (refused.status_code, closed.status_code) == (403, 200)
    assert closed.json()["closed_by"] == "boss"
    assert again.json() == closed.json()
    assert (other.status_code, other.json()["code"]) == (409, "already_done")
    assert (await manager.get(tasks, open=True)).json()["items"] == []


async def test_a_task_about_somebody_names_them_without_how_to_reach_them(
    world: World, staffing: Staffing, manager: Caller, as_: As
) -> None:
    with world.database.write() as session:
        ada = session.get_one(StaffRow, "ada")
        for _ in range(2):
            raise_contact(session, TaskReason.NUMBER_FAILED, ada, None, NOW)

    listed = await as_(Role.RESETTLEMENT).get("/api/v1/quality-tasks", open=True)
    (task,) = listed.json()["items"]
    assert (task["reason"], task["post"]) == ("number_failed", None)
    assert task["staff"]["name"] == "Name of ada"
    assert "+44" not in listed.text
    assert "example.org" not in listed.text

    again = ADA | {"reference": "ref-ada", "mobile": "07700 900102"}
    assert (await manager.post(STAFF, again)).status_code == 200
    closed = await manager.get("/api/v1/quality-tasks", open=False)
    assert [(each["outcome"], each["closed_by"]) for each in closed.json()["items"]] == [
        ("contact_replaced", "boss")
    ]


async def test_what_is_answered_fits_its_description(
    world: World, release: str, staffing: Staffing, manager: Caller
) -> None:
    staffing.on(Post.DUTY, "ada")
    staffing.away("ada", "ben")
    SqlDuty(world.database).report(Unfilled.NOBODY_NAMED, LEEDS, None, "rel-1", NOW)
    await manager.put(f"{release}/resettlement", {"staff": "ada"})
    description = create_app(world.services()).openapi()

    for template, path in (
        (STAFF, STAFF),
        ("/api/v1/staff/{staff_id}/absences", f"{STAFF}/ada/absences"),
        ("/api/v1/rotas/{role}/{organisation}", LEEDS_ROTA),
        ("/api/v1/releases/{release_id}/workers", release),
        ("/api/v1/quality-tasks", "/api/v1/quality-tasks"),
    ):
        answer = await manager.get(path)
        content = description["paths"][template]["get"]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"]
        whole = {"$ref": "#/wanted", "wanted": schema, "components": description["components"]}
        draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        fits = jsonschema_rs.validator_for(whole | draft)
        assert fits.is_valid(answer.json()), list(fits.iter_errors(answer.json()))
        assert answer.json().get("items", answer.json().get("on_duty"))
