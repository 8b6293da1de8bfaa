"""What the API needs of staff, rotas, named workers and tasks; infra provides it over SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from api.duty_records import (
    AbsenceRecord,
    AwayRecord,
    HolderRecord,
    Outlook,
    ShiftRecord,
    StaffPage,
    StaffRecord,
    TaskPage,
    TaskRecord,
    WorkerRecord,
)
from api.filters import PageOf
from domain.codes import Role
from domain.duty.access import TeamScope
from domain.duty.posts import Post, Team
from domain.duty.quality import TaskOutcome
from domain.duty.revising import AbsenceRevision, Revision
from domain.duty.rota import Absence, Shift
from domain.duty.staff import StaffEntry
from domain.errors import ThroughcareError


class TeamUnknownError(ThroughcareError):
    """No such team, or no such post of it."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such team or post. Check the role, the code and the post.")


class StaffUnknownError(ThroughcareError):
    """No such member of staff, or none that the caller has to do with."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such member of staff. Check the id.")


class TaskUnknownError(ThroughcareError):
    """No such task, or none that the caller has to do with."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such task. Check its id.")


_CHANGED: Final = (
    "Somebody else changed this {} after you opened this page. Read what stands there now, then "
    "save again if yours is still right."
)


class RotaChangedError(ThroughcareError):
    """Somebody else changed a rota after it was looked at; nothing was stored."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(_CHANGED.format("rota"))


class AbsenceChangedError(ThroughcareError):
    """Somebody else changed an absence after it was looked at; nothing was stored."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(_CHANGED.format("absence"))


class StaffBook(Protocol):
    """Members of staff and their absences.

    Raises:
        RecordUnavailableError: From any method but `team` and `checked`.
    """

    def team(self, role: Role, code: str) -> Team:
        """Return the team of a role at an organisation, by any code that means it.

        Raises:
            FieldError: No such organisation for this role, or a role that has no rotas.
        """

    def checked(self, entry: StaffEntry) -> StaffEntry:
        """Return the entry as it is stored, checked as a line of a file is.

        Raises:
            NotAcceptableError: With every fault.
        """

    async def page(self, scope: TeamScope, organisation: str | None, page: PageOf) -> StaffPage:
        """Return one page of the staff of the teams in scope, by team and name."""

    async def one(self, staff_id: str) -> StaffRecord | None:
        """Return one member of staff."""

    async def known_as(self, reference: str) -> StaffRecord | None:
        """Return whoever has a reference."""

    async def put(self, entry: StaffEntry, by: str) -> StaffRecord:
        """Add or change one, by reference."""

    async def leave(self, staff_id: str, by: str) -> StaffRecord | None:
        """Turn to somebody no more from now on; None when there is no such person."""

    async def absences(self, staff_id: str) -> tuple[AbsenceRecord, ...]:
        """Return a person's absences that are not over yet."""

    async def away(self, team: Team) -> tuple[AwayRecord, ...]:
        """Return the absences of a team's staff that are not over yet, the first first."""

    async def revise_absence(self, revision: AbsenceRevision, by: str) -> None:
        """Add, change or take back an absence; what stands there already is nothing.

        Raises:
            AbsenceChangedError: It is no longer what they saw; nothing was stored.
            NotAcceptableError: Two at once, or cover by themselves; nothing was stored.
        """

    async def replace_absences(
        self, staff_id: str, absences: Sequence[Absence], by: str
    ) -> tuple[AbsenceRecord, ...]:
        """Put absences in the place of all that are not over yet.

        Raises:
            NotAcceptableError: Two at once, or cover by themselves; nothing was stored.
        """


class Rotas(Protocol):
    """Who is on duty when.

    Raises:
        RecordUnavailableError: From any method.
    """

    async def holders(self, team: Team, at: datetime) -> tuple[HolderRecord, ...]:
        """Return who holds each post of a team, or why nobody does."""

    async def shifts(
        self, team: Team, starts_at: datetime, ends_at: datetime
    ) -> tuple[ShiftRecord, ...]:
        """Return a team's shifts that run at any time of a period."""

    async def rota(self, team: Team, post: Post) -> tuple[Shift, ...]:
        """Return every shift of one post, the first first."""

    async def outlook(
        self,
        teams: Sequence[Team],
        posts: Sequence[Post] | None,
        starts_at: datetime,
        ends_at: datetime,
    ) -> Outlook:
        """Return who holds posts of teams through a period, the end not in it.

        Args:
            teams: Whose.
            posts: Which; None is each that a page can turn to, and any other that is held.
            starts_at: From then on.
            ends_at: Until just before then.
        """

    async def revise(self, revision: Revision, by: str) -> None:
        """Put one shift into a rota that somebody has looked at; the same again is nothing.

        Raises:
            RotaChangedError: It is no longer what they saw; nothing was stored.
            NotAcceptableError: A gap or a wrong end; nothing was stored.
        """

    async def replace(self, shifts: Sequence[Shift], by: str) -> None:
        """Put the shifts of one rota in the place of whatever stood in the period they span.

        Raises:
            NotAcceptableError: A gap, an overlap or a wrong end; nothing was stored.
        """


class Workers(Protocol):
    """The named workers of releases."""

    async def of(self, release_id: str) -> tuple[WorkerRecord, ...]:
        """Return the named workers of a release."""

    async def name(self, release_id: str, role: Role, staff_id: str | None, by: str) -> None:
        """Name the worker of one party, or nobody."""


class QualityTasks(Protocol):
    """What keeps pages from landing."""

    async def page(self, scope: TeamScope, page: PageOf, *, is_open: bool | None) -> TaskPage:
        """Return one page of the tasks of the teams in scope, the oldest first."""

    async def one(self, task_id: str) -> TaskRecord | None:
        """Return one task."""

    async def close(self, task_id: str, outcome: TaskOutcome, by: str) -> bool:
        """Close a task; false when it was closed before."""


class DutyDesk(NamedTuple):
    """Everything about who is turned to."""

    staff: StaffBook
    rotas: Rotas
    workers: Workers
    tasks: QualityTasks
