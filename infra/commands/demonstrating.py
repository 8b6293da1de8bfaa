"""`throughcare demo`: invented people at every stage, and tokens to look at them with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import typer

from api.pages.accounts import DemoAccount
from domain.codes import Role
from domain.duty.posts import Places
from domain.errors import ThroughcareError
from domain.london_time import london_date
from infra.commands.importing import load_all
from infra.commands.terminal import progress, settings_for, show, tell
from infra.composition import Parts, composed
from infra.database.clock import utc_now
from infra.database.tokens import TokenStore
from infra.database.users import UserStore
from infra.demo.accounts import demo_accounts
from infra.demo.case import IMPORTER
from infra.demo.history import RELEASES, load_history
from infra.demo.staffing import Staffed, Worked, every_team, staff_demonstration
from infra.demo.staging import demonstration, first_day, remember
from infra.demo.tokens import demo_tokens
from infra.imports.arrivals import Arrival
from infra.imports.record import SqlRecord
from infra.settings import Settings
from infra.web.sign_in import Passwords

_ENOUGH_TO_TELL: Final = 250


class NotADemonstrationError(ThroughcareError):
    """Invented people do not belong into a service that holds real ones."""

    def __init__(self) -> None:
        """Say what decides it."""
        super().__init__(
            "Invented people are brought into a demonstration only; THROUGHCARE_ENVIRONMENT says "
            "that this is production."
        )


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(epilog="Example: throughcare demo")(demo)


def demo() -> None:
    """Bring 500 invented people into the running service, at every stage of the journey.

    Every team has people on duty, but for a few holes. What happened to the released is recorded
    through the same commands as anybody's, the past as past. Running it again changes nothing. It
    prints one ready-made API token for each role.
    """
    asyncio.run(stage_demonstration(settings_for("demo")))


def refuse_in_production(settings: Settings) -> None:
    """Keep invented people, and tokens that lie in a file, out of a real service.

    Raises:
        NotADemonstrationError: The service is run in production.
    """
    if settings.environment == "production":
        raise NotADemonstrationError


async def stage_demonstration(settings: Settings) -> None:
    """Load the demonstration and say how to look at it.

    Raises:
        NotADemonstrationError: The service is run in production.
        ThroughcareError: The service cannot be reached; the same may be tried again.
    """
    refuse_in_production(settings)
    async with composed(settings) as parts:
        found = await asyncio.to_thread(_demonstration, settings, parts)
        _say_who_is_there(await asyncio.to_thread(_staff, parts, found))
        summary = await load_all(parts, found, IMPORTER, "Bringing in invented people")
        await asyncio.to_thread(_history, parts)
        store = TokenStore(parts.database)
        secrets = await asyncio.to_thread(demo_tokens, settings.state_dir, store)
        users = UserStore(parts.database)
        hashed = Passwords().hashed
        accounts = await asyncio.to_thread(demo_accounts, settings.state_dir, users, hashed)
    tell(
        f"{summary.started} invented releases were brought in, {summary.already_there} were there "
        f"already, {len(summary.refused)} were refused."
    )
    _say_how_to_look(settings, secrets)
    _say_who_can_sign_in(settings, accounts)


def _history(parts: Parts) -> None:
    today = london_date(utc_now())
    with progress("Bringing in invented past releases", RELEASES) as advance:
        loaded = load_history(parts.database, parts.keys, today, advance)
    if loaded:
        tell(f"{loaded} invented past releases were brought in for the measures.")


def _demonstration(settings: Settings, parts: Parts) -> list[Arrival]:
    """Return the journeys as of the day they were first loaded, if they are still there."""
    now = utc_now()
    as_of = first_day(settings.state_dir) or now
    found = demonstration(as_of, parts.keys.id_key, parts.reference, parts.engine.rules)
    ids = [each.new.release_id for each in found[:_ENOUGH_TO_TELL]]
    if as_of != now and not SqlRecord(parts.database).known(ids):
        as_of = now
        found = demonstration(now, parts.keys.id_key, parts.reference, parts.engine.rules)
    remember(settings.state_dir, as_of)
    return found


def _staff(parts: Parts, found: list[Arrival]) -> Staffed:
    releases = [
        Worked(each.release_id, Places(each.prison, each.probation_unit, each.service))
        for each in (arrival.new for arrival in found)
    ]
    return staff_demonstration(parts.database, every_team(parts.reference), releases, utc_now())


def _say_who_is_there(staffed: Staffed) -> None:
    tell(
        f"{staffed.teams} invented teams have people on duty: {staffed.staff} staff, "
        f"{staffed.shifts} shifts and {staffed.workers} named workers are new. "
        "See `throughcare rota show`."
    )


def _say_how_to_look(settings: Settings, secrets: Mapping[Role, str]) -> None:
    tell("A token for each role, for this demonstration only:")
    for role, secret in secrets.items():
        show(f"{role:<13} {secret}")
    address = f"http://{settings.web.host}:{settings.web.port}/api/v1/releases?per_page=3"
    tell("For example, what a prison's resettlement team sees:")
    tell(f'  curl -H "Authorization: Bearer {secrets[Role.RESETTLEMENT]}" "{address}"')


def _say_who_can_sign_in(settings: Settings, accounts: Sequence[DemoAccount]) -> None:
    names = ", ".join(each.username for each in accounts)
    tell(f"Sign in at http://{settings.web.host}:{settings.web.port} as {names}.")
    tell(f"The password of each: {accounts[0].password}")
