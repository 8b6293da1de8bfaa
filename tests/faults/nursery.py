"""Processes forked from one that has imported everything, so that each is there at once."""

from __future__ import annotations

import asyncio
import multiprocessing
from multiprocessing.context import ForkServerProcess

from infra.settings import Settings
from infra.worker import run_worker
from tests.faults.dying_worker import work

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.nursery"])


def dying_worker(address: str, queue: str, file: str) -> ForkServerProcess:
    """Start a worker that dies where it is asked to."""
    return _started(_CONTEXT.Process(target=work, args=(address, queue, file)))


def real_worker(settings: Settings) -> ForkServerProcess:
    """Start the worker of the service."""
    return _started(_CONTEXT.Process(target=_run, args=(settings,)))


def _run(settings: Settings) -> None:
    asyncio.run(run_worker(settings))


def _started(process: ForkServerProcess) -> ForkServerProcess:
    process.start()
    return process
