"""The commands against the real service: server, worker and web as `throughcare up` runs them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from tests.cli.conftest import Operator
from tests.imports.files import a_file

pytestmark = pytest.mark.server

READY_WITHIN_SECONDS = 90


@pytest.fixture
def web_port(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> int:
    """The port of the operator's web; the service listens on ports nobody else uses."""
    web, temporal = _free_port(), _free_port()
    monkeypatch.setenv("THROUGHCARE_WEB_PORT", str(web))
    monkeypatch.setenv("THROUGHCARE_TEMPORAL_PORT", str(temporal))
    return web


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def service(web_port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A running `throughcare up`."""
    log = tmp_path / "up.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "infra.cli", "up"]
        running = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            _wait_for("Ready at", log, running)
            yield running
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=60)


def _wait_for(words: str, log: Path, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while words not in log.read_text(errors="replace"):
        assert running.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.1)


@pytest.mark.timeout(300)
def test_an_operators_day(
    operator: Operator, service: subprocess.Popen[bytes], web_port: int, tmp_path: Path
) -> None:
    assert operator.types("health").code == 0
    _loads_a_file(operator, tmp_path)
    _stores_agree_and_histories_replay(operator)
    _brings_in_invented_people(operator)
    _sees_every_stage(operator, web_port)

    service.send_signal(signal.SIGINT)
    assert service.wait(timeout=60) == 0

    # What is overdue is still known, and the trail still holds, with nothing running.
    assert operator.types("watchdog").code == 3
    assert operator.types("db", "verify").code == 0
    assert operator.types("health").code == 1


def _loads_a_file(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "releases.csv"
    file.write_text(a_file({}, {}, {"prison": "XXX"}))

    refused = operator.types("import", str(file))
    first = operator.types("import", str(file), "--skip-bad")
    again = operator.types("import", str(file), "--skip-bad")

    assert (refused.code, first.code, again.code) == (1, 0, 0)
    assert "2 releases started, 0 were there already, 0 were refused." in first.out
    assert "0 releases started, 2 were there already, 0 were refused." in again.out


def _stores_agree_and_histories_replay(operator: Operator) -> None:
    assert operator.types("replay").out == "2 histories replay.\n"
    assert operator.types("reconcile").out == "2 releases agree.\n"


def _brings_in_invented_people(operator: Operator) -> None:
    first = operator.types("demo")
    again = operator.types("demo")

    assert "500 invented releases were brought in, 0 were there already, 0 were ref" in first.err
    assert "0 invented releases were brought in, 500 were there already, 0 were ref" in again.err
    assert first.out == again.out


def _sees_every_stage(operator: Operator, web_port: int) -> None:
    tokens = json.loads((operator.state_dir / "demo-tokens.json").read_text())
    headers = {"Authorization": f"Bearer {tokens['probation']}"}
    with httpx2.Client(base_url=f"http://127.0.0.1:{web_port}/api/v1", headers=headers) as client:
        totals = {
            phase: client.get("/releases", params={"phase": phase}).json()["total"]
            for phase in ("custody", "community", "closed")
        }

    assert sum(totals.values()) == 502
    assert min(totals.values()) > 50
