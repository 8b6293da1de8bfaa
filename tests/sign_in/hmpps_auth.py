"""A server with the shape of HMPPS Auth, which cannot be run here: plain OAuth 2.0, and a JWT.

The shape is that of two public services of HMPPS that use it: authorisation code, client by Basic,
no id_token, an access token with `user_name` and `authorities`, and the signing keys at
`/.well-known/jwks.json`. Whatever is wrong with a token is for a test to say.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Form, Header, HTTPException
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.infra.waiting import eventually
from tests.web.conftest import free_port


class HmppsAuth:
    """Gives a token for each code; `changes` and `key` make the next one wrong."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "dev"})
        self.signs_with = self.key
        self.sign: Callable[[dict[str, Any]], str] = self._signed
        self.changes: dict[str, Any] = {}
        self.address = ""
        self.app = FastAPI()
        self.app.post("/auth/oauth/token")(self.token)
        self.app.get("/auth/.well-known/jwks.json")(self.keys)

    def claims(self) -> dict[str, Any]:
        now = int(time.time())
        return {
            "iss": f"{self.address}/issuer",
            "sub": "USER1_GEN",
            "user_name": "USER1_GEN",
            "name": "Priya Nair",
            "auth_source": "nomis",
            "authorities": ["ROLE_PRISON"],
            "places": ["prison:LEI"],
            "client_id": "throughcare",
            "iat": now,
            "exp": now + 3600,
        } | self.changes

    def _signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "dev"}, claims, self.signs_with)

    async def token(
        self,
        code: Annotated[str, Form()],
        grant_type: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        authorization: Annotated[str, Header()],
    ) -> dict[str, Any]:
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).partition(b":")
        if (name, secret) != (b"throughcare", b"a secret between the two") or code != "good":
            raise HTTPException(400, {"error": "invalid_grant"})
        assert grant_type == "authorization_code"
        assert redirect_uri.endswith("/sign-in/provider/return")
        claims = {name: value for name, value in self.claims().items() if value is not None}
        return {"access_token": self.sign(claims), "token_type": "bearer", "expires_in": 3600}

    async def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))


@asynccontextmanager
async def hmpps_auth() -> AsyncIterator[HmppsAuth]:
    """Serve one on a port of its own until the block ends."""
    served, port = HmppsAuth(), free_port()
    served.address = f"http://127.0.0.1:{port}/auth"
    server = uvicorn.Server(
        uvicorn.Config(served.app, port=port, log_level="error", lifespan="off", ws="none")
    )
    task = asyncio.create_task(server._serve())
    await eventually(lambda: server.started)
    yield served
    server.should_exit = True
    await task
