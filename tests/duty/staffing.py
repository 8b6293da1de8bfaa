"""Staff, shifts and absences written straight into a store, for the tests of what reads them."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.codes import Role
from domain.duty.posts import Post, Team
from infra.database.engine import Database
from infra.database.tables import AbsenceRow, AssignmentRow, ShiftRow, StaffRow

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
BEFORE = datetime(2026, 11, 1, tzinfo=UTC)
LEEDS = Team("LEI", Role.RESETTLEMENT)
LEEDS_HEALTH = Team("LEI", Role.HEALTHCARE)
HARTLEPOOL = Team("cds-hartlepool", Role.PROVIDER)
SOUTH_TEES = Team("N54STHA", Role.PROBATION)
_CHANGED = {"changed_at": BEFORE, "changed_by": "tests"}


class Staffing:
    """Fills one store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def employs(self, staff_id: str, team: Team = LEEDS, *, left_at: datetime | None = None) -> str:
        row = StaffRow(
            id=staff_id,
            reference=f"ref-{staff_id}",
            name=f"Name of {staff_id}",
            organisation=team.organisation,
            role=team.role,
            email=f"{staff_id}@example.org",
            mobile="+447700900123",
            texts_stopped=False,
            account=f"account-{staff_id}",
            left_at=left_at,
            **_CHANGED,
        )
        self._add(row)
        return staff_id

    def on(
        self,
        post: Post,
        staff_id: str,
        team: Team = LEEDS,
        *,
        from_: datetime = BEFORE,
        until: datetime | None = None,
    ) -> None:
        row = ShiftRow(
            organisation=team.organisation,
            role=team.role,
            post=post,
            staff_id=staff_id,
            starts_at=from_,
            ends_at=until,
            **_CHANGED,
        )
        self._add(row)

    def away(self, staff_id: str, cover: str | None = None) -> None:
        row = AbsenceRow(
            staff_id=staff_id, starts_at=BEFORE, ends_at=None, cover_staff_id=cover, **_CHANGED
        )
        self._add(row)

    def named(self, release_id: str, staff_id: str, role: Role = Role.RESETTLEMENT) -> None:
        self._add(AssignmentRow(release_id=release_id, role=role, staff_id=staff_id, **_CHANGED))

    def _add(self, row: object) -> None:
        with self.database.write() as session:
            session.add(row)
