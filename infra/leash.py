"""Run a command that must not outlive the process which started it.

Started by path as `python -I -S leash.py PARENT_PID COMMAND...`, so it imports the standard library
only. On Linux the kernel is asked to kill the command when its parent dies and this process becomes
the command; elsewhere it stays, watches its parent and ends the command itself.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY_SECONDS = 0.5


def main(arguments: Sequence[str]) -> int:
    """Run the command after the parent's process id; return only where the kernel cannot help."""
    parent, command = int(arguments[0]), list(arguments[1:])
    if not _kernel_kills_with_parent():
        return watch(parent, command)
    if os.getppid() == parent:  # else it died before the kernel knew of our wish
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    return 1


def watch(parent: int, command: Sequence[str]) -> int:
    """Run the command, pass termination on to it, and kill it when the parent is gone."""
    # What the supervisor handed down to us is meant for the command.
    process = subprocess.Popen(command, close_fds=False)  # noqa: S603 - its own command, no shell

    def pass_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    while process.poll() is None:
        if os.getppid() != parent:
            process.kill()
        time.sleep(_LOOK_EVERY_SECONDS)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def _kernel_kills_with_parent() -> bool:
    """Ask Linux to send SIGKILL with the parent's death; the wish outlasts exec."""
    if not sys.platform.startswith("linux"):
        return False
    answer: int = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return answer == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
