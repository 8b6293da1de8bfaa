from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from infra.child import BackOff
from tests.infra.waiting import eventually, is_running

Run = Callable[..., subprocess.Popen[str]]


class Journal:
    """What the dummy processes noted, line by line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def events(self) -> list[str]:
        """Return the lines without process ids."""
        return [" ".join(line.split()[:2]) for line in self._lines()]

    def pids(self, name: str) -> list[int]:
        """Return the processes that were started under the name, oldest first."""
        return [
            int(line.split()[2]) for line in self._lines() if line.startswith(f"{name} started")
        ]

    def has(self, event: str) -> bool:
        return event in self.events()

    def has_more_lives(self, name: str, than: int) -> bool:
        return len(self.pids(name)) > than

    def _lines(self) -> list[str]:
        return self.path.read_text("utf-8").splitlines() if self.path.exists() else []


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def run(journal: Journal) -> Iterator[Run]:
    started: list[subprocess.Popen[str]] = []

    def start(**kinds: str) -> subprocess.Popen[str]:
        service = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.infra.dummy_service", str(journal.path)),
                *(f"{name}={kind}" for name, kind in kinds.items()),
            ],
            cwd=Path(__file__).parents[2],
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(service)
        return service

    yield start

    for service in started:
        service.kill()
        service.communicate()


async def test_each_process_starts_when_the_one_before_is_ready_and_prepared(
    run: Run, journal: Journal
) -> None:
    run()

    await eventually(lambda: journal.has("all ready"))

    assert journal.events() == [
        *("first started", "first prepared", "second started", "second prepared", "all ready"),
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_signal_stops_the_processes_in_reverse_order(
    number: signal.Signals, run: Run, journal: Journal
) -> None:
    service = run()
    await eventually(lambda: journal.has("all ready"))

    service.send_signal(number)

    assert service.wait(30) == 0
    assert journal.events()[-2:] == ["second stopped", "first stopped"]


async def test_a_killed_process_is_started_again_and_the_other_goes_on(
    run: Run, journal: Journal
) -> None:
    service = run()
    await eventually(lambda: journal.has("all ready"))

    os.kill(journal.pids("first")[0], signal.SIGKILL)

    await eventually(lambda: len(journal.pids("first")) == 2)
    service.terminate()
    _, said = service.communicate(timeout=30)
    assert "first stopped (killed by SIGKILL); again in 0.02 s." in said
    assert "first is back." in said
    assert len(journal.pids("second")) == 1
    assert journal.events().count("first prepared") == 1


async def test_a_process_killed_many_times_is_never_given_up(run: Run, journal: Journal) -> None:
    run()
    await eventually(lambda: journal.has("all ready"))

    for _ in range(5):
        lives = journal.pids("second")
        os.kill(lives[-1], signal.SIGKILL)
        await eventually(partial(journal.has_more_lives, "second", len(lives)))

    assert is_running(journal.pids("second")[-1])


async def test_a_process_that_never_starts_ends_everything_and_is_named(
    run: Run, journal: Journal
) -> None:
    service = run(second="broken")

    _, said = service.communicate(timeout=30)

    assert service.returncode == 1
    assert "The second process does not start (exit code 3, 3 attempts)" in said
    assert not journal.has("all ready")
    assert not any(is_running(pid) for pid in journal.pids("first"))


async def test_a_process_that_is_not_ready_in_time_ends_everything(
    run: Run, journal: Journal
) -> None:
    service = run(first="never-ready")

    _, said = service.communicate(timeout=30)

    assert service.returncode == 1
    assert "The first process was not ready within 3 s" in said
    assert not journal.pids("second")


async def test_a_failure_once_ready_stops_the_service_with_its_reason(
    run: Run, journal: Journal
) -> None:
    service = run(on_ready="failing")

    _, said = service.communicate(timeout=30)

    assert service.returncode == 1
    assert "The invented people cannot be loaded." in said
    assert journal.events()[-2:] == ["second stopped", "first stopped"]


async def test_a_process_that_ignores_the_request_to_stop_is_killed(
    run: Run, journal: Journal
) -> None:
    service = run(second="stubborn")
    await eventually(lambda: journal.has("all ready"))

    service.terminate()
    _, said = service.communicate(timeout=30)

    assert service.returncode == 0
    assert "second did not stop in time and is killed." in said
    assert not any(is_running(pid) for name in ("first", "second") for pid in journal.pids(name))


async def test_no_process_outlives_a_killed_supervisor_and_the_next_one_starts(
    run: Run, journal: Journal
) -> None:
    service = run()
    await eventually(lambda: journal.has("all ready"))

    service.kill()
    service.wait(30)

    left = [*journal.pids("first"), *journal.pids("second")]
    await eventually(lambda: not any(is_running(pid) for pid in left))
    run()
    await eventually(lambda: journal.events().count("all ready") == 2)


def test_the_wait_before_a_restart_doubles_up_to_its_limit() -> None:
    back_off = BackOff(first=timedelta(seconds=1), longest=timedelta(seconds=5))

    waits = [back_off.wait(failures).total_seconds() for failures in (1, 2, 3, 4, 1000)]

    assert waits == [1, 2, 4, 5, 5]
