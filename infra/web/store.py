"""Where the web's blocking database work runs: few threads, apart from the event loop.

Measured: many threads on SQLite fight over the interpreter and the file and are many times slower
than one; PostgreSQL likes a small pool. Reads and writes have threads of their own, so that a list
never waits for somebody else's commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, ParamSpec, TypeVar

from api.ports import RecordUnavailableError
from infra.database.errors import StoreUnavailableError

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

THREADS: Final = {"sqlite": 1, "postgresql": 8}
"""For reads, and as many for writes."""


class StoreThreads:
    """Runs blocking work on a database for callers on the event loop."""

    def __init__(self, dialect: str) -> None:
        """Prepare threads for a kind of database; none is started yet."""
        self._readers = ThreadPoolExecutor(THREADS[dialect], thread_name_prefix="read")
        self._writers = ThreadPoolExecutor(THREADS[dialect], thread_name_prefix="write")

    async def read(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """Return what `work`, which only reads, returns.

        Raises:
            RecordUnavailableError: The database did not answer.
        """
        return await _run(self._readers, lambda: work(*args, **kwargs))

    async def write(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """Return what `work` returns; it goes on when its caller is cancelled.

        Raises:
            RecordUnavailableError: The database did not answer; nothing was written.
        """
        return await _run(self._writers, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Let work that is under way finish, and drop what has not begun."""
        for each in (self._readers, self._writers):
            each.shutdown(cancel_futures=True)


async def _run(threads: ThreadPoolExecutor, work: Callable[[], Answer]) -> Answer:
    with record_faults():
        return await asyncio.get_running_loop().run_in_executor(threads, work)


@contextmanager
def record_faults() -> Iterator[None]:
    """Give a database that does not answer the name it has on the web.

    Raises:
        RecordUnavailableError: It did not answer.
    """
    try:
        yield
    except StoreUnavailableError:
        raise RecordUnavailableError from None
