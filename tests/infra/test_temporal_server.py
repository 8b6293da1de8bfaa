from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.worker import Worker

from infra.child import BackOff, Child, Keeper
from infra.settings import Settings, TemporalSettings
from infra.temporal.binary import find_binary
from infra.temporal.client import TemporalUnavailableError, connect
from infra.temporal.embedded import database_path, server_command, server_environment
from infra.temporal.namespace import SEARCH_ATTRIBUTES, is_answering, prepare_namespace
from infra.up import server_child
from tests.infra.waiting import eventually
from tests.infra.waiting_workflow import Waiting

pytestmark = pytest.mark.server

QUEUE = "waiting"


@contextlib.asynccontextmanager
async def kept(child: Child, said: list[str]) -> AsyncIterator[Keeper]:
    """Keep the server as the supervisor does, prepared for work."""
    keeper = Keeper(child, BackOff(first=timedelta(milliseconds=50)), said.append)
    running = asyncio.create_task(keeper.run())
    try:
        await keeper.is_up.wait()
        assert child.prepare is not None
        await child.prepare()
        yield keeper
    finally:
        await keeper.stop()
        await running


async def process_of(settings: Settings) -> int:
    """Return the id of the server that serves this state directory."""
    found = subprocess.run(
        ["pgrep", "-f", f"start-dev.*{database_path(settings)}"],  # noqa: S607 - found on the path
        capture_output=True,
        text=True,
        check=True,
    )
    return int(found.stdout)


async def retention_of(client: Client) -> timedelta:
    answer = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace)
    )
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


async def search_attributes_of(client: Client) -> dict[str, int]:
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    return dict(answer.custom_attributes)


async def test_the_server_comes_up_prepared_and_listens_on_one_loopback_address(
    settings: Settings,
) -> None:
    said: list[str] = []

    async with kept(await server_child(settings, said.append), said):
        client = await connect(settings)

        assert said == ["server is up."]
        assert await retention_of(client) == timedelta(days=3650)
        assert (await search_attributes_of(client)).items() >= SEARCH_ATTRIBUTES.items()
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", settings.temporal.port), timeout=5)


async def test_a_killed_server_is_restarted_and_the_timer_of_a_journey_still_fires(
    settings: Settings,
) -> None:
    said: list[str] = []

    async with kept(await server_child(settings, said.append), said):
        client = await connect(settings)
        async with Worker(client, task_queue=QUEUE, workflows=[Waiting]):
            journey = await client.start_workflow(
                Waiting.run, args=[2.0, "arrived"], id="journey", task_queue=QUEUE
            )
            await eventually(lambda: has_armed_its_timer(client, "journey"))

            os.kill(await process_of(settings), signal.SIGKILL)
            await eventually(lambda: "server is back." in said)

            assert await journey.result() == "arrived"
        assert said[1].startswith("server stopped (killed by SIGKILL)")


async def has_armed_its_timer(client: Client, workflow_id: str) -> bool:
    history = await client.get_workflow_handle(workflow_id).fetch_history()
    return any(event.HasField("timer_started_event_attributes") for event in history.events)


async def test_what_the_server_stores_is_safe_on_disk_and_unreadable(settings: Settings) -> None:
    said: list[str] = []
    secret = "an overdose was recorded"

    async with kept(await server_child(settings, said.append), said):
        client = await connect(settings)
        await client.start_workflow(
            Waiting.run, args=[60.0, secret], id="journey", task_queue=QUEUE
        )

        stored = b"".join(path.read_bytes() for path in settings.state_dir.glob("temporal.db*"))

    with contextlib.closing(sqlite3.connect(database_path(settings))) as database:
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)
    assert b"journey" in stored
    assert secret.encode() not in stored


async def test_search_attributes_reach_a_database_from_before_they_existed(
    settings: Settings,
) -> None:
    settings.state_dir.mkdir()
    bare = Child(
        "server",
        server_command(find_binary(settings), settings),
        environment=server_environment(),
        log_path=settings.state_dir / "temporal.log",
    )
    keeper = Keeper(bare, BackOff(), lambda _: None)
    running = asyncio.create_task(keeper.run())
    client = await connect(settings, lazy=True)
    await eventually(lambda: is_answering(client))
    assert not (await search_attributes_of(client)).keys() & SEARCH_ATTRIBUTES.keys()
    await keeper.stop()
    await running

    said: list[str] = []
    async with kept(await server_child(settings, said.append), said):
        await prepare_namespace(client, retention=timedelta(days=500))

        assert (await search_attributes_of(client)).items() >= SEARCH_ATTRIBUTES.items()
        assert await retention_of(client) == timedelta(days=500)


async def test_connecting_to_nobody_says_what_to_start(settings: Settings) -> None:
    with pytest.raises(TemporalUnavailableError, match="throughcare up"):
        await connect(settings)


async def test_a_lazy_client_can_be_made_before_its_server(settings: Settings) -> None:
    client = await connect(settings, lazy=True)

    assert not await is_answering(client)


async def test_a_missing_tls_file_is_refused_by_name(settings: Settings, tmp_path: Path) -> None:
    cluster = TemporalSettings(
        address="127.0.0.1:1", tls=True, tls_ca_file=tmp_path / "authority.pem"
    )

    with pytest.raises(TemporalUnavailableError, match=r"authority\.pem"):
        await connect(settings.model_copy(update={"temporal": cluster}))


def test_the_command_keeps_the_server_on_loopback_durable_and_unsteered(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "elsewhere:7233")
    monkeypatch.setenv("THROUGHCARE_ID_KEY", "hunter2")

    command = " ".join(server_command(find_binary(settings), settings))

    assert "--ip 127.0.0.1" in command
    assert "--headless" in command
    assert "--sqlite-pragma synchronous=FULL" in command
    assert '--dynamic-config-value history.workflowTaskRetryMaxInterval="20s"' in command
    assert "--dynamic-config-value frontend.WorkflowTimeSkippingEnabled=false" in command
    assert not {"TEMPORAL_ADDRESS", "THROUGHCARE_ID_KEY"} & server_environment().keys()
