"""What the pages need to change the policy: a form for each row, a draft, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from api.pages.policy import FigureChange
from domain.errors import ThroughcareError


class FigureInput(NamedTuple):
    """One value of a row, as it is typed.

    Attributes:
        value: As it stands now: a number, a London time, or a severity.
        unit: What a number counts; empty for a time or a severity.
        choices: The severities with their words; empty for what is typed.
    """

    field: str
    label: str
    value: str
    unit: str
    choices: tuple[tuple[str, str], ...]


class PolicyForm(NamedTuple):
    """The form of one row.

    Attributes:
        figure: The row as the newest version has it, in words.
        base: The newest version that is decided, in force or planned; a change builds on it.
        earliest: The first London day on which a change can take effect.
    """

    slug: str
    section: str
    what: str
    figure: str
    source: str
    inputs: tuple[FigureInput, ...]
    base: str
    earliest: date


class ChangeWanted(NamedTuple):
    """A change as a form states it.

    Attributes:
        typed: Each value by the name of its field.
        base: The version that the form was opened over.
        decided_by: A board or a role, never a person's name.
        by: The account that records it.
    """

    slug: str
    typed: Mapping[str, str]
    base: str
    effective_on: date
    decided_by: str
    reason: str
    by: str


class FiguresRefusedError(ThroughcareError):
    """What was typed makes no policy.

    Attributes:
        faults: The field, empty for the whole form, and what to correct.
    """

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        """Say what there is to correct, one line each."""
        self.faults = tuple(faults)
        super().__init__("\n".join(text for _, text in faults))


class PolicyMovedError(ThroughcareError):
    """Another change was decided since the form was opened; nothing was stored."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The policy was changed after you opened this page. Read what stands there now, then "
            "go on if yours is still right."
        )


class Stands(StrEnum):
    """How a change stands today.

    `ELSEWHERE` is a change to another document than the one that the service was started with.
    """

    PLANNED = "planned"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "elsewhere"


class DecidedChange(NamedTuple):
    """A change that was decided here.

    Attributes:
        by: The account that recorded it.
        withdrawn_by: The account that took it back, and `withdrawn_at` when; None while it stands.
        may_withdraw: It is planned, and no other change builds on it.
    """

    version: str
    slug: str
    effective_on: date
    decided_by: str
    reason: str
    by: str
    at: datetime
    stands: Stands
    changes: tuple[FigureChange, ...]
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    may_withdraw: bool


class PolicyChanges(Protocol):
    """Changes to the policy.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def form(self, slug: str) -> PolicyForm | None:
        """Return the form of a row; None for a row that is not there or is not changed here."""

    async def draft(self, wanted: ChangeWanted) -> tuple[FigureChange, ...]:
        """Return every figure that would be another one; nothing is stored.

        Raises:
            FiguresRefusedError: No such policy can be.
            PolicyMovedError: The form was opened over another version.
        """

    async def record(self, wanted: ChangeWanted) -> str:
        """Decide a change and return its version.

        Raises:
            FiguresRefusedError: No such policy can be.
            PolicyMovedError: The form was opened over another version.
        """

    async def every(self) -> tuple[DecidedChange, ...]:
        """Return what was decided here, the newest first."""

    async def withdraw(self, version: str, by: str) -> bool:
        """Take a planned change back; false when it has begun, or another one builds on it."""
