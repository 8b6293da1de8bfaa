"""`python -m tests.bench.pages`: how fast pages come with many open releases and ten readers.

The service's own web process runs on a database filled with copies of invented journeys; each page
is asked for over HTTP, beside the bare query that its list consists of.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from api.filters import PageOf
from api.pages.caseload import CaseFilter
from domain.access import Scope
from domain.codes import Role
from infra.database.caseload import CaseloadReads
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.migrating import upgrade
from infra.database.read_model import SqlReadModel
from infra.database.users import UserStore
from infra.demo.accounts import demo_accounts
from infra.keys import load_keys
from infra.settings import Settings, WebSettings
from infra.web.sign_in import Passwords
from tests.bench.filling import fill
from tests.bench.reader import Reader
from tests.bench.rig import free_port
from tests.builders import the_rules

EVERYTHING = Scope(left_since=datetime(2000, 1, 1, tzinfo=UTC).date(), everything=True)
A_PAGE_EVERY = 1.0
"""Seconds that a reader looks at a page before the next; hardly anybody is faster."""

FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


async def bench(releases: int, requests: int, readers: int) -> None:
    """Print the median of each page beside the bare query's."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load average {load:.1f} before the run", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(state_dir=Path(folder), web=WebSettings(port=free_port()))
        keys = load_keys(settings)
        upgrade(settings.database_url)
        database = Database(settings.database_url)
        read_model = SqlReadModel(database, audit_key_from(keys.id_key))
        read_model.store_policy(the_rules().policy)
        one = fill(database, read_model, releases)
        accounts = demo_accounts(Path(folder), UserStore(database), Passwords().hashed)
        bare = _bare(CaseloadReads(database))
        print(f"  bare query of a list among {releases:,}: {bare:.1f} ms", flush=True)
        with _web(settings):
            await _measure(
                settings.web_address, accounts[0].password, one, bare, (requests, readers)
            )
        database.close()
    print(f"load average {os.getloadavg()[0]:.1f} after it", flush=True)


def _bare(reads: CaseloadReads) -> float:
    now = datetime.now(UTC)
    wanted = CaseFilter(now=now, soon=now + timedelta(days=3))
    return statistics.median(
        _timed(lambda: reads.cases(wanted, EVERYTHING, PageOf())) for _ in range(20)
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _web(settings: Settings) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "THROUGHCARE_STATE_DIR": str(settings.state_dir),
        "THROUGHCARE_WEB_PORT": str(settings.web.port),
        "THROUGHCARE_TEMPORAL_PORT": str(free_port()),
    }
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "infra.cli", "web"]
    return _Stopped(command, env=environment, stdout=quiet, stderr=quiet)


class _Stopped(subprocess.Popen[bytes]):
    """A process that ends with its block."""

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.wait()


async def _measure(
    address: str, password: str, one: str, bare: float, given: tuple[int, int]
) -> None:
    requests, readers = given
    pages = {
        "list of 50, all open": "/cases?tab=all",
        "list of 50, for the team": "/cases",
        "list of 50, overdue, by name": "/cases?tab=all&due=overdue&sort=name",
        "record": f"/cases/{one}",
        "home": "/",
    }
    reader = Reader(address, await _sign_in(address, password))
    for name, path in pages.items():
        size = await reader.get(path)
        alone = await _median(reader, path, requests // 4, 1)
        read = await _median(reader, path, requests, readers, pause=A_PAGE_EVERY)
        hurried = await _median(reader, path, requests, readers)
        print(
            f"  {name:<29} alone {alone:5.1f} ms   {readers} who read {read:6.1f} ms"
            f"   {readers} without a pause {hurried:6.1f} ms"
            f"   {size / 1024:3.0f} kB   {alone / bare:4.1f} x the bare query",
            flush=True,
        )


async def _sign_in_page(client: httpx2.AsyncClient) -> httpx2.Response:
    while True:
        try:
            return await client.get("/sign-in")
        except httpx2.TransportError:
            await asyncio.sleep(0.2)


async def _sign_in(address: str, password: str) -> str:
    """Return the cookies of somebody who is signed in."""
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:
        async with asyncio.timeout(60):
            page = await _sign_in_page(client)
        token = FORM_TOKEN.search(page.text)
        assert token is not None
        sent = {"form_token": token[1], "username": Role.RESETTLEMENT.value, "password": password}
        answered = await client.post("/sign-in", data=sent)
        assert answered.status_code == 303, answered.text
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


async def _median(reader: Reader, path: str, count: int, readers: int, pause: float = 0) -> float:
    """Return the median of `count` requests by readers that pause for so many seconds each time.

    They begin spread over one pause; without one each asks again at once, as no person does.
    """
    took: list[float] = []

    async def read(place: int) -> None:
        await asyncio.sleep(pause * place / readers)
        while len(took) < count:
            began = time.perf_counter()
            await reader.get(path)
            took.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(pause)

    await asyncio.gather(*(read(each) for each in range(readers)))
    return statistics.median(took)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages", description=__doc__)
    parser.add_argument("--open", type=int, default=25_000, help="open releases (25,000)")
    parser.add_argument("--requests", type=int, default=200, help="requests a page (200)")
    parser.add_argument("--readers", type=int, default=10, help="readers at once (10)")
    given = parser.parse_args()
    asyncio.run(bench(given.open, given.requests, given.readers))


if __name__ == "__main__":
    main()
