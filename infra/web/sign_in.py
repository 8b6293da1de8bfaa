"""Accounts and sessions as the pages await them: passwords are hashed in threads of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.pages.accounts import Account, BrowserSession, DemoAccount, Doer
from api.refusals import TooManyAttemptsError
from infra.database.attempts import AttemptStore
from infra.database.sessions import SessionStore
from infra.database.users import UserStore
from infra.web.store import StoreThreads

HASHES_AT_ONCE: Final = 2
"""Each takes 64 MiB and a tenth of a second of one core; a flood of guesses has to queue."""


class Passwords:
    """Argon2id with the library's defaults (RFC 9106, low-memory)."""

    def __init__(self) -> None:
        """Prepare a hash to compare with when there is no account, so that it takes as long."""
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hashed(self, password: str) -> str:
        """Return the hash to keep."""
        return self._hasher.hash(password)

    def is_right(self, password: str, known: str | None) -> bool:
        """Return whether `known` is the hash of `password`."""
        try:
            self._hasher.verify(known or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return known is not None


@dataclass(frozen=True, slots=True)
class StoredAccounts:
    """Implements `api.pages.accounts.Accounts`.

    Attributes:
        demonstrated: Returns the accounts of a demonstration, looked up at each asking because
            they come after the web has started.
    """

    users: UserStore
    attempts: AttemptStore
    passwords: Passwords
    threads: StoreThreads
    demonstrated: Callable[[], tuple[DemoAccount, ...]]
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HASHES_AT_ONCE))

    async def verify(self, username: str, password: str, address: str) -> Account | None:
        """Return the account with this password, None when the two do not belong together.

        Raises:
            TooManyAttemptsError: Too many failed within the last quarter of an hour.
        """
        if await self.threads.read(self.attempts.are_too_many, username, address):
            raise TooManyAttemptsError
        found = await self.threads.read(self.users.find, username)
        account, known = found or (None, None)
        async with self.turns:
            is_right = await asyncio.to_thread(self.passwords.is_right, password, known)
        if not is_right:
            await self.threads.write(self.attempts.add, username, address)
            return None
        await self.threads.write(self.attempts.forgive, username)
        return account

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """Return the names of the accounts among `ids`, by id."""
        return await self.threads.read(self.users.names, ids)

    async def doers(self, ids: Collection[str]) -> Mapping[str, Doer]:
        """Return the accounts, staff and systems among `ids`, by id."""
        return await self.threads.read(self.users.doers, ids)

    async def demonstration(self) -> tuple[DemoAccount, ...]:
        """Return the accounts to show on the sign-in page; none outside a demonstration."""
        return await asyncio.to_thread(self.demonstrated)


@dataclass(frozen=True, slots=True)
class StoredSessions:
    """Implements `api.pages.accounts.Sessions`; see there for what each method promises."""

    store: SessionStore
    threads: StoreThreads

    async def find(self, secret: str) -> BrowserSession | None:
        """Return the session, None when it does not go on."""
        return await self.threads.read(self.store.find, secret)

    async def begin(self, secret: str, account_id: str | None, data: Mapping[str, Any]) -> None:
        """Begin a session."""
        await self.threads.write(self.store.begin, secret, account_id, data)

    async def keep(self, secret: str, data: Mapping[str, Any]) -> None:
        """Put off the idle limit, and remember `data`."""
        await self.threads.write(self.store.keep, secret, data)

    async def end(self, secret: str) -> None:
        """Forget one session."""
        await self.threads.write(self.store.end, secret)
