"""A world with three releases and one caller of each role, and clients to call as them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx2
import pytest

from api.app import create_app
from domain.access import Subject
from domain.codes import Role
from infra.database.engine import Database
from tests.api.fakes import World

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)

SUBJECTS = {
    Role.RESETTLEMENT: Subject("res", Role.RESETTLEMENT, prisons=frozenset({"LEI"})),
    Role.HEALTHCARE: Subject("hea", Role.HEALTHCARE, prisons=frozenset({"LEI"})),
    Role.PROBATION: Subject("prb", Role.PROBATION, units=frozenset({"N54STHA"})),
    Role.PROVIDER: Subject("pro", Role.PROVIDER, services=frozenset({"cds-hartlepool"})),
    Role.COMMISSIONER: Subject("com", Role.COMMISSIONER, areas=frozenset({"E06000001"})),
    Role.ADMIN: Subject("adm", Role.ADMIN),
    Role.AUDITOR: Subject("aud", Role.AUDITOR),
}


class Caller:
    """Calls the application in process as one subject, with a new key for each POST."""

    def __init__(self, client: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        self._client = client
        self._headers = headers
        self._keys = 0

    async def get(self, path: str, **params: object) -> httpx2.Response:
        return await self._client.get(path, headers=self._headers, params=params)  # type: ignore[arg-type]  # whatever a query can hold

    async def post(
        self, path: str, body: object = None, *, key: str | None = None
    ) -> httpx2.Response:
        self._keys += 1
        sent = key or f"k-{id(self)}-{self._keys}"
        headers = self._headers | {"Idempotency-Key": sent}
        return await self._client.post(path, json=body, headers=headers)

    async def put(self, path: str, body: object) -> httpx2.Response:
        return await self._client.put(path, json=body, headers=self._headers)

    async def ask(
        self, release_id: str, kind: str, *, key: str | None = None, **body: object
    ) -> httpx2.Response:
        path = f"/api/v1/releases/{release_id}/commands"
        return await self.post(path, {"kind": kind} | body, key=key)


As = Callable[[Role | Subject], Caller]


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return World(NOW, sqlite_database)


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(create_app(world.services()), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as found:
        yield found


@pytest.fixture
def as_(world: World, client: httpx2.AsyncClient) -> As:
    def caller(who: Role | Subject) -> Caller:
        subject = SUBJECTS[who] if isinstance(who, Role) else who
        return Caller(client, world.token(subject))

    return caller
