"""Running services, and settings for them with a state and ports of the test's own."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from infra.settings import DatabaseSettings, Settings, TemporalSettings, WebSettings
from tests.web.service import Service, running


@pytest.fixture(scope="module", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name in list(os.environ):
            if name.startswith("THROUGHCARE_") and not name.startswith("THROUGHCARE_TEST_"):
                patched.delenv(name)
        yield


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_on(database_url: str, folder: Path) -> Settings:
    """Return settings of a service of its own on a database."""
    return Settings(
        state_dir=folder / "state",
        temporal=TemporalSettings(port=free_port()),
        web=WebSettings(port=free_port()),
        database=DatabaseSettings.model_validate({"url": database_url}),
    )


def migrated_copy(template: Path, folder: Path) -> str:
    """Return the address of a migrated SQLite database in `folder`."""
    path = folder / "service.db"
    path.write_bytes(template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def settings(tmp_path: Path, migrated_sqlite_file: Path) -> Settings:
    """Settings on a migrated SQLite database; nothing runs yet."""
    return settings_on(migrated_copy(migrated_sqlite_file, tmp_path), tmp_path)


@pytest.fixture
async def service(database_url: str, tmp_path: Path) -> AsyncIterator[Service]:
    """A service of the test's own on each kind of store."""
    async with running(settings_on(database_url, tmp_path)) as started:
        yield started


@pytest.fixture(scope="module")
async def shared_service(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite_file: Path
) -> AsyncIterator[Service]:
    """One service on SQLite for a whole module, in which each test starts releases of its own."""
    folder = tmp_path_factory.mktemp("service")
    settings = settings_on(migrated_copy(migrated_sqlite_file, folder), folder)
    async with running(settings) as started:
        yield started
