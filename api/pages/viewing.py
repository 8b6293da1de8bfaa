"""Who saw whose record: the part of the audit trail that no event tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from domain.codes import Role

PROFESSIONAL_DEED: Final = "professional_"
"""Begins what was done where a professional was recorded; the kind of professional ends it."""

PHONE_DEED: Final = "phone_"
"""Begins what was recorded of the person's phone; a `notifications.trail.Happened` ends it."""

POLICY_CHANGED: Final = "policy_changed"
POLICY_WITHDRAWN: Final = "policy_change_withdrawn"
"""What was done to the policy; it belongs to no record."""


class Deed(NamedTuple):
    """Somebody saw or changed a record.

    Attributes:
        account_id: Who; of an account or a token.
        name: Their name; None for what has no account.
        what: A page's route for a viewing; for a change a kind of event, what was done to the
            restriction of the record (`RestrictionChange`), which professional was recorded, or
            what of the person's phone; or what was done to the policy.
        release_id: Empty, like the reference, for what was done to the policy.
    """

    at: datetime
    account_id: str
    name: str | None
    role: Role | None
    release_id: str
    reference: str
    is_change: bool
    what: str


@dataclass(frozen=True)
class DeedFilter:
    """Which deeds an auditor looks for; None does not narrow.

    Attributes:
        reference: The short reference of a release.
        username: Of an account.
        since: From this London day on.
        until: Up to and including this London day.
        changes: True keeps changes only, False viewings only.
    """

    reference: str | None = None
    username: str | None = None
    since: date | None = None
    until: date | None = None
    changes: bool | None = None


class Views(Protocol):
    """The trail of viewings, and the search through it and through what was recorded.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def note(self, account_id: str, release_id: str, page: str) -> None:
        """Add that an account saw a record on a page, given by its route."""

    async def note_search(
        self, account_id: str, wanted: DeedFilter, *, to_keep: bool = False
    ) -> None:
        """Add that an account searched the trail and for what, and whether it took a file."""

    async def deeds(self, wanted: DeedFilter, limit: int) -> tuple[Deed, ...]:
        """Return the newest deeds first."""
