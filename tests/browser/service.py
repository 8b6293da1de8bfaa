"""The whole service as `make run` starts it, with fewer invented people, on ports of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.filters import MessageFilter, PageOf, ReleaseFilter
from api.pages.accounts import DemoAccount
from domain.access import Scope
from domain.access_messages import MessageScope
from domain.codes import Role
from domain.duty.posts import PARTIES, SERVICE_TEAM, Places, Team, team_at
from domain.london_time import london_date
from domain.state import Phase
from infra.commands.importing import load_all
from infra.composition import Parts, composed
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.database.queries import SqlReads
from infra.database.users import UserStore
from infra.demo.accounts import demo_accounts
from infra.demo.case import IMPORTER
from infra.demo.history import load_history
from infra.demo.staffing import Worked, staff_demonstration
from infra.demo.staging import demonstration
from infra.imports.arrivals import Arrival
from infra.listening import answers_ok
from infra.messages.reading import SqlOutbox
from infra.settings import Settings, TemporalSettings, WebSettings
from infra.web.sign_in import Passwords
from notifications.messages import RecipientKind
from tests.infra.waiting import eventually
from tests.web.conftest import free_port

EVERY = 7
"""Of the invented people: every stage of the journey is there, and setting up stays short."""

PAST = 6_000
"""Past releases: enough that a nation and its regions have figures to show."""

_ANYWHERE = Scope(left_since=date(2000, 1, 1), everything=True)


@dataclass(frozen=True)
class RunningService:
    """What a browser needs to know."""

    address: str
    accounts: Sequence[DemoAccount]
    releases: dict[Phase, Sequence[str]]
    message: str
    database_url: str

    @property
    def password(self) -> str:
        return self.accounts[0].password


@asynccontextmanager
async def running_service(folder: Path) -> AsyncIterator[RunningService]:
    """Run server, worker and web in processes of their own until the block ends."""
    settings = Settings(
        state_dir=folder,
        temporal=TemporalSettings(port=free_port()),
        web=WebSettings(port=free_port()),
    )
    with (folder / "service.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "infra.cli", "up"),
            env=_environment(settings),
            stdout=log,
            stderr=log,
        )
    try:
        web = settings.web
        await eventually(lambda: answers_ok(web.host, web.port, "/health/ready"), within=120)
        accounts = await _stage(settings)
        await eventually(lambda: _message(settings) != "", within=120)
        yield RunningService(
            f"http://{web.host}:{web.port}",
            accounts,
            {phase: _ids(settings, phase) for phase in Phase},
            _message(settings),
            settings.database_url,
        )
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _environment(settings: Settings) -> dict[str, str]:
    outside = {
        name: value for name, value in os.environ.items() if not name.startswith("THROUGHCARE_")
    }
    return outside | {
        "THROUGHCARE_STATE_DIR": str(settings.state_dir),
        "THROUGHCARE_TEMPORAL_PORT": str(settings.temporal.port),
        "THROUGHCARE_WEB_PORT": str(settings.web.port),
        "THROUGHCARE_LOG_FORMAT": "json",
    }


async def _stage(settings: Settings) -> Sequence[DemoAccount]:
    async with composed(settings) as parts:
        everybody = await asyncio.to_thread(
            demonstration, utc_now(), parts.keys.id_key, parts.reference, parts.rules
        )
        await asyncio.to_thread(_staff, parts, everybody[::EVERY])
        summary = await load_all(parts, everybody[::EVERY], IMPORTER, "Bringing in invented people")
        assert not summary.refused
        today = london_date(utc_now())
        await asyncio.to_thread(load_history, parts.database, parts.keys, today, count=PAST)
        users = UserStore(parts.database)
        return await asyncio.to_thread(demo_accounts, settings.state_dir, users, Passwords().hashed)


def _staff(parts: Parts, people: Sequence[Arrival]) -> None:
    """Put people on duty in the teams of those who are brought in, and in Leeds."""
    releases = [
        Worked(each.release_id, Places(each.prison, each.probation_unit, each.service))
        for each in (arrival.new for arrival in people)
    ]
    teams = {team_at(role, each.places) for each in releases for role in PARTIES}
    staffed = sorted({SERVICE_TEAM, Team("LEI", Role.RESETTLEMENT), *teams})
    staff_demonstration(parts.database, staffed, releases, utc_now())


def _message(settings: Settings) -> str:
    """Return the id of a message to staff; empty while there is none."""
    database = Database(settings.database_url)
    found = SqlOutbox(database).page(
        MessageFilter(kind=RecipientKind.STAFF),
        MessageScope(_ANYWHERE, unattached=False),
        PageOf(size=1),
    )
    database.close()
    return found.rows[0].id if found.rows else ""


def _ids(settings: Settings, phase: Phase) -> Sequence[str]:
    database = Database(settings.database_url)
    reads = SqlReads(database, lambda _: None)
    found = reads.releases(ReleaseFilter(phase=phase), _ANYWHERE, PageOf(size=100))
    database.close()
    return [each.release_id for each in found.rows]
