"""Against an OpenID Connect provider that others wrote (oidc-provider-mock), over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from api.pages.accounts import Account, AccountSource
from api.refusals import ProviderUnavailableError, SignInRefusedError
from domain.codes import Role
from infra.database.engine import Database
from infra.web.provider import RemoteProvider
from tests.sign_in.conftest import a_provider, settings_for


@pytest.fixture
async def provider(oidc_issuer: str, sqlite_database: Database) -> AsyncIterator[RemoteProvider]:
    async with a_provider(sqlite_database, settings_for("oidc", oidc_issuer)) as made:
        yield made


async def authorise(address: str, sub: str) -> dict[str, str]:
    """Say at the provider who one is; return what it sends back with."""
    async with httpx2.AsyncClient() as client:
        answered = await client.post(address, data={"sub": sub})
    assert answered.status_code == 302, answered.text
    return dict(parse_qsl(urlsplit(answered.headers["location"]).query))


async def arrive(provider: RemoteProvider, sub: str) -> Account:
    departure = await provider.depart()
    query = await authorise(departure.address, sub)
    return await provider.arrive(departure.remembered, query)


async def test_somebody_arrives_with_the_first_role_and_the_places_that_it_opens(
    provider: RemoteProvider,
) -> None:
    account = await arrive(provider, "kofi")

    assert (account.username, account.name) == ("kofi", "Kofi Grant")
    assert account.source is AccountSource.PROVIDER
    assert account.role is Role.PROBATION
    assert account.subject.units == frozenset({"N54STHA"})
    assert account.subject.prisons == frozenset()
    assert account.subject.manager


@pytest.mark.parametrize("sub", ["norole", "noplace", "nowhere", "stranger"])
async def test_whoever_has_no_role_or_place_is_refused(provider: RemoteProvider, sub: str) -> None:
    with pytest.raises(SignInRefusedError):
        await arrive(provider, sub)


async def test_the_answer_to_another_departure_is_refused(provider: RemoteProvider) -> None:
    theirs, ours = await provider.depart(), await provider.depart()
    query = await authorise(theirs.address, "kofi")

    with pytest.raises(SignInRefusedError):
        await provider.arrive(ours.remembered, query)


async def test_a_stolen_code_is_worth_nothing_without_its_verifier_and_nonce(
    provider: RemoteProvider,
) -> None:
    theirs, ours = await provider.depart(), await provider.depart()
    query = await authorise(theirs.address, "kofi")
    stolen = {"code": query["code"], "state": ours.remembered["state"]}

    with pytest.raises((SignInRefusedError, ProviderUnavailableError)):
        await provider.arrive(ours.remembered, stolen)


async def test_a_code_works_once(provider: RemoteProvider) -> None:
    departure = await provider.depart()
    query = await authorise(departure.address, "kofi")
    await provider.arrive(departure.remembered, query)

    with pytest.raises((SignInRefusedError, ProviderUnavailableError)):
        await provider.arrive(departure.remembered, query)


async def test_a_token_for_another_client_is_refused(
    oidc_issuer: str, sqlite_database: Database, provider: RemoteProvider
) -> None:
    departure = await provider.depart()
    query = await authorise(departure.address, "kofi")
    other = settings_for("oidc", oidc_issuer, client_id="another")
    async with a_provider(sqlite_database, other) as elsewhere:
        with pytest.raises((SignInRefusedError, ProviderUnavailableError)):
            await elsewhere.arrive(departure.remembered, query)


async def test_signing_out_leads_to_the_provider(
    oidc_issuer: str, provider: RemoteProvider
) -> None:
    out = await provider.way_out()

    assert out is not None
    assert out.startswith(oidc_issuer)
    assert dict(parse_qsl(urlsplit(out).query))["client_id"] == "throughcare"
