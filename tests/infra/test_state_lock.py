from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.state_lock import AlreadyRunningError, hold_state


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with (
        hold_state(tmp_path / "state"),
        pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}"),
        hold_state(tmp_path / "state"),
    ):
        pytest.fail("Both hold the same state.")


def test_two_services_may_hold_two_state_directories(tmp_path: Path) -> None:
    with hold_state(tmp_path / "one"), hold_state(tmp_path / "two"):
        assert (tmp_path / "two").is_dir()


def test_the_state_is_free_again_after_its_holder(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_state(tmp_path):
            pass


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from infra.state_lock import hold_state\n"
        "with hold_state(Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()

    with hold_state(tmp_path):
        assert (tmp_path / "up.lock").read_text("ascii") == str(os.getpid())
