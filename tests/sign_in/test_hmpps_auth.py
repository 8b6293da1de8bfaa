from __future__ import annotations

import base64
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey

from api.pages.accounts import Account
from api.refusals import ProviderUnavailableError, SignInRefusedError
from domain.codes import Role
from infra.database.engine import Database
from infra.database.users import UserStore
from infra.web.provider import RemoteProvider
from tests.sign_in.conftest import a_provider, settings_for
from tests.sign_in.hmpps_auth import HmppsAuth, hmpps_auth


@pytest.fixture
async def auth() -> AsyncIterator[HmppsAuth]:
    async with hmpps_auth() as served:
        yield served


@pytest.fixture
async def provider(auth: HmppsAuth, sqlite_database: Database) -> AsyncIterator[RemoteProvider]:
    settings = settings_for("oauth2_jwt", auth.address)
    async with a_provider(sqlite_database, settings) as made:
        yield made


async def arrive(provider: RemoteProvider, code: str = "good") -> Account:
    departure = await provider.depart()
    state = parse_qs(urlsplit(departure.address).query)["state"][0]
    return await provider.arrive(departure.remembered, {"code": code, "state": state})


async def test_a_token_becomes_an_account_with_its_role_and_places(
    provider: RemoteProvider, sqlite_database: Database
) -> None:
    account = await arrive(provider)

    assert (account.name, account.role) == ("Priya Nair", Role.RESETTLEMENT)
    assert account.subject.prisons == frozenset({"LEI"})
    assert not account.subject.manager
    assert [each.account for each in UserStore(sqlite_database).listed()] == [account]


async def test_what_the_provider_says_now_counts_at_each_arrival(
    auth: HmppsAuth, provider: RemoteProvider
) -> None:
    before = await arrive(provider)
    auth.changes = {"authorities": ["ROLE_PRISON", "SENIOR"], "places": "prison:HLI", "name": "P N"}

    after = await arrive(provider)

    assert after.subject.id == before.subject.id
    assert (after.name, after.subject.manager) == ("P N", True)
    assert after.subject.prisons == frozenset({"HLI"})


async def test_the_way_there_and_out_is_that_of_hmpps_auth(
    auth: HmppsAuth, provider: RemoteProvider
) -> None:
    address = (await provider.depart()).address
    out = await provider.way_out()

    assert address.startswith(f"{auth.address}/oauth/authorize?")
    asked = parse_qs(urlsplit(address).query)
    assert asked["response_type"] == ["code"]
    assert asked["client_id"] == ["throughcare"]
    assert out is not None
    assert out.startswith(f"{auth.address}/sign-out?client_id=throughcare&redirect_uri=http")


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1},
        {"exp": None},
        {"iss": "https://somebody.example/issuer"},
        {"iss": None},
        {"client_id": "another-service"},
    ],
)
async def test_a_token_that_is_old_or_not_meant_for_us_is_refused(
    auth: HmppsAuth, provider: RemoteProvider, changes: dict[str, Any]
) -> None:
    auth.changes = changes

    with pytest.raises(ProviderUnavailableError):
        await arrive(provider)


async def test_a_token_signed_by_somebody_else_is_refused(
    auth: HmppsAuth, provider: RemoteProvider
) -> None:
    auth.signs_with = RSAKey.generate_key(2048, parameters={"kid": "dev"})

    with pytest.raises(ProviderUnavailableError):
        await arrive(provider)


@pytest.mark.parametrize(
    "changes",
    [
        {"authorities": ["ROLE_OTHER"]},
        {"authorities": None},
        {"places": ["prison:XXX"]},
        {"places": ["unit:N54STHA"]},
        {"places": None},
        {"user_name": None},
        {"user_name": "x" * 201},
    ],
)
async def test_whoever_has_no_role_or_place_here_is_told_whom_to_ask(
    auth: HmppsAuth, provider: RemoteProvider, changes: dict[str, Any]
) -> None:
    auth.changes = changes

    with pytest.raises(SignInRefusedError, match="Ask"):
        await arrive(provider)


async def test_a_code_that_is_not_good_is_refused(provider: RemoteProvider) -> None:
    with pytest.raises((SignInRefusedError, ProviderUnavailableError)):
        await arrive(provider, code="bad")


@pytest.mark.parametrize("query", [{}, {"code": "good"}, {"code": "good", "state": "forged"}])
async def test_whoever_did_not_leave_from_here_is_refused(
    provider: RemoteProvider, query: dict[str, str]
) -> None:
    departure = await provider.depart()

    with pytest.raises(SignInRefusedError):
        await provider.arrive(departure.remembered, query)


async def test_an_account_that_is_switched_off_here_stays_off(
    provider: RemoteProvider, sqlite_database: Database
) -> None:
    account = await arrive(provider)
    UserStore(sqlite_database).set_disabled(account.subject.id, disabled=True)

    with pytest.raises(SignInRefusedError):
        await arrive(provider)


async def test_a_provider_that_is_away_is_said_to_be(sqlite_database: Database) -> None:
    settings = settings_for("oidc", "http://127.0.0.1:1")
    async with a_provider(sqlite_database, settings) as provider:
        with pytest.raises(ProviderUnavailableError):
            await provider.depart()


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
async def test_a_token_that_anybody_could_have_made_is_refused(
    auth: HmppsAuth, provider: RemoteProvider, algorithm: str
) -> None:
    public = auth.key.as_pem(private=False)

    def forged(claims: dict[str, Any]) -> str:
        """Sign with the published key as if it were a shared secret, or not at all."""
        header = {"alg": algorithm, "kid": "dev", "typ": "JWT"}
        told = ".".join(_encoded(json.dumps(each).encode()) for each in (header, claims))
        signature = hmac.digest(public, told.encode(), "sha256") if algorithm == "HS256" else b""
        return f"{told}.{_encoded(signature)}"

    auth.sign = forged

    with pytest.raises(ProviderUnavailableError):
        await arrive(provider)


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()
