"""Signing in by OpenID Connect, or by OAuth 2.0 with a JWT as HMPPS Auth does it (ADR 15)."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jwt import ClaimsOption

from api.pages.accounts import Account
from api.pages.provider import Departure, RoleMapping
from api.refusals import ProviderUnavailableError, SignInRefusedError
from infra.database.users import UsernameTakenError, UserStore
from infra.reference_data.reference import ReferenceData
from infra.settings import SignInSettings
from infra.web.claims import account_from
from infra.web.store import StoreThreads

ANSWERS_WITHIN: Final = 10
LEEWAY: Final = 30
"""Seconds by which two clocks may differ."""

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512")
"""Signatures by a key that only the provider has; never one by a shared secret, never none."""


class Endpoints(NamedTuple):
    """Where a provider is asked what."""

    issuer: str
    authorize: str
    token: str
    keys: str
    userinfo: str | None
    way_out: str | None


@dataclass(frozen=True, slots=True)
class RemoteProvider:
    """Implements `api.pages.provider.Provider`; see there for what each method promises.

    Attributes:
        return_address: Where the provider sends people back to.
        home_address: Where it sends them after signing out.
    """

    settings: SignInSettings
    return_address: str
    home_address: str
    users: UserStore
    threads: StoreThreads
    reference: ReferenceData

    @property
    def mapping(self) -> RoleMapping:
        """What the provider's groups mean here."""
        return RoleMapping(
            role_claim=self.settings.claim_of_roles,
            roles=tuple(self.settings.roles.items()),
            manager_value=self.settings.manager_value,
            places_claim=self.settings.places_claim,
        )

    async def depart(self) -> Departure:
        """Return where somebody proves who they are."""
        async with self._asking() as client:
            endpoints = await self._endpoints(client)
            verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
            extra = {"nonce": nonce} if self.settings.kind == "oidc" else {}
            address, state = client.create_authorization_url(
                endpoints.authorize, code_verifier=verifier, **extra
            )
        return Departure(address, {"state": state, "verifier": verifier, "nonce": nonce})

    async def arrive(self, remembered: Mapping[str, str], query: Mapping[str, str]) -> Account:
        """Return the account of somebody who came back."""
        if not compare_digest(query.get("state", "").encode(), remembered["state"].encode()):
            raise SignInRefusedError("This sign-in did not begin here. Sign in again.")
        if "code" not in query:
            raise SignInRefusedError("Your organisation did not let you in. Ask its helpdesk.")
        async with self._asking() as client:
            claims = await self._claims(client, query["code"], remembered)
        new = account_from(claims, self.settings, self.reference)
        try:
            return await self.threads.write(self.users.arrive, new)
        except UsernameTakenError:
            raise SignInRefusedError(
                "Your account cannot be used here. Ask the person who looks after accounts."
            ) from None

    async def way_out(self) -> str | None:
        """Return where to sign out of the provider as well."""
        async with self._asking() as client:
            endpoints = await self._endpoints(client)
        if endpoints.way_out is None:
            return None
        back = "post_logout_redirect_uri" if self.settings.kind == "oidc" else "redirect_uri"
        told = {"client_id": self.settings.client_id, back: self.home_address}
        return f"{endpoints.way_out}?{urlencode(told)}"

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[AsyncOAuth2Client]:
        """Give a client for one exchange; whatever the provider does wrong is one error."""
        secret = self.settings.client_secret
        client = AsyncOAuth2Client(
            client_id=self.settings.client_id,
            client_secret=secret.get_secret_value() if secret else None,
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
            scope=self.settings.scope if self.settings.kind == "oidc" else None,
            redirect_uri=self.return_address,
            code_challenge_method="S256",
            timeout=ANSWERS_WITHIN,
        )
        async with client:
            try:
                yield client
            except OAuthError:
                raise SignInRefusedError("This sign-in is used up. Sign in again.") from None
            except (httpx2.HTTPError, JoseError, ValueError, KeyError):
                raise ProviderUnavailableError from None

    async def _endpoints(self, client: AsyncOAuth2Client) -> Endpoints:
        issuer = self.settings.issuer or ""
        if self.settings.kind == "oauth2_jwt":
            return Endpoints(
                issuer=self.settings.token_issuer or f"{issuer}/issuer",
                authorize=f"{issuer}/oauth/authorize",
                token=f"{issuer}/oauth/token",
                keys=f"{issuer}/.well-known/jwks.json",
                userinfo=None,
                way_out=f"{issuer}/sign-out",
            )
        found = await _json(client, f"{issuer}/.well-known/openid-configuration")
        return Endpoints(
            issuer=found["issuer"],
            authorize=found["authorization_endpoint"],
            token=found["token_endpoint"],
            keys=found["jwks_uri"],
            userinfo=found.get("userinfo_endpoint"),
            way_out=found.get("end_session_endpoint"),
        )

    async def _claims(
        self, client: AsyncOAuth2Client, code: str, remembered: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return verified claims of whoever the code stands for."""
        endpoints = await self._endpoints(client)
        token = await client.fetch_token(
            endpoints.token, code=code, code_verifier=remembered["verifier"]
        )
        published = await _json(client, endpoints.keys)
        keys = KeySet.import_key_set(cast("KeySetSerialization", published))
        if self.settings.kind == "oauth2_jwt":
            return self._verified(token["access_token"], keys, endpoints, {})
        more: dict[str, ClaimsOption] = {
            "nonce": {"essential": True, "value": remembered["nonce"]},
            "aud": {"essential": True, "value": self.settings.client_id or ""},
        }
        claims = self._verified(token["id_token"], keys, endpoints, more)
        if self.settings.claim_of_roles not in claims and endpoints.userinfo is not None:
            told = (await client.get(endpoints.userinfo)).raise_for_status().json()
            if told.get("sub") == claims["sub"]:
                claims = {**told, **claims}
        return claims

    def _verified(
        self, token: str, keys: KeySet, endpoints: Endpoints, more: dict[str, ClaimsOption]
    ) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        wanted: dict[str, Any] = {
            "iss": {"essential": True, "value": endpoints.issuer},
            "exp": {"essential": True},
            **more,
        }
        registry = jwt.JWTClaimsRegistry(leeway=LEEWAY, **wanted)
        registry.validate(claims)
        if claims.get("client_id", self.settings.client_id) != self.settings.client_id:
            raise ValueError("a token for somebody else")
        return claims


async def _json(client: AsyncOAuth2Client, address: str) -> dict[str, Any]:
    answered = await client.request("GET", address, withhold_token=True)
    found: dict[str, Any] = answered.raise_for_status().json()
    return found
