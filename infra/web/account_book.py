"""Looking after accounts, as the pages await it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import Final

from api.pages.accounts import ListedAccount, NewLocalAccount
from api.ports import NotAcceptableError
from domain.identifiers import FieldError
from infra.commands.scopes import ScopeError, places_of, scope_in_words
from infra.database.sessions import SessionStore
from infra.database.users import NewAccount, UsernameTakenError, UserStore
from infra.duty.staff import SqlStaff
from infra.reference_data.reference import ReferenceData
from infra.web.sign_in import Passwords
from infra.web.store import StoreThreads

_BYTES: Final = 12
"""96 random bits: a first password is typed once, and then kept by a browser or replaced."""


@dataclass(frozen=True, slots=True)
class StoredAccountBook:
    """Implements `api.pages.accounts.AccountBook`; see there for what each method promises."""

    users: UserStore
    staff: SqlStaff
    sessions: SessionStore
    passwords: Passwords
    reference: ReferenceData
    threads: StoreThreads

    async def listed(self) -> tuple[ListedAccount, ...]:
        """Return every account, by name."""
        linked = await self.threads.read(self.staff.by_account)
        return tuple(
            ListedAccount(
                account=each.account,
                places=scope_in_words(each.account.subject),
                signed_in_at=each.signed_in_at,
                is_disabled=each.disabled_at is not None,
                staff=linked.get(each.account.subject.id),
            )
            for each in await self.threads.read(self.users.listed)
        )

    async def link_staff(self, account_id: str, reference: str, by: str) -> None:
        """Say which member of staff signs in by an account."""
        accounts = {each.account.subject.id: each.account for each in await self.listed()}
        found = await self.threads.read(self.staff.by_reference, [reference])
        known = found.get(reference)
        if known is None or known.team.role is not accounts[account_id].role:
            text = "Nobody of this role has this reference in the list of staff. Check it."
            raise NotAcceptableError([FieldError("staff", text)])
        await self.threads.write(self.staff.link, known.id, accounts[account_id].username, by)

    async def add(self, new: NewLocalAccount) -> str:
        """Add an account; returns its first password."""
        try:
            places = places_of(new.role, new.places, self.reference)
        except ScopeError as error:
            raise NotAcceptableError([FieldError("places", error.message)]) from None
        password, known = await self._a_password()
        account = NewAccount(
            username=new.username,
            name=new.name,
            role=new.role,
            password=known,
            manager=new.manager,
            **places,
        )
        try:
            await self.threads.write(self.users.add, account)
        except UsernameTakenError as error:
            raise NotAcceptableError([FieldError("username", error.message)]) from None
        return password

    async def renew_password(self, account_id: str) -> str:
        """Give a local account another password and end its sessions."""
        password, known = await self._a_password()
        await self.threads.write(self.users.set_password, account_id, known)
        await self.end_sessions(account_id)
        return password

    async def set_disabled(self, account_id: str, *, disabled: bool) -> None:
        """Switch an account off, which ends its sessions, or on again."""
        await self.threads.write(self.users.set_disabled, account_id, disabled=disabled)
        if disabled:
            await self.end_sessions(account_id)

    async def end_sessions(self, account_id: str) -> int:
        """Sign an account out everywhere."""
        return await self.threads.write(self.sessions.end_all, account_id)

    async def _a_password(self) -> tuple[str, str]:
        password = secrets.token_urlsafe(_BYTES)
        return password, await asyncio.to_thread(self.passwords.hashed, password)
