"""Who signs in: accounts, what a browser's session holds, and the ports that keep both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

from domain.access import Subject
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role

IDLE: Final = timedelta(hours=1)
"""How long a session may lie idle (ADR 15)."""

WHOLE: Final = timedelta(hours=12)
"""How long a session lasts at the most: a shift. Whoever works on signs in again (ADR 15)."""


class AccountSource(StrEnum):
    """Where an account's holder proves who they are."""

    LOCAL = "local"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may use the pages.

    Attributes:
        subject: What the rules of access know of them; its id is the account's.
        name: As colleagues know them.
        last_signed_in_at: The time before this one; None at the first.
    """

    subject: Subject
    username: str
    name: str
    source: AccountSource
    last_signed_in_at: datetime | None = None

    @property
    def role(self) -> Role:
        """The one role of the account."""
        return self.subject.role


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """What the server remembers of one browser.

    Attributes:
        account: None until somebody has signed in.
        data: Small values of the pages themselves, as JSON has them; never about a person.
        began_at: When somebody signed in, or the visitor's first page was answered.
        seen_at: When it was last known to be in use, to the minute.
    """

    account: Account | None
    began_at: datetime
    seen_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


class Doer(NamedTuple):
    """Whoever did something.

    Attributes:
        name: None of a system with a token.
        role: The one they have now; what they did does not say which they had then.
    """

    name: str | None
    role: Role


class DemoAccount(NamedTuple):
    """An account of the demonstration, with a password that everybody may know."""

    username: str
    password: str
    name: str
    role: Role


class Accounts(Protocol):
    """Local accounts, with passwords kept as slow hashes.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def verify(self, username: str, password: str, address: str) -> Account | None:
        """Return the account with this password, None when the two do not belong together.

        It takes as long for a name that does not exist, and counts what fails by name and by the
        address that it came from.

        Raises:
            TooManyAttemptsError: Too many failed within the last quarter of an hour.
        """

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """Return the names of the accounts among `ids`, by id; and of staff who have none."""

    async def doers(self, ids: Collection[str]) -> Mapping[str, Doer]:
        """Return the accounts, staff and systems among `ids`, by id."""

    async def demonstration(self) -> tuple[DemoAccount, ...]:
        """Return the accounts to show on the sign-in page; none outside a demonstration."""


class Sessions(Protocol):
    """Sessions of browsers, found by the secret in their cookie, of which a digest is kept.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def find(self, secret: str) -> BrowserSession | None:
        """Return a session that goes on; None when it does not, or its account is off."""

    async def begin(self, secret: str, account_id: str | None, data: Mapping[str, Any]) -> None:
        """Begin a session; with an account, that is when they signed in."""

    async def keep(self, secret: str, data: Mapping[str, Any]) -> None:
        """Put off the idle limit, and remember `data` instead of what was there."""

    async def end(self, secret: str) -> None:
        """Forget one session."""


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account as those who look after accounts see it.

    Attributes:
        places: In the words that scopes are written in: `prison:LEI`, `all`, `none`.
        staff: The reference of the member of staff who signs in by it, if that is known.
    """

    account: Account
    places: str
    signed_in_at: datetime | None
    is_disabled: bool
    staff: str | None = None

    @property
    def is_unlinked(self) -> bool:
        """Whether they can sign in and do casework, but no member of staff is known to be them."""
        works = self.account.role in CASEWORK_ROLES and not self.is_disabled
        return works and self.staff is None


class NewLocalAccount(NamedTuple):
    """A local account to add; `places` as scopes are written."""

    username: str
    name: str
    role: Role
    places: tuple[str, ...]
    manager: bool


class AccountBook(Protocol):
    """Looking after accounts.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def listed(self) -> tuple[ListedAccount, ...]:
        """Return every account, by name."""

    async def add(self, new: NewLocalAccount) -> str:
        """Add an account; returns its first password, which cannot be had again.

        Raises:
            NotAcceptableError: The username is taken, or a place is none that fits the role.
        """

    async def link_staff(self, account_id: str, reference: str, by: str) -> None:
        """Say which member of staff signs in by an account, instead of whoever did.

        Raises:
            NotAcceptableError: Nobody has this reference, or they are of another role.
        """

    async def renew_password(self, account_id: str) -> str:
        """Give a local account another password and end its sessions; returns the password."""

    async def set_disabled(self, account_id: str, *, disabled: bool) -> None:
        """Switch an account off, which ends its sessions, or on again."""

    async def end_sessions(self, account_id: str) -> int:
        """Sign an account out everywhere; returns how many sessions that ended."""
