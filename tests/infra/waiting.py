"""Waiting for something that another process does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable

_GIVES_UP_AFTER_SECONDS = 30


async def eventually(
    is_true: Callable[[], bool | Awaitable[bool]], within: float = _GIVES_UP_AFTER_SECONDS
) -> None:
    """Return as soon as the condition holds; fail when it does not come to hold at all."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        answer = is_true()
        if await answer if isawaitable(answer) else answer:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("What the test waits for did not happen.")


def is_running(pid: int) -> bool:
    """Return whether the process exists and is more than an entry nobody has collected yet."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:  # noqa: PTH123 - no path logic
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
