from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from infra.listening import PortTakenError
from infra.settings import Settings, TemporalSettings, WebSettings
from infra.state_lock import AlreadyRunningError, hold_state
from infra.temporal.binary import TemporalBinaryError
from infra.up import up


async def test_a_second_service_on_the_same_state_is_refused(settings: Settings) -> None:
    with hold_state(settings.state_dir), pytest.raises(AlreadyRunningError):
        await up(settings)


async def test_a_taken_web_port_is_refused_before_anything_starts(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        web = WebSettings(port=listener.getsockname()[1])

        with pytest.raises(PortTakenError, match="THROUGHCARE_WEB_PORT"):
            await up(settings.model_copy(update={"web": web}))

    assert not (settings.state_dir / "temporal.db").exists()


async def test_a_server_left_on_the_port_is_refused_with_what_to_do(
    settings: Settings, free_port: Callable[[], int]
) -> None:
    free = settings.model_copy(update={"web": WebSettings(port=free_port())})

    with (
        socket.create_server(("127.0.0.1", settings.temporal.port)),
        pytest.raises(PortTakenError, match=r"embedded Temporal server.*THROUGHCARE_TEMPORAL_PORT"),
    ):
        await up(free)


async def test_migrations_come_after_the_lock_and_before_the_server(
    settings: Settings, free_port: Callable[[], int]
) -> None:
    seen: list[bool] = []
    missing = TemporalSettings(binary=settings.state_dir / "nothing")

    async def migrate() -> None:
        with pytest.raises(AlreadyRunningError), hold_state(settings.state_dir):
            pass
        seen.append(True)

    with pytest.raises(TemporalBinaryError):
        await up(
            settings.model_copy(update={"temporal": missing, "web": WebSettings(port=free_port())}),
            before_start=migrate,
        )

    assert seen == [True]
