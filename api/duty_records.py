"""What the API reads of staff, rotas and tasks; some of it only for those who look after them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from domain.codes import Role
from domain.duty.outlook import Stretch
from domain.duty.posts import Post, Team
from domain.duty.quality import TaskOutcome, TaskReason
from domain.duty.rota import Unfilled
from domain.policy import Severity


class StaffRecord(NamedTuple):
    """A member of staff.

    Attributes:
        left_at: From then on nobody turns to them; None while they work here.
        account: The username they sign in with.
    """

    id: str
    reference: str
    name: str
    team: Team
    email: str | None
    mobile: str | None
    texts_stopped: bool
    left_at: datetime | None
    account: str | None


class StaffPage(NamedTuple):
    """One page of staff, and how many there are in all."""

    rows: tuple[StaffRecord, ...]
    total: int


class HolderRecord(NamedTuple):
    """Who holds a post at an instant, or why nobody does.

    Attributes:
        staff: Whoever is to be turned to.
        covers_for: The one whose shift it is, when somebody stands in.
        until: When the shift ends; None is until further notice, or nobody has it.
    """

    post: Post
    staff: StaffRecord | None
    covers_for: StaffRecord | None
    unfilled: Unfilled | None
    until: datetime | None


class ShiftRecord(NamedTuple):
    """One shift of a rota."""

    post: Post
    staff: StaffRecord
    starts_at: datetime
    ends_at: datetime | None


class AbsenceRecord(NamedTuple):
    """One absence, and who covers."""

    starts_at: datetime
    ends_at: datetime | None
    cover: StaffRecord | None


class AwayRecord(NamedTuple):
    """An absence of a member of a team, and who covers."""

    staff: StaffRecord
    starts_at: datetime
    ends_at: datetime | None
    cover: StaffRecord | None


Rota = tuple[Team, Post]
"""One post of one team."""


class Outlook(NamedTuple):
    """Who holds posts through a period.

    Attributes:
        rotas: Each from the first instant of the period to its end.
        staff: Whoever is named in them, by id.
        starts_at: The first instant of the period.
        ends_at: Its end; what goes on after it is cut off there.
    """

    rotas: Mapping[Rota, tuple[Stretch, ...]]
    staff: Mapping[str, StaffRecord]
    starts_at: datetime
    ends_at: datetime


class WorkerRecord(NamedTuple):
    """The named worker of one party for a release."""

    role: Role
    staff: StaffRecord


class TaskRecord(NamedTuple):
    """One data-quality task.

    Attributes:
        post: None is the named worker, or a task about somebody.
        staff: Whom it is about; None where it is about a post.
    """

    id: str
    team: Team
    post: Post | None
    staff: StaffRecord | None
    reason: TaskReason
    severity: Severity
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    outcome: TaskOutcome | None


class TaskPage(NamedTuple):
    """One page of tasks, and how many there are in all."""

    rows: tuple[TaskRecord, ...]
    total: int
