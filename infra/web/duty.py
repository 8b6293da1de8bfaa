"""Staff, rotas, named workers and tasks as the API awaits them, in threads of the web's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.duty_ports import DutyDesk
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
from api.ports import Clock, NotAcceptableError
from domain.codes import Role
from domain.duty.access import TeamScope
from domain.duty.checking import EntryFault
from domain.duty.posts import Post, Team
from domain.duty.quality import TaskOutcome
from domain.duty.revising import AbsenceRevision, Revision
from domain.duty.rota import Absence, Shift
from domain.duty.staff import StaffEntry
from domain.identifiers import FieldError
from infra.database.engine import Database
from infra.duty.absences import SqlAbsences
from infra.duty.entering import Entering
from infra.duty.errors import FlawedRotaError
from infra.duty.rotas import SqlRotas
from infra.duty.staff import SqlStaff
from infra.duty.tasks import SqlTasks
from infra.duty.teams import Teams
from infra.duty.workers import SqlWorkers
from infra.reference_data.reference import ReferenceData
from infra.web.store import StoreThreads


def duty_desk(
    database: Database,
    threads: StoreThreads,
    reference: ReferenceData,
    now: Clock,
    *,
    allow_drama: bool,
) -> DutyDesk:
    """Return everything the API is given about who is turned to."""
    teams = Teams(reference)
    entering = Entering(teams, allow_drama)
    staff, absences = SqlStaff(database, now), SqlAbsences(database, now)
    return DutyDesk(
        staff=ThreadedStaff(staff, absences, entering, threads),
        rotas=ThreadedRotas(SqlRotas(database, now), threads),
        workers=ThreadedWorkers(SqlWorkers(database, now), threads),
        tasks=ThreadedTasks(SqlTasks(database, now), threads),
    )


@dataclass(frozen=True, slots=True)
class ThreadedStaff:
    """Implements `api.duty_ports.StaffBook`; see there for what each method promises."""

    sql: SqlStaff
    away_sql: SqlAbsences
    entering: Entering
    threads: StoreThreads

    def team(self, role: Role, code: str) -> Team:
        """Return the team of a role at an organisation."""
        return self.entering.teams.team(role, code)

    def checked(self, entry: StaffEntry) -> StaffEntry:
        """Return the entry as it is stored."""
        return self.entering.checked(entry)

    async def page(self, scope: TeamScope, organisation: str | None, page: PageOf) -> StaffPage:
        """Return one page of the staff of the teams in scope."""
        return await self.threads.read(self.sql.page, scope, organisation, page)

    async def one(self, staff_id: str) -> StaffRecord | None:
        """Return one member of staff."""
        return await self.threads.read(self.sql.one, staff_id)

    async def known_as(self, reference: str) -> StaffRecord | None:
        """Return whoever has a reference."""
        found = await self.threads.read(self.sql.by_reference, [reference])
        return found.get(reference)

    async def put(self, entry: StaffEntry, by: str) -> StaffRecord:
        """Add or change one."""
        await self.threads.write(self.sql.put, [entry], by)
        found = await self.threads.read(self.sql.by_reference, [entry.reference])
        return found[entry.reference]

    async def leave(self, staff_id: str, by: str) -> StaffRecord | None:
        """Turn to somebody no more from now on."""
        return await self.threads.write(self.sql.leave, staff_id, by)

    async def absences(self, staff_id: str) -> tuple[AbsenceRecord, ...]:
        """Return a person's absences that are not over yet."""
        return await self.threads.read(self.away_sql.of, staff_id)

    async def away(self, team: Team) -> tuple[AwayRecord, ...]:
        """Return the absences of a team's staff that are not over yet."""
        return await self.threads.read(self.away_sql.of_team, team)

    async def revise_absence(self, revision: AbsenceRevision, by: str) -> None:
        """Add, change or take back an absence that somebody has looked at."""
        try:
            await self.threads.write(self.away_sql.revise, revision, by, _this)
        except FlawedRotaError as error:
            raise _refused("absences", error.faults) from None

    async def replace_absences(
        self, staff_id: str, absences: Sequence[Absence], by: str
    ) -> tuple[AbsenceRecord, ...]:
        """Put absences in the place of all that are not over yet."""

        def name_of(place: int) -> str:
            return f"absence {place}"

        try:
            return await self.threads.write(self.away_sql.replace, staff_id, absences, by, name_of)
        except FlawedRotaError as error:
            raise _refused("absences", error.faults) from None


@dataclass(frozen=True, slots=True)
class ThreadedRotas:
    """Implements `api.duty_ports.Rotas`."""

    sql: SqlRotas
    threads: StoreThreads

    async def holders(self, team: Team, at: datetime) -> tuple[HolderRecord, ...]:
        """Return who holds each post of a team."""
        return await self.threads.read(self.sql.holders, team, at)

    async def shifts(
        self, team: Team, starts_at: datetime, ends_at: datetime
    ) -> tuple[ShiftRecord, ...]:
        """Return a team's shifts of a period."""
        return await self.threads.read(self.sql.shifts, team, starts_at, ends_at)

    async def rota(self, team: Team, post: Post) -> tuple[Shift, ...]:
        """Return every shift of one post."""
        return await self.threads.read(self.sql.rota, team, post)

    async def outlook(
        self,
        teams: Sequence[Team],
        posts: Sequence[Post] | None,
        starts_at: datetime,
        ends_at: datetime,
    ) -> Outlook:
        """Return who holds posts of teams through a period."""
        return await self.threads.read(self.sql.outlook, teams, posts, starts_at, ends_at)

    async def revise(self, revision: Revision, by: str) -> None:
        """Put one shift into a rota that somebody has looked at."""
        try:
            await self.threads.write(self.sql.revise, revision, by, _this)
        except FlawedRotaError as error:
            raise _refused("shifts", error.faults) from None

    async def replace(self, shifts: Sequence[Shift], by: str) -> None:
        """Put the shifts of one rota in the place of whatever stood in their period."""

        def name_of(place: int) -> str:
            return f"shift {place}"

        try:
            await self.threads.write(self.sql.replace, shifts, by, name_of)
        except FlawedRotaError as error:
            raise _refused("shifts", error.faults) from None


@dataclass(frozen=True, slots=True)
class ThreadedWorkers:
    """Implements `api.duty_ports.Workers`."""

    sql: SqlWorkers
    threads: StoreThreads

    async def of(self, release_id: str) -> tuple[WorkerRecord, ...]:
        """Return the named workers of a release."""
        return await self.threads.read(self.sql.of, release_id)

    async def name(self, release_id: str, role: Role, staff_id: str | None, by: str) -> None:
        """Name the worker of one party, or nobody."""
        await self.threads.write(self.sql.name, release_id, role, staff_id, by)


@dataclass(frozen=True, slots=True)
class ThreadedTasks:
    """Implements `api.duty_ports.QualityTasks`."""

    sql: SqlTasks
    threads: StoreThreads

    async def page(self, scope: TeamScope, page: PageOf, *, is_open: bool | None) -> TaskPage:
        """Return one page of the tasks of the teams in scope."""
        return await self.threads.read(self.sql.page, scope, page, is_open=is_open)

    async def one(self, task_id: str) -> TaskRecord | None:
        """Return one task."""
        return await self.threads.read(self.sql.one, task_id)

    async def close(self, task_id: str, outcome: TaskOutcome, by: str) -> bool:
        """Close a task; false when it was closed before."""
        return await self.threads.write(self.sql.close, task_id, outcome, by)


def _this(_place: int) -> str:
    """Return what the only entry there is called."""
    return "this"


def _refused(entries: str, faults: Sequence[EntryFault]) -> NotAcceptableError:
    """Entries are counted from 0, as their paths are."""
    return NotAcceptableError(
        [FieldError(f"{entries}.{each.place}.{each.field}", each.message) for each in faults]
    )
