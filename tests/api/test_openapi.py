"""The description of the API is complete, and the API keeps to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from api import examples
from api.app import create_app
from api.asking import KINDS
from api.openapi_bodies import body_schemas
from api.parsing import DATE_FIELDS
from domain.access_table import kinds_of
from domain.codes import Role
from tests.api.conftest import NOW, As
from tests.api.fakes import World

MUTATING = {"post", "put", "patch", "delete"}
# Written at once, in one transaction: there is no engine to wait for, and nothing to contradict.
AT_ONCE = ("/api/v1/staff", "/api/v1/rotas", "/api/v1/quality-tasks", "/api/v1/replies")
OF_A_RELEASE_AT_ONCE = {
    "/api/v1/releases/{release_id}/workers/{role}",
    "/api/v1/releases/{release_id}/texting",
}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    described: dict[str, Any] = create_app(World(NOW).services()).openapi()
    return described


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in description["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def validator(description: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401
    whole = {"$ref": "#/wanted", "wanted": schema, "components": description["components"]}
    return jsonschema_rs.validator_for(
        whole | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    )


def contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "requestBody" in operation:
        yield from operation["requestBody"]["content"].values()
    for response in operation["responses"].values():
        yield from response.get("content", {}).values()


def shown(content: dict[str, Any]) -> list[Any]:
    found = [each["value"] for each in content.get("examples", {}).values()]
    return [*found, content["example"]] if "example" in content else found


def test_every_operation_says_what_it_is_and_who_may_call(description: dict[str, Any]) -> None:
    for method, path, operation in operations(description):
        assert operation["summary"], path
        assert operation["tags"], path
        if path.startswith("/api/"):
            assert "Who: " in operation["description"], (method, path)
            assert operation["security"] == [{"token": []}], (method, path)
        else:
            assert "Anybody may ask" in operation["description"]
            assert "security" not in operation


def test_every_operation_says_how_it_refuses(description: dict[str, Any]) -> None:
    for method, path, operation in operations(description):
        if not path.startswith("/api/"):
            continue
        expected = {"401", "403", "422", "503"}
        expected |= {"404"} if "{" in path else set()
        at_once = path.startswith(AT_ONCE) or path in OF_A_RELEASE_AT_ONCE
        if method in MUTATING and not at_once:
            expected |= {"409", "202"}
        expected |= {"413", "415"} if "requestBody" in operation else set()
        assert expected <= set(operation["responses"]), (method, path)


def test_every_error_is_a_problem_with_an_example(description: dict[str, Any]) -> None:
    for _, path, operation in operations(description):
        for status, response in operation["responses"].items():
            if status >= "400" and path.startswith("/api/"):
                assert list(response["content"]) == ["application/problem+json"], (path, status)
                assert shown(response["content"]["application/problem+json"]), (path, status)


def test_every_example_fits_its_schema(description: dict[str, Any]) -> None:
    count = 0
    for _, path, operation in operations(description):
        for content in contents(operation):
            fits = validator(description, content["schema"])
            for example in shown(content):
                count += 1
                assert fits.is_valid(example), (path, example, list(fits.iter_errors(example)))
    assert count > len(KINDS)


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "recall", "on": "2026-11-20", "more": 1},
        {"kind": "recall", "on": 0},
        {"kind": "adopt_policy", "policy": {}, "reason": "r"},
        {"on": "2026-11-20"},
        {"commands": []},
        {"commands": [{"kind": "recall", "on": "2026-11-20", "notes": {}}]},
        {"kind": "recall", "on": "2026-11-20", "notes": {"n": "nothing refers to it"}},
        {"kind": "record_essentials", "on": "2026-11-20", "items": [{"item": "gp", "x": 1}]},
    ],
)
def test_the_schema_of_commands_refuses_what_the_api_refuses(
    description: dict[str, Any], body: dict[str, Any]
) -> None:
    operation = description["paths"]["/api/v1/releases/{release_id}/commands"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]

    assert not validator(description, schema).is_valid(body)


def test_every_kind_is_described_with_an_example_and_who_may_ask(
    description: dict[str, Any],
) -> None:
    schemas = description["components"]["schemas"]

    assert set(examples.COMMANDS) == set(KINDS)
    assert set(schemas["CommandInList"]["discriminator"]["mapping"]) == set(KINDS)
    for kind, model in KINDS.items():
        roles = [role for role in Role if kind in kinds_of(role)]
        assert schemas[model.__name__]["description"].endswith(f"Who: {', '.join(roles)}.")


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    def references(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for each in value.values():
                yield from references(each)
        elif isinstance(value, list):
            for each in value:
                yield from references(each)

    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert set(references(description)) <= known


def test_every_date_in_a_body_is_guarded_against_numbers() -> None:
    def has_date(value: object) -> bool:
        if isinstance(value, list):
            return any(has_date(each) for each in value)
        if not isinstance(value, dict):
            return False
        return value.get("format") in {"date", "date-time"} or has_date(list(value.values()))

    properties = (
        (name, each)
        for schema in body_schemas().values()
        for name, each in schema.get("properties", {}).items()
    )
    dates = {name for name, each in properties if has_date(each)}

    assert {"on", "at", "date_of_birth", "collect_on"} <= dates
    assert [each for each in sorted(dates) if not DATE_FIELDS.fullmatch(each)] == []


async def test_what_is_answered_fits_its_schema(world: World, as_: As) -> None:
    description = create_app(world.services()).openapi()
    started = await as_(Role.RESETTLEMENT).post("/api/v1/releases", examples.NEW_RELEASE)
    release_id = started.json()["id"]
    await as_(Role.HEALTHCARE).ask(
        release_id, "arrange_prescription", **examples.COMMANDS["arrange_prescription"]
    )
    world.wait_until(NOW.replace(day=28))

    for role in (Role.RESETTLEMENT, Role.HEALTHCARE):
        for path, address in (
            ("/api/v1/releases", "/api/v1/releases"),
            ("/api/v1/releases/{release_id}", f"/api/v1/releases/{release_id}"),
            ("/api/v1/releases/{release_id}/events", f"/api/v1/releases/{release_id}/events"),
            ("/api/v1/escalations", "/api/v1/escalations"),
            ("/health/ready", "/health/ready"),
        ):
            operation = description["paths"][path]["get"]
            content = operation["responses"]["200"]["content"]["application/json"]
            answered = await as_(role).get(address)
            fits = validator(description, content["schema"])
            assert fits.is_valid(answered.json()), list(fits.iter_errors(answered.json()))


async def test_the_description_is_served(client: httpx2.AsyncClient) -> None:
    answered = await client.get("/openapi.json")

    assert answered.json()["openapi"].startswith("3.1")
    assert answered.json()["servers"] == [{"url": "/", "description": "This service"}]
