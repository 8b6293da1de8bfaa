"""The trail of a release."""

from __future__ import annotations

import pytest

from domain.codes import Role
from tests.api.conftest import As
from tests.api.fakes import World

EVENTS = "/api/v1/releases/rel-1/events"
DAY = "2026-11-20"


@pytest.fixture
async def told(world: World, as_: As) -> World:
    world.has("rel-1")
    for _ in range(3):
        await as_(Role.PROBATION).ask("rel-1", "flag_exploitation", on=DAY, sign="cuckooing")
    return world


async def test_the_trail_tells_what_who_and_when(told: World, as_: As) -> None:
    found = (await as_(Role.PROBATION).get(EVENTS)).json()["items"]

    flagged = [each for each in found if each["kind"] == "exploitation_flagged"]
    assert [each["seq"] for each in found] == list(range(1, len(found) + 1))
    assert {(each["actor"], each["on"]) for each in flagged} == {("prb", DAY)}
    assert flagged[0]["data"] == {"sign": "cuckooing", "on": DAY}
    assert "key" not in flagged[0]


async def test_the_trail_is_read_in_parts_without_a_gap(told: World, as_: As) -> None:
    caller = as_(Role.PROBATION)
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        part = (await caller.get(EVENTS, after=after, limit=2)).json()
        seen.extend(each["seq"] for each in part["items"])
        after = part["next_after"]

    assert seen == [each.seq for each in told.histories["rel-1"]]


async def test_an_auditor_reads_every_trail_without_a_name(told: World, as_: As) -> None:
    found = await as_(Role.AUDITOR).get(EVENTS)

    assert found.status_code == 200
    assert (await as_(Role.AUDITOR).get("/api/v1/releases/rel-1")).status_code == 403
    assert (await as_(Role.AUDITOR).get("/api/v1/releases/rel-none/events")).status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [({"after": -1}, "after"), ({"limit": 0}, "limit"), ({"limit": 501}, "limit"), ({"x": 1}, "x")],
)
async def test_a_bad_part_is_refused(
    told: World, as_: As, query: dict[str, object], field: str
) -> None:
    refused = await as_(Role.PROBATION).get(EVENTS, **query)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field
