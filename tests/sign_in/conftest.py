"""A sign-in provider that others wrote, behind a real socket."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from infra.database.engine import Database
from infra.database.users import UserStore
from infra.listening import answers_ok
from infra.reference_data.loading import load_reference_data
from infra.settings import SignInSettings
from infra.web.provider import RemoteProvider
from infra.web.store import StoreThreads
from tests.infra.waiting import eventually
from tests.web.conftest import free_port

HOME = "http://127.0.0.1:8000"
ROLES = {"ROLE_PROBATION": "probation", "ROLE_PRISON": "resettlement", "ROLE_ADMIN": "admin"}


PEOPLE: dict[str, dict[str, object]] = {
    "kofi": {
        "name": "Kofi Grant",
        "roles": ["ROLE_OTHER", "ROLE_PROBATION", "SENIOR"],
        "places": ["unit:N54STHA", "prison:LEI"],
    },
    "norole": {"name": "No Role", "roles": ["ROLE_OTHER"]},
    "noplace": {"name": "No Place", "roles": ["ROLE_PROBATION"]},
    "nowhere": {"name": "Nowhere", "roles": ["ROLE_PROBATION"], "places": ["unit:XXX"]},
}


@pytest.fixture(scope="module")
async def oidc_issuer() -> AsyncIterator[str]:
    """An OpenID Connect provider in which anybody is whoever they say."""
    port = free_port()
    known = [json.dumps({"sub": sub, **claims}) for sub, claims in PEOPLE.items()]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)),
        *(word for each in known for word in ("--user-claims", each)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await eventually(lambda: answers_ok("127.0.0.1", port, "/.well-known/openid-configuration"))
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    await process.wait()


def settings_for(kind: str, issuer: str, **changes: object) -> SignInSettings:
    """Return settings for a provider, as an operator would write them."""
    known = {
        "kind": kind,
        "issuer": issuer,
        "client_id": "throughcare",
        "client_secret": "a secret between the two",
        "roles": ROLES,
        "manager_value": "SENIOR",
    }
    return SignInSettings.model_validate(known | changes)


@asynccontextmanager
async def a_provider(database: Database, settings: SignInSettings) -> AsyncIterator[RemoteProvider]:
    threads = StoreThreads(database.dialect)
    yield RemoteProvider(
        settings=settings,
        return_address=f"{HOME}/sign-in/provider/return",
        home_address=f"{HOME}/sign-in",
        users=UserStore(database),
        threads=threads,
        reference=load_reference_data(),
    )
    threads.close()
