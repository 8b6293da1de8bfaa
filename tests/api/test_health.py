"""Health, headers and the access log."""

from __future__ import annotations

import logging

import httpx2
import pytest

from api.headers import PROTECTIVE_HEADERS
from domain.codes import Role
from tests.api.conftest import As
from tests.api.fakes import World


async def test_the_process_lives_whatever_else_is_broken(
    world: World, client: httpx2.AsyncClient
) -> None:
    world.not_ready = {"database", "engine"}

    answered = await client.get("/health/live")

    assert (answered.status_code, answered.json()) == (200, {"status": "live"})


async def test_the_service_is_ready_when_every_part_is(client: httpx2.AsyncClient) -> None:
    answered = await client.get("/health/ready")

    assert answered.status_code == 200
    assert answered.json()["status"] == "ready"


async def test_a_broken_audit_chain_is_shown_and_stops_nobody(
    world: World, client: httpx2.AsyncClient
) -> None:
    world.not_ready = {"chain"}

    answered = await client.get("/health/ready")

    assert (answered.status_code, answered.json()["status"]) == (200, "ready")
    assert {"name": "chain", "ready": False} in answered.json()["parts"]


@pytest.mark.parametrize("part", ["database", "engine", "worker"])
async def test_a_part_that_is_not_ready_is_named(
    world: World, client: httpx2.AsyncClient, part: str
) -> None:
    world.not_ready = {part}

    answered = await client.get("/health/ready")

    assert (answered.status_code, answered.json()["status"]) == (503, "not_ready")
    assert [each["name"] for each in answered.json()["parts"] if not each["ready"]] == [part]


@pytest.mark.parametrize(
    "path", ["/health/live", "/api/nowhere", "/api/v1/releases", "/openapi.json"]
)
async def test_every_response_is_protected(client: httpx2.AsyncClient, path: str) -> None:
    answered = await client.get(path)

    for name, value in PROTECTIVE_HEADERS.items():
        assert answered.headers[name] == value
    assert "server" not in answered.headers


async def test_the_log_holds_the_route_and_no_value(
    world: World, as_: As, caplog: pytest.LogCaptureFixture
) -> None:
    world.has("rel-secret")
    caplog.set_level(logging.DEBUG, logger="api")

    await as_(Role.HEALTHCARE).get("/api/v1/releases/rel-secret")
    await as_(Role.HEALTHCARE).get("/api/v1/releases", prison="LEI")
    await as_(Role.ADMIN).get("/api/v1/releases/rel-secret/events")

    requests = [each for each in caplog.records if each.name == "api.access"]
    assert [(each.route, each.status, each.role) for each in requests] == [  # type: ignore[attr-defined]  # `extra` of a log record
        ("/api/v1/releases/{release_id}", 200, Role.HEALTHCARE),
        ("/api/v1/releases", 200, Role.HEALTHCARE),
        ("/api/v1/releases/{release_id}/events", 403, Role.ADMIN),
    ]
    for record in caplog.records:
        told = str(record.__dict__)
        for value in ("rel-secret", "LEI", "tc_hea", "tc_adm"):
            assert value not in told
