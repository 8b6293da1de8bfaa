from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from infra import leash
from tests.infra.waiting import eventually, is_running

SLEEPS = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"

# Only the Linux kernel can be asked; watching works everywhere.
WAYS = ["kernel", "watch"] if sys.platform.startswith("linux") else ["watch"]

# A parent that starts the leash, says nothing and waits to be killed.
PARENT = """
import os, subprocess, sys
leash, how, script = sys.argv[1:]
tied = [sys.executable, "-I", "-S", leash, str(os.getpid()), sys.executable, "-c", script]
watched = [sys.executable, "-c", "import sys; from infra.leash import watch; "
    "sys.exit(watch(int(sys.argv[1]), sys.argv[2:]))", *tied[4:]]
subprocess.run(tied if how == "kernel" else watched)
"""


@pytest.mark.parametrize("how", WAYS)
async def test_a_command_dies_with_the_process_that_started_it(how: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, leash.__file__, how, SLEEPS],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())

        parent.kill()

        await eventually(lambda: not is_running(pid))


def test_the_exit_code_of_the_command_is_kept() -> None:
    command = [sys.executable, "-I", "-S", "-c", "raise SystemExit(7)"]

    tied = subprocess.run(
        [sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), *command], check=False
    )

    assert tied.returncode == 7
    assert leash.watch(os.getppid(), command) == 7


def test_a_watched_command_is_asked_to_stop_by_the_same_signal() -> None:
    polite = (
        "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(5)); "
        "print(1, flush=True); signal.pause()"
    )
    watcher = (
        "import os, sys; from infra.leash import watch; "
        "sys.exit(watch(os.getppid(), [sys.executable, '-c', sys.argv[1]]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", watcher, polite],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    ) as watched:
        assert watched.stdout is not None
        watched.stdout.readline()

        watched.send_signal(signal.SIGTERM)

        assert watched.wait(30) == 5


def test_a_command_whose_starter_is_gone_already_never_runs(tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    nobody = 1 if os.getpid() != 1 else 2

    subprocess.run(
        [sys.executable, "-I", "-S", leash.__file__, str(nobody), "/bin/sh", "-c", f": >{trace}"],
        check=False,
    )

    assert not trace.exists()
