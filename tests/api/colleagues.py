"""Who works where and leads on which release, in memory, for pages that need no rota."""

from __future__ import annotations

from dataclasses import dataclass

from api.duty_ports import DutyDesk
from api.duty_records import StaffPage, StaffRecord, WorkerRecord
from api.filters import PageOf
from domain.codes import Role
from domain.duty.access import TeamScope
from domain.duty.posts import Team
from infra.web.duty import ThreadedStaff


class Colleagues:
    """The list of staff, and the named workers of releases."""

    def __init__(self) -> None:
        self.known: dict[str, StaffRecord] = {}
        self.accounts: dict[str, str] = {}
        self.named: dict[tuple[str, Role], str] = {}

    def employs(self, staff_id: str, name: str, team: Team, account: str | None = None) -> None:
        """Add somebody, and the account that they sign in by."""
        self.known[staff_id] = StaffRecord(
            id=staff_id,
            reference=f"ref-{staff_id}",
            name=name,
            team=team,
            email=None,
            mobile=None,
            texts_stopped=False,
            left_at=None,
            account=None,
        )
        if account is not None:
            self.accounts[account] = staff_id

    def desk(self, real: DutyDesk) -> DutyDesk:
        """Return the desk with these instead of what a database holds."""
        book = real.staff
        assert isinstance(book, ThreadedStaff)
        staff = _Staff(book.sql, book.away_sql, book.entering, book.threads, self)
        return real._replace(staff=staff, workers=self)

    async def of(self, release_id: str) -> tuple[WorkerRecord, ...]:
        return tuple(
            WorkerRecord(role, self.known[staff_id])
            for (named, role), staff_id in self.named.items()
            if named == release_id
        )

    async def name(self, release_id: str, role: Role, staff_id: str | None, by: str) -> None:
        if staff_id is None:
            self.named.pop((release_id, role), None)
        else:
            self.named[release_id, role] = staff_id


@dataclass(frozen=True, slots=True)
class _Staff(ThreadedStaff):
    """What pages ask of the list of staff; the rest is asked of the real one."""

    colleagues: Colleagues

    async def one(self, staff_id: str) -> StaffRecord | None:
        return self.colleagues.known.get(staff_id)

    async def page(self, scope: TeamScope, organisation: str | None, page: PageOf) -> StaffPage:
        found = [
            each
            for each in self.colleagues.known.values()
            if scope.role in (None, each.team.role)
            and (scope.organisations is None or each.team.organisation in scope.organisations)
            and organisation in (None, each.team.organisation)
        ]
        return StaffPage(tuple(found[page.offset : page.offset + page.size]), len(found))
