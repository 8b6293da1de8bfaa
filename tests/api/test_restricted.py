"""Restricted records over HTTP: nothing by which anybody else could tell whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import httpx2
import pytest

from api.records import Person
from api.restriction_ports import RestrictionWanted
from domain.access_restriction import RestrictionReason
from domain.codes import Role, Sex
from infra.database.restrictions import RestrictionStore
from infra.database.users import NewAccount, UserStore
from tests.api.conftest import SUBJECTS, As
from tests.api.fakes import World, reference_of
from tests.api.test_matrix import BODIES, Cell, address_of, scene, table
from tests.api.test_messages import MESSAGES, OF_RELEASE, REPLIES, office, to_person
from tests.api.visitors import an_account
from tests.office import FORENAME, MOBILE, Office

__all__ = ["office", "scene"]

REASON = RestrictionReason.PERSON_AT_RISK
SECRETS = ("Marlowe", "Quill", "A1000BC", reference_of("rel-1"), "rel-1")
OF_ONE = [
    each
    for each in table()
    if each.is_inside and each.status < 300
    if "{release_id}" in each.path or "{escalation_id}" in each.path
]


@pytest.fixture
def restricted(scene: World) -> World:
    sex, born_on = Sex.MALE, date(1990, 1, 1)
    scene.people["rel-1"] = Person("A1000BC", None, "Quill", "Marlowe", born_on, sex, None, None)
    scene.accounts.has(an_account(replace(SUBJECTS[Role.HEALTHCARE], id="ada")))
    wanted = RestrictionWanted("rel-1", REASON, frozenset({"ada"}), by="adm")
    scene.restrictions.wanted["A1000BC"] = wanted
    return scene


async def answer_of(cell: Cell, world: World, as_: As) -> httpx2.Response:
    caller, address = as_(cell.subject), address_of(cell, world)
    if cell.method == "GET":
        return await caller.get(address)
    if cell.method == "PUT":
        return await caller.put(address, BODIES[cell.path])
    return await caller.post(address, BODIES.get(cell.path))


@pytest.mark.parametrize("cell", OF_ONE, ids=lambda cell: "-".join(map(str, cell)))
async def test_every_route_to_the_record_is_refused(restricted: World, as_: As, cell: Cell) -> None:
    before = len(restricted.submitted)

    answered = await answer_of(cell, restricted, as_)

    assert (answered.status_code, answered.json()["code"]) == (403, "record_restricted")
    assert not any(each in answered.text for each in SECRETS)
    assert len(restricted.submitted) == before


@pytest.mark.parametrize("path", ["/api/v1/releases", "/api/v1/escalations"])
async def test_lists_count_it_and_say_nothing_else(restricted: World, as_: As, path: str) -> None:
    answered = await as_(Role.RESETTLEMENT).get(path)

    assert answered.json()["items"] == [{"restricted": True}] * answered.json()["total"]
    assert answered.json()["total"] > 0
    assert not any(each in answered.text for each in SECRETS)


async def test_whoever_is_named_reads_it_and_its_lists(restricted: World, as_: As) -> None:
    caller = as_(replace(SUBJECTS[Role.HEALTHCARE], id="ada"))

    assert "Marlowe" in (await caller.get("/api/v1/releases/rel-1")).text
    assert "Marlowe" in (await caller.get("/api/v1/releases")).text


async def test_an_account_that_is_named_and_has_it_not_in_scope_learns_nothing(
    restricted: World, as_: As
) -> None:
    elsewhere = replace(SUBJECTS[Role.HEALTHCARE], id="ada", prisons=frozenset({"HLI"}))

    assert (await as_(elsewhere).get("/api/v1/releases/rel-1")).status_code == 404
    assert (await as_(elsewhere).get("/api/v1/releases")).json()["total"] == 0


async def test_it_is_not_merged_into_a_record_that_is_open(restricted: World, as_: As) -> None:
    restricted.has("rel-2")
    ada = replace(SUBJECTS[Role.RESETTLEMENT], id="ada")
    restricted.accounts.has(an_account(ada))

    kept = await as_(ada).ask("rel-1", "merge", on="2026-11-21", into="rel-2")
    closed = await as_(Role.RESETTLEMENT).ask("rel-2", "merge", on="2026-11-21", into="rel-1")

    assert kept.status_code == 422
    assert "restrict that one first" in kept.text
    assert (closed.status_code, closed.json()["code"]) == (403, "record_restricted")


async def test_a_start_that_finds_it_does_not_hand_it_out(restricted: World, as_: As) -> None:
    started = await as_(Role.RESETTLEMENT).post("/api/v1/releases", BODIES["/api/v1/releases"])
    found = started.json()["id"]
    restricted.people[found] = replace(restricted.people[found], prison_number="A1000BC")

    again = await as_(Role.RESETTLEMENT).post("/api/v1/releases", BODIES["/api/v1/releases"])

    assert (again.status_code, again.json()["code"]) == (403, "record_restricted")
    assert found not in again.text


@pytest.fixture
def closed_office(office: Office, world: World) -> Office:
    """The person has written as well, and their records are restricted in the real store."""
    office.text_from(MOBILE, "can you ring me")
    ada = UserStore(world.database).add(NewAccount("ada", "Ada", Role.PROVIDER))
    wanted = RestrictionWanted("rel-1", REASON, frozenset({ada}), by="adm")
    RestrictionStore(world.database).restrict(wanted)
    world.accounts.has(an_account(replace(SUBJECTS[Role.PROVIDER], id=ada)))
    world.restrictions.wanted["rel-1"] = wanted
    return office


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROVIDER, Role.ADMIN, Role.AUDITOR])
async def test_messages_are_listed_without_their_words_and_whose_they_are(
    closed_office: Office, as_: As, role: Role
) -> None:
    listed = await as_(role).get(MESSAGES)

    assert to_person(listed.json())
    of_release = [each for each in listed.json()["items"] if each["restricted"]]
    assert all(each["release_id"] is each["body"] is each["address"] is None for each in of_release)
    assert not any(each in listed.text for each in (FORENAME, "rel-1", "0199"))
    assert (await as_(role).get(OF_RELEASE)).status_code == 403


async def test_what_the_person_wrote_is_read_by_those_it_names_only(
    closed_office: Office, world: World, as_: As
) -> None:
    (ada,) = (each for each in world.accounts.known.values() if each.subject.id != "pro")
    for subject, is_theirs in ((SUBJECTS[Role.PROVIDER], False), (ada.subject, True)):
        caller = as_(subject)
        listed = await caller.get(REPLIES)
        (reply,) = listed.json()["items"]
        assert (reply["text"] == "can you ring me") is is_theirs
        assert (reply["release_id"] == "rel-1") is is_theirs
        assert ("0199" in listed.text) is is_theirs
        read = await caller.post(f"{REPLIES}/{reply['id']}/read")
        assert read.status_code == (200 if is_theirs else 403)
