"""The policy as a page shows it: every figure with its source, and how certain that is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple, Protocol

from api.pages.viewing import POLICY_CHANGED, POLICY_WITHDRAWN

CHANGES: Final = {
    POLICY_CHANGED: "Policy changed",
    POLICY_WITHDRAWN: "Planned change of the policy taken back",
}
"""What was done, as the audit search tells it."""


class Figure(NamedTuple):
    """One figure of the policy.

    Attributes:
        slug: What tells it from every other, in addresses.
        can_change: Whether a form types it anew; what a law sets, none does.
    """

    what: str
    figure: str
    source: str
    note: str
    certainty: str
    slug: str
    can_change: bool


class PolicySection(NamedTuple):
    """The figures of one step, or of one other part."""

    title: str
    figures: tuple[Figure, ...]


class ShownPolicy(NamedTuple):
    """A whole policy."""

    version: str
    title: str
    effective_on: date
    decided_by: str | None
    sections: tuple[PolicySection, ...]


class FigureChange(NamedTuple):
    """A figure that another version has differently; an empty one is not there at all."""

    section: str
    what: str
    old: str
    new: str


class PolicyVersion(NamedTuple):
    """A version that was in use here.

    Attributes:
        stored_at: Since when releases could follow it.
        decided_by: A board or a role; None when the document does not say.
        changes: What it has differently from the version before it; none for the first.
    """

    version: str
    title: str
    effective_on: date
    stored_at: datetime
    decided_by: str | None
    changes: tuple[FigureChange, ...]


class PolicyVersions(Protocol):
    """Every version of the policy that was in use here.

    Raises:
        RecordUnavailableError: The database does not answer.
    """

    async def __call__(self) -> tuple[PolicyVersion, ...]:
        """Return them, the newest first."""


class PolicyInForce(Protocol):
    """The policy that new releases follow."""

    def __call__(self) -> ShownPolicy:
        """Return it."""
