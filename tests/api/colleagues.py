"""Who works where and leads on which release, in memory, for pages that need no rota."""

from __future__ import annotations

from typing import Any, cast

from api.duty_ports import DutyDesk, StaffBook
from api.duty_records import StaffPage, StaffRecord, WorkerRecord
from api.filters import PageOf
from domain.codes import Role
from domain.duty.access import TeamScope
from domain.duty.posts import Team


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
        return real._replace(staff=cast("StaffBook", _Staff(self, real.staff)), workers=self)

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


class _Staff:
    """What pages ask of the list of staff; the rest asks the real one."""

    def __init__(self, colleagues: Colleagues, real: StaffBook) -> None:
        self._colleagues = colleagues
        self._real = real

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real one has
        return getattr(self._real, name)

    async def one(self, staff_id: str) -> StaffRecord | None:
        return self._colleagues.known.get(staff_id)

    async def page(self, scope: TeamScope, organisation: str | None, page: PageOf) -> StaffPage:
        found = [
            each
            for each in self._colleagues.known.values()
            if scope.role in (None, each.team.role)
            and (scope.organisations is None or each.team.organisation in scope.organisations)
            and organisation in (None, each.team.organisation)
        ]
        return StaffPage(tuple(found[page.offset : page.offset + page.size]), len(found))
