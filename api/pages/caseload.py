"""The lists that pages show: which releases, in which order, with the step that is due first.

A page's filter that the JSON API does not have changes this file, and the query in infra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from api.filters import PageOf
from api.records import ReleaseRow
from domain.access import Scope
from domain.codes import Role
from domain.events import Event, EventKind
from domain.facts import AppointmentStatus
from domain.journey import Step


class DueIs(StrEnum):
    """How the next step of a release stands."""

    OVERDUE = "overdue"
    SOON = "soon"
    ON_TRACK = "on_track"


class CaseOrder(StrEnum):
    """How cases are sorted; a minus sorts the other way."""

    LEAVES_ON = "release"
    LEAVES_ON_LAST = "-release"
    URGENCY = "due"
    URGENCY_LAST = "-due"
    SURNAME = "name"
    SURNAME_LAST = "-name"


class LedBy(StrEnum):
    """Who leads on a release in the reader's own team."""

    ME = "me"
    NOBODY = "nobody"


class Reader(NamedTuple):
    """Whose list it is, for what depends on that."""

    account: str
    role: Role


class Stage(StrEnum):
    """Which releases a list is about."""

    OPEN = "open"
    BEFORE = "before"
    AFTER = "after"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases somebody wants to see; None does not narrow.

    Attributes:
        words: The beginning of a surname, both names in either order, a prison number or a
            reference.
        team: Cases in which this role has the step that is overdue or due first.
        due: How the next step stands, judged at `now`.
        soon: Until when a step counts as due soon.
        leaves_from: R once released, E until then, on or after this day.
        leaves_to: The same, on or before this day.
        leaves_among: The same, on one of these days.
        open_step: Cases in which this step is open.
        led_by: Cases whose named worker in the reader's team is the reader, or nobody.
        reader: Needed for `led_by`.
        ids: These releases and no other.
    """

    now: datetime
    soon: datetime
    stage: Stage | None = Stage.OPEN
    words: str | None = None
    team: Role | None = None
    due: DueIs | None = None
    prison: str | None = None
    leaves_from: date | None = None
    leaves_to: date | None = None
    leaves_among: tuple[date, ...] | None = None
    open_step: Step | None = None
    led_by: LedBy | None = None
    reader: Reader | None = None
    ids: tuple[str, ...] | None = None
    order: CaseOrder = CaseOrder.LEAVES_ON


class CaseRow(NamedTuple):
    """One line: a release, and the open step of it that is due first.

    Attributes:
        step: Among the steps of the team that was asked for, if one was.
        due_at: May have passed.
        lead: The named worker of the team that owns the step, by name.
    """

    release: ReleaseRow
    step: Step | None
    due_at: datetime | None
    lead: str | None = None


class CasePage(NamedTuple):
    """One page of cases, and how many there are in all."""

    rows: tuple[CaseRow, ...]
    total: int


class Change(NamedTuple):
    """Something that somebody else changed about a release."""

    release: ReleaseRow
    event: Event


class Meeting(NamedTuple):
    """An appointment that is coming up."""

    release: ReleaseRow
    at: datetime
    service: str
    status: AppointmentStatus


class Caseload(Protocol):
    """What lists read, restricted by scope in the query itself.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def cases(self, wanted: CaseFilter, scope: Scope, page: PageOf) -> CasePage:
        """Return one page of the cases in scope."""

    async def count(self, wanted: CaseFilter, scope: Scope) -> int:
        """Return how many cases there are in scope, as `cases` counts them."""

    async def changes(
        self, kinds: Sequence[EventKind], since: datetime, but: str, scope: Scope, limit: int
    ) -> tuple[Change, ...]:
        """Return what others than `but` changed about open releases in scope, newest first."""

    async def meetings(
        self, first: datetime, last: datetime, scope: Scope, limit: int
    ) -> tuple[Meeting, ...]:
        """Return the appointments of releases in scope between two instants, earliest first."""

    async def seen(self, account_id: str, limit: int) -> tuple[str, ...]:
        """Return the ids of the releases that an account viewed last, newest first."""
