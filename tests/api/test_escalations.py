"""Escalations: seen in scope, taken by the team that works the step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.access import Subject
from domain.codes import Role
from tests.api.conftest import NOW, As
from tests.api.fakes import World

ESCALATIONS = "/api/v1/escalations"


@pytest.fixture
def lapsed(world: World) -> str:
    """The id of the escalation of a screening that nobody did."""
    world.has("rel-1", scheduled_on="2027-03-02")
    world.has("rel-there", scheduled_on="2027-03-02", prison="HLI", probation_unit="N52BIRM")
    world.wait_until(NOW + timedelta(days=6))
    number = world.states["rel-1"].escalations["screening"].number  # type: ignore[index]  # a code is its own wire value
    return f"rel-1.{number}"


async def test_escalations_in_scope_are_listed(as_: As, lapsed: str) -> None:
    found = await as_(Role.RESETTLEMENT).get(ESCALATIONS, step="screening")

    items = found.json()["items"]
    assert [(each["id"], each["status"], each["severity"]) for each in items] == [
        (lapsed, "open", "S3")
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"open": "true"}, 1),
        ({"open": "false"}, 0),
        ({"status": "acknowledged"}, 0),
        ({"severity": "S1"}, 0),
        ({"release_id": "rel-1"}, 1),
        ({"release_id": "rel-there"}, 0),
        ({"page": 2}, 0),
    ],
)
async def test_escalations_are_narrowed(
    as_: As, lapsed: str, query: dict[str, object], count: int
) -> None:
    found = await as_(Role.RESETTLEMENT).get(ESCALATIONS, step="screening", **query)

    assert len(found.json()["items"]) == count


async def test_whoever_acknowledges_has_it(as_: As, lapsed: str) -> None:
    caller = as_(Role.RESETTLEMENT)

    taken = await caller.post(f"{ESCALATIONS}/{lapsed}/acknowledge")

    assert taken.status_code == 200
    found = (await caller.get(ESCALATIONS, step="screening")).json()["items"][0]
    assert (found["status"], found["acknowledged_by"]) == ("acknowledged", "res")


async def test_a_double_click_is_one_acknowledgement(world: World, as_: As, lapsed: str) -> None:
    caller = as_(Role.RESETTLEMENT)
    first = await caller.post(f"{ESCALATIONS}/{lapsed}/acknowledge")

    second = await caller.post(f"{ESCALATIONS}/{lapsed}/acknowledge")

    assert second.json() == first.json() | {"duplicate": True}
    assert len(world.submitted) == 1


async def test_no_key_is_needed_to_take_the_work(world: World, as_: As, lapsed: str) -> None:
    caller = as_(Role.RESETTLEMENT)

    taken = await caller._client.post(
        f"{ESCALATIONS}/{lapsed}/acknowledge", headers=caller._headers
    )

    assert taken.status_code == 200
    assert world.submitted[0].key.startswith("ack-")


@pytest.mark.parametrize("role", [Role.HEALTHCARE, Role.PROBATION])
async def test_another_team_cannot_take_the_work(as_: As, lapsed: str, role: Role) -> None:
    refused = await as_(role).post(f"{ESCALATIONS}/{lapsed}/acknowledge")

    assert (refused.status_code, refused.json()["code"]) == (403, "step_not_yours")


async def test_an_escalation_out_of_scope_is_answered_like_an_unknown_one(
    as_: As, lapsed: str
) -> None:
    other = as_(Subject("other", Role.RESETTLEMENT, prisons=frozenset({"BXI"})))

    known = await other.post(f"{ESCALATIONS}/{lapsed}/acknowledge")
    unknown = await other.post(f"{ESCALATIONS}/rel-none.1/acknowledge")

    assert (known.status_code, known.content) == (404, unknown.content)
    assert known.json()["code"] == "escalation_unknown"


async def test_an_escalation_that_is_over_cannot_be_taken(
    world: World, as_: As, lapsed: str
) -> None:
    caller = as_(Role.RESETTLEMENT)
    day = world.time.date().isoformat()
    cancelled = await caller.ask("rel-1", "cancel_release", on=day, reason="new_sentence")
    assert cancelled.status_code == 200

    refused = await caller.post(f"{ESCALATIONS}/{lapsed}/acknowledge")

    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_acknowledge")
