"""One service for each state directory: two would fight over the same stores and ports."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from domain.errors import ThroughcareError

FILE_NAME = "up.lock"


class AlreadyRunningError(ThroughcareError):
    """Another `throughcare up` holds the state directory."""


@contextlib.contextmanager
def hold_state(state_dir: Path) -> Iterator[None]:
    """Keep the state directory to ourselves, and create it first if need be.

    The system drops the lock with the process, however it ends, so that none is ever left behind.

    Raises:
        AlreadyRunningError: Another process holds it; the message has its process id.
    """
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(state_dir / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = file.read().strip() or "unknown"
            raise AlreadyRunningError(
                f"`throughcare up` already runs on this state directory (process {holder}). Stop "
                "that one first, or choose another THROUGHCARE_STATE_DIR and other ports."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
