"""Restricted records: what the web asks of them, and how the service owner looks after them.

Whether a record may be opened is for `domain.access_restriction` to say.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from api.pages.accounts import Account
from domain.access_restriction import Restriction, RestrictionReason
from domain.state import Release


class Reader(NamedTuple):
    """An account that a restriction names."""

    account: Account
    is_disabled: bool


class RestrictionRecord(NamedTuple):
    """A restriction as the service owner sees it, without the person.

    Attributes:
        release_id: The newest release of the person.
        reference: Its short reference.
        releases: All releases of the person that are not closed.
    """

    release_id: str
    reference: str
    reason: RestrictionReason
    since: datetime
    readers: tuple[Reader, ...]
    releases: tuple[Release, ...]


class RestrictionWanted(NamedTuple):
    """A restriction to make, or to put in place of the one there is.

    Attributes:
        release_id: Any release of the person.
        readers: Ids of accounts.
        by: The account that restricts.
    """

    release_id: str
    reason: RestrictionReason
    readers: frozenset[str]
    by: str


class Restrictions(Protocol):
    """Keeps restrictions; each change goes into the audit trail with it.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def of(self, release_id: str) -> Restriction | None:
        """Return the restriction of a release's person, None without one."""

    async def listed(self) -> tuple[RestrictionRecord, ...]:
        """Return every restriction in force, by reference."""

    async def release_of(self, reference: str) -> str | None:
        """Return the id of the release with a short reference, None when no person has it."""

    async def accounts(self, usernames: frozenset[str]) -> dict[str, Account]:
        """Return the accounts with these usernames that are switched on, by username."""

    async def restrict(self, wanted: RestrictionWanted) -> None:
        """Restrict all records of a release's person to the readers."""

    async def lift(self, release_id: str, by: str) -> bool:
        """Open the records of a release's person again; False when they were not restricted."""
