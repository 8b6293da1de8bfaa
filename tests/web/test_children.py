"""Several web processes on one socket, as the supervisor keeps them."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from infra.child import BackOff, Child, Keeper
from infra.listening import PortTakenError
from infra.settings import Settings, WebSettings
from infra.web.children import LIVE, take_web_port, web_children


@asynccontextmanager
async def kept(children: list[Child]) -> AsyncIterator[list[Keeper]]:
    """Run the children until the block ends."""
    keepers = [Keeper(each, BackOff(), lambda _: None) for each in children]
    tasks = [asyncio.create_task(each.run()) for each in keepers]
    try:
        async with asyncio.timeout(60):
            await asyncio.gather(*(each.is_up.wait() for each in keepers))
        yield keepers
    finally:
        for each in keepers:
            await each.stop()
        await asyncio.gather(*tasks)


def environment_of(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "THROUGHCARE_STATE_DIR": str(settings.state_dir),
        "THROUGHCARE_DATABASE_URL": settings.database_url,
        "THROUGHCARE_TEMPORAL_PORT": str(settings.temporal.port),
    }


async def test_no_call_is_lost_when_one_of_them_dies(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    web = settings.web.model_copy(update={"processes": 2})
    address = f"http://{web.host}:{web.port}/health/live"

    with await take_web_port(web) as listener:
        async with kept(list(web_children(web, listener, asked=LIVE))) as keepers:
            keepers[0].kill()
            # A client for each call, because each is to make a connection of its own.
            answers = [await _asked(address) for _ in range(20)]

    assert answers == [200] * 20


async def _asked(address: str) -> int:
    async with httpx2.AsyncClient() as client:
        return (await client.get(address)).status_code


async def test_there_are_as_many_as_the_setting_says() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        one, three = (
            web_children(WebSettings(processes=each), listener, asked=LIVE) for each in (1, 3)
        )

    assert [each.name for each in one] == ["web"]
    assert [each.name for each in three] == ["web 1", "web 2", "web 3"]


async def test_a_port_that_is_taken_is_named_with_the_setting_that_moves_it(
    settings: Settings,
) -> None:
    with (
        socket.create_server((settings.web.host, settings.web.port)),
        pytest.raises(PortTakenError, match="THROUGHCARE_WEB_PORT"),
    ):
        await take_web_port(settings.web)
