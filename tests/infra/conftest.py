"""What the tests of processes and servers share."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.settings import Settings, TemporalSettings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("THROUGHCARE_") and not name.startswith("THROUGHCARE_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture
def free_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return find


@pytest.fixture
def settings(tmp_path: Path, free_port: Callable[[], int]) -> Settings:
    """Return settings of an embedded service whose state is the test's own."""
    return Settings(state_dir=tmp_path / "state", temporal=TemporalSettings(port=free_port()))
