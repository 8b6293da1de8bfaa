"""Absences in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, aliased

from api.duty_ports import AbsenceChangedError
from api.duty_records import AbsenceRecord, AwayRecord, StaffRecord
from domain.duty.checking import EntryFault, NameOf, absence_faults
from domain.duty.posts import Team
from domain.duty.revising import AbsenceRevision, version_of_absence
from domain.duty.rota import Absence
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import AbsenceRow, StaffRow, table_of
from infra.database.upsert import dialect_of, insert_into
from infra.duty.errors import FlawedRotaError
from infra.duty.staff import Changes, record_of
from infra.duty.turns import take_turns

_ABSENCES: Final = table_of(AbsenceRow)
_AT_ONCE: Final = 500
"""People in one query."""


class SqlAbsences:
    """When staff are away and who covers."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the absences in `database`."""
        self._database = database
        self._clock = clock

    def put(self, new: Sequence[Absence], by: str, name_of: NameOf) -> Changes:
        """Add or change absences; one that starts when a stored one does replaces it.

        All of them or none. The same again changes nothing.

        Raises:
            FlawedRotaError: Two of one person at once, or cover that leads back to them.
        """
        with self._database.write() as session:
            take_turns(session)
            stored = _stored(session, {each.staff_id for each in new})
            return self._put(session, stored, new, by, name_of)

    def revise(self, revision: AbsenceRevision, by: str, name_of: NameOf) -> None:
        """Add, change or take back one absence; what stands there already changes nothing.

        Raises:
            AbsenceChangedError: It is no longer what they saw; nothing was stored.
            FlawedRotaError: Two of one person at once, or cover that leads back to them.
        """
        with self._database.write() as session:
            take_turns(session)
            stored = _stored(session, {revision.staff_id})
            there = [each for each in stored if each.starts_at == revision.starts_at]
            old = there[0] if there else None
            if old == revision.absence:
                return
            if version_of_absence(old) != revision.seen:
                raise AbsenceChangedError
            if revision.absence is None:
                _remove(session, there)
            else:
                self._put(session, stored, [revision.absence], by, name_of)

    def replace(
        self, staff_id: str, new: Sequence[Absence], by: str, name_of: NameOf
    ) -> tuple[AbsenceRecord, ...]:
        """Put new absences in the place of all of a person's that are not over yet.

        Raises:
            FlawedRotaError: Two at once, or cover that leads back to them.
        """
        now = self._clock()
        with self._database.write() as session:
            take_turns(session)
            stored = _stored(session, {staff_id})
            over = [each for each in stored if each.ends_at is not None and each.ends_at <= now]
            staying = _beside(session, new, over)
            _refuse_faults(absence_faults(new, staying, name_of))
            _remove(session, [each for each in stored if each not in over and each not in new])
            self._store(session, [each for each in stored if each in over or each in new], new, by)
        return self.of(staff_id)

    def faults(self, new: Sequence[Absence], name_of: NameOf) -> tuple[EntryFault, ...]:
        """Return what would be wrong with absences if they were put in place now."""
        with self._database.read() as session:
            stored = _stored(session, {each.staff_id for each in new})
            staying = _beside(session, new, stored)
        return absence_faults(new, staying, name_of)

    def of(self, staff_id: str) -> tuple[AbsenceRecord, ...]:
        """Return a person's absences that are not over yet, in order."""
        cover = aliased(StaffRow)
        query = (
            select(AbsenceRow, cover)
            .outerjoin(cover, cover.id == AbsenceRow.cover_staff_id)
            .where(
                AbsenceRow.staff_id == staff_id,
                or_(AbsenceRow.ends_at.is_(None), AbsenceRow.ends_at > self._clock()),
            )
            .order_by(AbsenceRow.starts_at)
        )
        with self._database.read() as session:
            return tuple(
                AbsenceRecord(row.starts_at, row.ends_at, _cover(other))
                for row, other in session.execute(query)
            )

    def of_team(self, team: Team) -> tuple[AwayRecord, ...]:
        """Return the absences of a team's staff that are not over yet, the first first."""
        cover = aliased(StaffRow)
        query = (
            select(AbsenceRow, StaffRow, cover)
            .join(StaffRow, StaffRow.id == AbsenceRow.staff_id)
            .outerjoin(cover, cover.id == AbsenceRow.cover_staff_id)
            .where(
                StaffRow.organisation == team.organisation,
                StaffRow.role == team.role,
                or_(AbsenceRow.ends_at.is_(None), AbsenceRow.ends_at > self._clock()),
            )
            .order_by(AbsenceRow.starts_at, StaffRow.name)
        )
        with self._database.read() as session:
            return tuple(
                AwayRecord(record_of(staff), row.starts_at, row.ends_at, _cover(other))
                for row, staff, other in session.execute(query)
            )

    def _put(
        self,
        session: Session,
        stored: Sequence[Absence],
        new: Sequence[Absence],
        by: str,
        name_of: NameOf,
    ) -> Changes:
        staying = _beside(session, new, stored)
        _refuse_faults(absence_faults(new, staying, name_of))
        return self._store(session, stored, new, by)

    def _store(
        self, session: Session, stored: Sequence[Absence], new: Sequence[Absence], by: str
    ) -> Changes:
        known, wanted = set(stored), set(new)
        fresh = [each for each in new if each not in known]
        replaced = [each for each in _starting_with(stored, fresh) if each not in wanted]
        _remove(session, replaced)
        stamp = {"changed_at": self._clock(), "changed_by": by}
        if fresh:
            rows = [each._asdict() | stamp for each in fresh]
            session.execute(insert_into(_ABSENCES, dialect_of(session)), rows)
        return Changes(len(fresh) - len(replaced), len(replaced), len(new) - len(fresh))


def _cover(row: StaffRow | None) -> StaffRecord | None:
    return None if row is None else record_of(row)


def _refuse_faults(faults: Sequence[EntryFault]) -> None:
    if faults:
        raise FlawedRotaError(faults)


def _beside(session: Session, new: Sequence[Absence], own: Sequence[Absence]) -> list[Absence]:
    """Return what new absences are judged beside.

    That is what stays of `own`, the stored ones of the same people, and the absences of whoever
    covers in any of them, of whoever covers for them, and so on.
    """
    found = _staying(own, new)
    seen = {each.staff_id for each in new}
    asked = _covers([*found, *new]) - seen
    while asked:
        further = _stored(session, asked)
        found.extend(further)
        seen |= asked
        asked = _covers(further) - seen
    return found


def _covers(absences: Sequence[Absence]) -> set[str]:
    return {each.cover_staff_id for each in absences if each.cover_staff_id}


def _staying(stored: Sequence[Absence], new: Sequence[Absence]) -> list[Absence]:
    replaced = set(_starting_with(stored, new))
    return [each for each in stored if each not in replaced]


def _starting_with(stored: Sequence[Absence], new: Sequence[Absence]) -> list[Absence]:
    """Return the stored absences in whose place new ones come: same person, same start."""
    starts = {(each.staff_id, each.starts_at) for each in new}
    return [each for each in stored if (each.staff_id, each.starts_at) in starts]


def _stored(session: Session, staff_ids: Collection[str]) -> list[Absence]:
    found: list[Absence] = []
    ordered = sorted(staff_ids)
    for first in range(0, len(ordered), _AT_ONCE):
        some = ordered[first : first + _AT_ONCE]
        query = select(AbsenceRow).where(AbsenceRow.staff_id.in_(some))
        found.extend(
            Absence(each.staff_id, each.starts_at, each.ends_at, each.cover_staff_id)
            for each in session.execute(query).scalars()
        )
    return found


def _remove(session: Session, absences: Sequence[Absence]) -> None:
    for each in absences:
        key: tuple[Any, ...] = (
            _ABSENCES.c.staff_id == each.staff_id,
            _ABSENCES.c.starts_at == each.starts_at,
        )
        session.execute(delete(_ABSENCES).where(*key))
