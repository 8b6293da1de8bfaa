"""Which part of a list somebody wants: filters, order and page.

A new filter changes this file, its query parameter (`api.queries`) and the query in infra.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.codes import Role, SubstanceGroup
from domain.journey import Step
from domain.policy import Channel, Severity
from domain.state import LadderStatus, Phase
from notifications.messages import MessageStatus, RecipientKind
from notifications.wires import FaultClass


class ReleaseOrder(StrEnum):
    """How a list of releases is sorted; a minus sorts the other way, ties by id."""

    LEAVES_ON = "leaves_on"
    LEAVES_ON_LAST = "-leaves_on"
    NEXT_DUE_AT = "next_due_at"
    NEXT_DUE_AT_LAST = "-next_due_at"
    SURNAME = "surname"
    SURNAME_LAST = "-surname"


@dataclass(frozen=True, slots=True)
class ReleaseFilter:
    """What a list of releases is narrowed by; None does not narrow.

    Attributes:
        step: Releases on which this step is open.
        overdue: Whether a step stands past its due time.
        leaves_from: R once released, E until then, on or after this day.
        leaves_to: The same, on or before this day.
        group: The treatment group; only clinical roles may narrow by it.
    """

    reference: str | None = None
    prison: str | None = None
    probation_unit: str | None = None
    service: str | None = None
    destination: str | None = None
    phase: Phase | None = None
    step: Step | None = None
    overdue: bool | None = None
    leaves_from: date | None = None
    leaves_to: date | None = None
    group: SubstanceGroup | None = None
    order: ReleaseOrder = ReleaseOrder.LEAVES_ON


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is to act on an open escalation, seen from one account.

    It is theirs while their role answers for the step and no colleague has taken it.

    Attributes:
        is_theirs: False asks for the open ones that wait for somebody else.
    """

    role: Role
    account: str
    is_theirs: bool = True

    @property
    def others(self) -> Turn:
        """The turn of everybody else."""
        return replace(self, is_theirs=False)


@dataclass(frozen=True, slots=True)
class EscalationFilter:
    """What a list of escalations is narrowed by; the newest and most severe come first.

    Attributes:
        is_open: True leaves out those that are closed, False keeps only those.
        turn: Open ones of which it is, or is not, an account's turn.
    """

    severity: Severity | None = None
    status: LadderStatus | None = None
    step: Step | None = None
    release_id: str | None = None
    is_open: bool | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """What a list of messages is narrowed by; the newest come first.

    Attributes:
        reference: The short reference of a release.
        fault: Those that failed, or wait, for a fault of this class.
        since: Those written at or after this instant.
        until: Those written before this instant.
    """

    release_id: str | None = None
    channel: Channel | None = None
    status: MessageStatus | None = None
    since: datetime | None = None
    until: datetime | None = None
    reference: str | None = None
    severity: Severity | None = None
    fault: FaultClass | None = None
    kind: RecipientKind | None = None


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which part of a list: pages count from 1."""

    number: int = 1
    size: int = 50

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size
