"""Rotas in SQL: replaced by periods, and only when nothing is wrong with the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, or_, select, tuple_
from sqlalchemy.orm import Session

from api.duty_ports import RotaChangedError
from api.duty_records import HolderRecord, Outlook, ShiftRecord
from domain.duty.checking import EntryFault, NameOf, rotas_of, shift_faults
from domain.duty.posts import Post, Team
from domain.duty.revising import Revision, version_of
from domain.duty.rota import Shift
from domain.duty.splicing import outside, period_of
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import ShiftRow, StaffRow, table_of
from infra.database.upsert import dialect_of, insert_into
from infra.duty.errors import FlawedRotaError
from infra.duty.holding import holders
from infra.duty.outlooks import outlook
from infra.duty.shift_rows import COLUMNS, of_team, shift_of
from infra.duty.staff import Changes, record_of
from infra.duty.turns import take_turns

_SHIFTS: Final = table_of(ShiftRow)
_AT_ONCE: Final = 500
"""Rotas in one query; their keys are parameters, of which databases take so many."""


class SqlRotas:
    """The shifts of every post."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the rotas in `database`."""
        self._database = database
        self._clock = clock

    def replace(self, new: Sequence[Shift], by: str, name_of: NameOf) -> Changes:
        """Put each rota's new shifts in the place of whatever stood in the period they span.

        All of them or none, in one transaction. The same again changes nothing.

        Args:
            new: Of any number of rotas.
            by: The account that gives them.
            name_of: Names a shift by its place, for what is wrong with another.

        Raises:
            FlawedRotaError: A shift has a flaw or leaves a gap; nothing was stored.
        """
        now = self._clock()
        with self._database.write() as session:
            take_turns(session)
            stored = _stored(session, new)
            if faults := shift_faults(new, stored, now, name_of):
                raise FlawedRotaError(faults)
            return _put(session, stored, _after(stored, new), new, _stamp(now, by))

    def revise(self, revision: Revision, by: str, name_of: NameOf) -> Changes:
        """Put one shift into a rota that somebody has looked at.

        The same again changes nothing, whatever has become of the rota it was first meant for.

        Raises:
            RotaChangedError: The rota is no longer what they saw; nothing was stored.
            FlawedRotaError: The shift has a flaw or leaves a gap; nothing was stored.
        """
        now = self._clock()
        with self._database.write() as session:
            take_turns(session)
            stored = _stored(session, [revision.shift])
            after = revision.after(stored)
            if set(after) != set(stored) and version_of(stored) != revision.seen:
                raise RotaChangedError
            staying = revision.staying(stored)
            if faults := shift_faults([revision.shift], staying, now, name_of):
                raise FlawedRotaError(faults)
            return _put(session, stored, after, [revision.shift], _stamp(now, by))

    def faults(self, new: Sequence[Shift], name_of: NameOf) -> tuple[EntryFault, ...]:
        """Return what would be wrong with new shifts if they were put in place now."""
        with self._database.read() as session:
            return shift_faults(new, _stored(session, new), self._clock(), name_of)

    def shifts(self, team: Team, starts_at: datetime, ends_at: datetime) -> tuple[ShiftRecord, ...]:
        """Return a team's shifts that run at any time of a period, by post and start."""
        query = (
            select(ShiftRow, StaffRow)
            .join(StaffRow, StaffRow.id == ShiftRow.staff_id)
            .where(
                *of_team(team),
                ShiftRow.starts_at < ends_at,
                or_(ShiftRow.ends_at.is_(None), ShiftRow.ends_at > starts_at),
            )
            .order_by(ShiftRow.post, ShiftRow.starts_at)
        )
        with self._database.read() as session:
            return tuple(
                ShiftRecord(shift.post, record_of(staff), shift.starts_at, shift.ends_at)
                for shift, staff in session.execute(query)
            )

    def rota(self, team: Team, post: Post) -> tuple[Shift, ...]:
        """Return every shift of one post, the first first; a few hundred a year."""
        query = select(*COLUMNS).where(*of_team(team), ShiftRow.post == post)
        with self._database.read() as session:
            return tuple(map(shift_of, session.execute(query.order_by(ShiftRow.starts_at))))

    def outlook(
        self,
        teams: Sequence[Team],
        posts: Sequence[Post] | None,
        starts_at: datetime,
        ends_at: datetime,
    ) -> Outlook:
        """Return who holds posts of teams through a period; see `infra.duty.outlooks`."""
        with self._database.read() as session:
            return outlook(session, teams, posts, starts_at, ends_at)

    def teams(self, organisation: str | None = None) -> tuple[Team, ...]:
        """Return the teams that have ever had a rota, of one organisation or of all."""
        query = select(ShiftRow.organisation, ShiftRow.role).distinct()
        if organisation is not None:
            query = query.where(ShiftRow.organisation == organisation)
        with self._database.read() as session:
            rows = session.execute(query.order_by(ShiftRow.organisation, ShiftRow.role))
            return tuple(Team(*each) for each in rows)

    def holders(self, team: Team, at: datetime) -> tuple[HolderRecord, ...]:
        """Return who holds each post of a team, or why nobody does."""
        with self._database.read() as session:
            return holders(session, team, at)


def _stored(session: Session, new: Sequence[Shift]) -> list[Shift]:
    """Return all shifts of the rotas in question; a rota is a few hundred a year."""
    rotas = sorted({(*each.team, each.post) for each in new})
    keys = tuple_(ShiftRow.organisation, ShiftRow.role, ShiftRow.post)
    found: list[Shift] = []
    for first in range(0, len(rotas), _AT_ONCE):
        query = select(*COLUMNS).where(keys.in_(rotas[first : first + _AT_ONCE]))
        found.extend(map(shift_of, session.execute(query)))
    return found


def _stamp(now: datetime, by: str) -> dict[str, Any]:
    return {"changed_at": now, "changed_by": by}


def _put(
    session: Session,
    stored: Sequence[Shift],
    becomes: Sequence[Shift],
    new: Sequence[Shift],
    stamp: dict[str, Any],
) -> Changes:
    before, after = set(stored), set(becomes)
    for each in before - after:
        session.execute(delete(_SHIFTS).where(*_key(each)))
    rows = [_row(each) | stamp for each in after - before]
    if rows:
        session.execute(insert_into(_SHIFTS, dialect_of(session)), rows)
    kept = len(before & after & set(new))
    return Changes(len(set(new) - before), len(before - after), kept)


def _after(stored: Sequence[Shift], new: Sequence[Shift]) -> list[Shift]:
    known = rotas_of(stored)
    after = list(new)
    for rota, shifts in rotas_of(new).items():
        after.extend(outside(known.get(rota, ()), period_of(shifts)))
    return after


def _key(shift: Shift) -> tuple[Any, ...]:
    columns = _SHIFTS.c
    return (
        columns.organisation == shift.team.organisation,
        columns.role == shift.team.role,
        columns.post == shift.post,
        columns.starts_at == shift.starts_at,
    )


def _row(shift: Shift) -> dict[str, Any]:
    return {
        "organisation": shift.team.organisation,
        "role": shift.team.role,
        "post": shift.post,
        "staff_id": shift.staff_id,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
    }
