from __future__ import annotations

import threading

import pytest

from api.ports import RecordUnavailableError
from infra.database.errors import StoreUnavailableError
from infra.web.store import StoreThreads


def fail() -> None:
    raise StoreUnavailableError


async def test_a_database_that_does_not_answer_has_its_name_on_the_web() -> None:
    threads = StoreThreads("sqlite")

    for ask in (threads.read, threads.write):
        with pytest.raises(RecordUnavailableError):
            await ask(fail)
    threads.close()


async def test_a_read_does_not_wait_for_a_write() -> None:
    threads = StoreThreads("sqlite")
    written, read = threading.Event(), threading.Event()

    def write() -> bool:
        written.set()
        return read.wait(10)

    def look() -> bool:
        read.set()
        return written.is_set()

    writing = threads.write(write)
    await threads.read(look)

    assert await writing
    threads.close()


async def test_on_sqlite_reads_take_turns_on_one_thread() -> None:
    threads = StoreThreads("sqlite")

    names = {await threads.read(lambda: threading.current_thread().name) for _ in range(5)}

    assert len(names) == 1
    threads.close()
