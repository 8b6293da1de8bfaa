"""Accounts and sessions in memory, behind the ports of the pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from api.pages.accounts import Account, AccountSource, BrowserSession, DemoAccount
from api.pages.viewing import Deed, DeedFilter
from api.refusals import TooManyAttemptsError
from domain.access import Subject

PASSWORD = "correct horse"
MOST_FAILURES = 3


def an_account(subject: Subject, name: str = "Priya Nair") -> Account:
    return Account(subject, username=subject.id, name=name, source=AccountSource.LOCAL)


class FakeAccounts:
    """Everybody has the same password, and nobody more than three tries."""

    def __init__(self) -> None:
        self.known: dict[str, Account] = {}
        self.failures: dict[str, int] = {}
        self.shown: tuple[DemoAccount, ...] = ()

    def has(self, account: Account) -> Account:
        self.known[account.username] = account
        return account

    async def verify(self, username: str, password: str, address: str) -> Account | None:
        if self.failures.get(username, 0) >= MOST_FAILURES:
            raise TooManyAttemptsError
        account = self.known.get(username)
        if account is None or password != PASSWORD:
            self.failures[username] = self.failures.get(username, 0) + 1
            return None
        return account

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        return {
            each.subject.id: each.name for each in self.known.values() if each.subject.id in ids
        }

    async def demonstration(self) -> tuple[DemoAccount, ...]:
        return self.shown


class FakeSessions:
    """Sessions that never grow old by themselves; a test ends them."""

    def __init__(self, accounts: FakeAccounts, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._now = now
        self.kept: dict[str, BrowserSession] = {}

    async def find(self, secret: str) -> BrowserSession | None:
        return self.kept.get(secret)

    async def begin(self, secret: str, account_id: str | None, data: Mapping[str, Any]) -> None:
        found = (each for each in self._accounts.known.values() if each.subject.id == account_id)
        self.kept[secret] = BrowserSession(next(found, None), self._now(), dict(data))

    async def keep(self, secret: str, data: Mapping[str, Any]) -> None:
        if secret in self.kept:
            self.kept[secret] = replace(self.kept[secret], data=dict(data), seen_at=self._now())

    async def end(self, secret: str) -> None:
        self.kept.pop(secret, None)


class FakeViews:
    """The trail as a list; `known` are deeds that a test puts there."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.noted: list[tuple[str, str, str]] = []
        self.searches: list[tuple[str, DeedFilter]] = []
        self.known: list[Deed] = []

    async def note(self, account_id: str, release_id: str, page: str) -> None:
        self.noted.append((account_id, release_id, page))

    async def note_search(self, account_id: str, wanted: DeedFilter) -> None:
        self.searches.append((account_id, wanted))

    async def deeds(self, wanted: DeedFilter, limit: int) -> tuple[Deed, ...]:
        found = [
            each
            for each in self.known
            if wanted.reference in (None, each.reference)
            and wanted.changes in (None, each.is_change)
        ]
        return tuple(sorted(found, key=lambda each: each.at, reverse=True)[:limit])
