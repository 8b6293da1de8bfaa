"""Accounts and sessions in memory, behind the ports of the pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from api.pages.accounts import (
    Account,
    AccountSource,
    BrowserSession,
    DemoAccount,
    Doer,
    ListedAccount,
    NewLocalAccount,
)
from api.pages.unsaved import KeptForm
from api.pages.viewing import Deed, DeedFilter
from api.ports import NotAcceptableError
from api.refusals import TooManyAttemptsError
from domain.access import Subject
from domain.identifiers import FieldError

PASSWORD = "correct horse"
MOST_FAILURES = 3


def an_account(subject: Subject, name: str = "Priya Nair") -> Account:
    return Account(subject, username=subject.id, name=name, source=AccountSource.LOCAL)


class FakeAccounts:
    """Everybody has the same password, and nobody more than three tries."""

    def __init__(self) -> None:
        self.known: dict[str, Account] = {}
        self.failures: dict[str, int] = {}
        self.off: set[str] = set()
        self.staff: dict[str, str] = {}
        self.shown: tuple[DemoAccount, ...] = ()

    def has(self, account: Account) -> Account:
        self.known[account.username] = account
        return account

    async def verify(self, username: str, password: str, address: str) -> Account | None:
        if self.failures.get(username, 0) >= MOST_FAILURES:
            raise TooManyAttemptsError
        account = self.known.get(username)
        if account is None or username in self.off or password != PASSWORD:
            self.failures[username] = self.failures.get(username, 0) + 1
            return None
        return account

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        return {
            each.subject.id: each.name for each in self.known.values() if each.subject.id in ids
        }

    async def doers(self, ids: Collection[str]) -> Mapping[str, Doer]:
        return {
            each.subject.id: Doer(each.name, each.role)
            for each in self.known.values()
            if each.subject.id in ids
        }

    async def demonstration(self) -> tuple[DemoAccount, ...]:
        return self.shown


class FakeSessions:
    """Sessions that never grow old by themselves; a test ends them."""

    def __init__(self, accounts: FakeAccounts, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._now = now
        self.kept: dict[str, BrowserSession] = {}
        self.ended: dict[str, BrowserSession] = {}

    def lie_idle(self) -> None:
        """All of them are over now; whose each was is still known."""
        self.ended |= self.kept
        self.kept.clear()

    async def find(self, secret: str) -> BrowserSession | None:
        return self.kept.get(secret)

    async def begin(self, secret: str, account_id: str | None, data: Mapping[str, Any]) -> None:
        found = (each for each in self._accounts.known.values() if each.subject.id == account_id)
        now = self._now()
        self.kept[secret] = BrowserSession(next(found, None), now, now, dict(data))

    async def keep(self, secret: str, data: Mapping[str, Any]) -> None:
        if secret in self.kept:
            self.kept[secret] = replace(self.kept[secret], data=dict(data), seen_at=self._now())

    async def end(self, secret: str) -> None:
        self.kept.pop(secret, None)


class FakeKeptForms:
    """Forms by the account of the session that they came too late for."""

    def __init__(self, sessions: FakeSessions) -> None:
        self._sessions = sessions
        self.kept: dict[str, KeptForm] = {}

    async def keep(self, secret: str, form: KeptForm) -> bool:
        ended = self._sessions.ended.get(secret)
        if ended is None or ended.account is None:
            return False
        self.kept[ended.account.subject.id] = form
        return True

    async def find(self, account_id: str) -> KeptForm | None:
        return self.kept.get(account_id)

    async def drop(self, account_id: str) -> None:
        self.kept.pop(account_id, None)


class FakeViews:
    """The trail as a list; `known` are deeds that a test puts there."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.noted: list[tuple[str, str, str]] = []
        self.searches: list[tuple[str, DeedFilter]] = []
        self.files: list[str] = []
        self.known: list[Deed] = []

    async def note(self, account_id: str, release_id: str, page: str) -> None:
        self.noted.append((account_id, release_id, page))

    async def note_search(
        self, account_id: str, wanted: DeedFilter, *, to_keep: bool = False
    ) -> None:
        if to_keep:
            self.files.append(account_id)
        self.searches.append((account_id, wanted))

    async def deeds(self, wanted: DeedFilter, limit: int) -> tuple[Deed, ...]:
        found = [
            each
            for each in self.known
            if wanted.reference in (None, each.reference)
            and wanted.changes in (None, each.is_change)
        ]
        return tuple(sorted(found, key=lambda each: each.at, reverse=True)[:limit])


class FakeAccountBook:
    """Looks after the accounts and sessions of the two fakes above."""

    def __init__(self, accounts: FakeAccounts, sessions: FakeSessions) -> None:
        self._accounts = accounts
        self._sessions = sessions

    async def listed(self) -> tuple[ListedAccount, ...]:
        return tuple(
            ListedAccount(
                each,
                "all",
                each.last_signed_in_at,
                each.username in self._accounts.off,
                self._accounts.staff.get(each.subject.id),
            )
            for each in sorted(self._accounts.known.values(), key=lambda one: one.name)
        )

    async def add(self, new: NewLocalAccount) -> str:
        faults = []
        if new.username in self._accounts.known:
            faults.append(FieldError("username", "Another account has this username."))
        if any(":" not in each for each in new.places):
            faults.append(FieldError("places", "Write the scope as prison:LEI, or all."))
        if faults:
            raise NotAcceptableError(faults)
        subject = Subject(id=f"id-{new.username}", role=new.role, manager=new.manager)
        known = Account(subject, new.username, new.name, AccountSource.LOCAL)
        self._accounts.has(known)
        return "first-password"

    async def link_staff(self, account_id: str, reference: str, by: str) -> None:
        if not reference.startswith("lei-"):
            raise NotAcceptableError([FieldError("staff", "Nobody of this role has it. Check it.")])
        self._accounts.staff[account_id] = reference

    async def renew_password(self, account_id: str) -> str:
        await self.end_sessions(account_id)
        return "another-password"

    async def set_disabled(self, account_id: str, *, disabled: bool) -> None:
        username = next(
            each.username for each in self._accounts.known.values() if each.subject.id == account_id
        )
        (self._accounts.off.add if disabled else self._accounts.off.discard)(username)

    async def end_sessions(self, account_id: str) -> int:
        ended = [
            secret
            for secret, each in self._sessions.kept.items()
            if each.account is not None and each.account.subject.id == account_id
        ]
        for secret in ended:
            del self._sessions.kept[secret]
        return len(ended)
