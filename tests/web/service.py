"""The service in one loop: a real server, its workers, and the web application without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import httpx2

from activities.projection import Projector
from api.app import create_app
from domain.codes import Role
from domain.commands import Command
from infra.child import BackOff, Child, Keeper
from infra.composition import Parts, composed
from infra.database.engine import Database
from infra.database.tokens import NewToken, TokenStore
from infra.engine.dispatching import Dispatcher
from infra.settings import Settings
from infra.temporal.workers import notice_worker, release_worker
from infra.up import server_child
from infra.web.process import pages_of
from infra.web.services import services_of
from infra.web.store import StoreThreads
from infra.worker import telling_of
from tests.fakes import RememberingDispatcher

PRISON, UNIT, SERVICE = "LEI", "N54STHA", "cds-hartlepool"
RELEASES = "/api/v1/releases"


class Caller:
    """Somebody with a token, who uses a new key for everything they ask."""

    _keys = count(1)

    def __init__(self, client: httpx2.AsyncClient, secret: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {secret}"}

    async def get(self, path: str, **params: str) -> httpx2.Response:
        return await self._client.get(path, headers=self._headers, params=params)

    async def post(self, path: str, body: object = None, key: str | None = None) -> httpx2.Response:
        headers = self._headers | {"Idempotency-Key": key or f"key-{next(self._keys)}"}
        return await self._client.post(path, json=body, headers=headers)

    async def ask(
        self, release_id: str, *commands: Command, notes: dict[str, str] | None = None
    ) -> httpx2.Response:
        """Submit commands together; the answer must say that they were accepted."""
        body = {"commands": [each.model_dump(mode="json") for each in commands]}
        answer = await self.post(f"{RELEASES}/{release_id}/commands", body | {"notes": notes or {}})
        assert answer.status_code == 200, answer.text
        return answer


@dataclass
class Service:
    """A running service."""

    parts: Parts
    server: Keeper
    client: httpx2.AsyncClient
    workers: AsyncExitStack

    @property
    def resettlement(self) -> Caller:
        return a_resettlement_worker(self.parts.database, self.client)

    @property
    def healthcare(self) -> Caller:
        return self._caller(NewToken(Role.HEALTHCARE, "test", prisons=frozenset({PRISON})))

    @property
    def probation(self) -> Caller:
        return self._caller(NewToken(Role.PROBATION, "test", units=frozenset({UNIT})))

    @property
    def provider(self) -> Caller:
        return self._caller(NewToken(Role.PROVIDER, "test", services=frozenset({SERVICE})))

    def _caller(self, token: NewToken) -> Caller:
        return a_caller(self.parts.database, self.client, token)

    async def readiness(self) -> dict[str, bool]:
        """Return what /health/ready says of each part."""
        answer = await self.client.get("/health/ready")
        parts = {each["name"]: each["ready"] for each in answer.json()["parts"]}
        assert answer.status_code == (200 if all(parts.values()) else 503)
        return parts


def a_caller(database: Database, client: httpx2.AsyncClient, token: NewToken) -> Caller:
    """Issue a token and return its holder."""
    _, secret = TokenStore(database).create(token)
    return Caller(client, secret)


def a_resettlement_worker(database: Database, client: httpx2.AsyncClient) -> Caller:
    """Return somebody who may start releases from the prison."""
    token = NewToken(Role.RESETTLEMENT, "test", prisons=frozenset({PRISON}))
    return a_caller(database, client, token)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Service]:
    """Run the service on a migrated database until the block ends."""
    async with (
        kept(await server_child(settings, lambda _: None)) as server,
        composed(settings) as parts,
        AsyncExitStack() as workers,
        web(parts, settings) as client,
    ):
        projector = Projector(parts.read_model, RememberingDispatcher())
        await workers.enter_async_context(release_worker(parts.client, projector))
        telling = telling_of(parts, settings, Dispatcher(parts.client))
        await workers.enter_async_context(notice_worker(parts.client, telling))
        yield Service(parts, server, client, workers)


@asynccontextmanager
async def kept(child: Child) -> AsyncIterator[Keeper]:
    """Keep a prepared server running, as the supervisor does."""
    keeper = Keeper(child, BackOff(first=timedelta(milliseconds=50)), lambda _: None)
    running = asyncio.create_task(keeper.run())
    try:
        await keeper.is_up.wait()
        assert child.prepare is not None
        await child.prepare()
        yield keeper
    finally:
        await keeper.stop()
        await running


@asynccontextmanager
async def web(parts: Parts, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """Serve the application over these parts, without a socket."""
    threads = StoreThreads(parts.database.dialect)
    app = create_app(services_of(parts, threads, settings), pages=pages_of(settings))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client
    await asyncio.to_thread(threads.close)
