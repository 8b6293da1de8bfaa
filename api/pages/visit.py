"""One browser's session for the length of one request, and the middleware that keeps it.

The cookie holds a random secret and nothing else. A visitor who never signs in needs no row: the
token against forged forms is derived from the secret, so only what is remembered is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages.accounts import WHOLE, Account, BrowserSession, Sessions
from api.ports import Clock, RecordUnavailableError

log = logging.getLogger("api.pages.visit")

SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly the idle limit is kept: a page that only reads writes no more often than this."""

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_BANNERS: Final = "banners"


class Visit:
    """A browser's session during one request: read once, and written back only when it changed."""

    def __init__(self, secret: str | None, sessions: Sessions, now: Clock) -> None:
        """Begin with the secret of the cookie, if there was a fit one."""
        self._secret = secret
        self._sessions = sessions
        self._now = now
        self._found: BrowserSession | None = None
        self._is_open = False
        self._data: dict[str, Any] = {}
        self._is_changed = False
        self.new_cookie: str | None = None

    @property
    def account(self) -> Account | None:
        """Who is signed in; known once the visit is open."""
        return self._found.account if self._found else None

    @property
    def lasts(self) -> timedelta:
        """How long this session can still go on, however much it is used."""
        began_at = self._found.began_at if self._found else self._now()
        return began_at + WHOLE - self._now()

    @property
    def secret(self) -> str | None:
        """The secret of the cookie; of a session that has ended too."""
        return self._secret

    @property
    def form_token(self) -> str:
        """The token that every form of this browser carries back."""
        if self._secret is None:
            self._secret = self.new_cookie = new_secret()
        return hmac.new(self._secret.encode(), b"form", hashlib.sha256).hexdigest()

    def is_form_token(self, sent: str) -> bool:
        """Return whether a form came from a page of this browser."""
        if self._secret is None:
            return False
        return hmac.compare_digest(sent.encode(), self.form_token.encode())

    async def open(self) -> None:
        """Look the session up, once in a request.

        Raises:
            RecordUnavailableError: The database does not answer.
        """
        if self._is_open or self._secret is None:
            return
        self._found = await self._sessions.find(self._secret)
        self._is_open = True
        if self._found:
            self._data = dict(self._found.data)

    def say(self, text: str) -> None:
        """Show a banner of success on the next page, once."""
        self.remember(_BANNERS, [*self._data.get(_BANNERS, []), text])

    def take_banners(self) -> tuple[str, ...]:
        """Return what is to be said, and forget it."""
        return tuple(self.take(_BANNERS) or ())

    def remember(self, name: str, value: object) -> None:
        """Keep a small value for later requests of this browser; nothing about a person."""
        self._data[name] = value
        self._is_changed = True

    def take(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON was remembered
        """Return what was remembered and forget it; None when there is nothing."""
        if name not in self._data:
            return None
        self._is_changed = True
        return self._data.pop(name)

    async def sign_in(self, account: Account, data: Mapping[str, Any]) -> None:
        """Begin anew under another secret, so that one that was planted before is worth nothing."""
        if self._secret is not None:
            await self._sessions.end(self._secret)
        self._secret = self.new_cookie = new_secret()
        await self._sessions.begin(self._secret, account.subject.id, data)
        now = self._now()
        self._found = BrowserSession(account, now, now, data)
        self._data, self._is_changed, self._is_open = dict(data), False, True

    async def sign_out(self) -> None:
        """End the session here and on the server."""
        if self._secret is not None:
            await self._sessions.end(self._secret)
        self._secret = self.new_cookie = new_secret()
        self._found, self._data, self._is_changed, self._is_open = None, {}, False, True

    async def close(self) -> None:
        """Write back what changed, and that the browser was here."""
        if self._found is not None:
            if self._is_changed or self._now() - self._found.seen_at >= SEEN_EVERY:
                await self._sessions.keep(self._secret or "", self._data)
        elif self._data:
            if self._secret is None:
                self._secret = self.new_cookie = new_secret()
            await self._sessions.begin(self._secret, None, self._data)


def new_secret() -> str:
    """Return 256 random bits as a cookie can hold them."""
    return secrets.token_urlsafe(32)


def visit_of(request: Request) -> Visit:
    """Return the visit that `KeepVisit` began for this request."""
    visit: Visit = request.scope["visit"]
    return visit


class KeepVisit:
    """ASGI middleware: begins a visit for each page, and writes it back with the response."""

    def __init__(self, app: ASGIApp, sessions: Sessions, now: Clock, *, secure: bool) -> None:
        """Wrap `app`; `secure` keeps the cookie to TLS and to exactly this host."""
        self.app = app
        self._sessions = sessions
        self._now = now
        self._name = "__Host-session" if secure else "session"
        self._flags = "Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its visit in the scope."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = scope["visit"] = Visit(self._secret(scope), self._sessions, self._now)

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                await _close(visit)
                if visit.new_cookie is not None:
                    cookie = f"{self._name}={visit.new_cookie}; {self._flags}"
                    MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, kept)

    def _secret(self, scope: Scope) -> str | None:
        sent = Request(scope).headers.get("cookie", "")
        secret = cookie_parser(sent).get(self._name, "")
        return secret if _SECRET.fullmatch(secret) else None


async def _close(visit: Visit) -> None:
    try:
        await visit.close()
    except RecordUnavailableError:
        # The page itself is ready; only a banner or a minute of the idle limit is lost.
        log.warning("session not kept")
