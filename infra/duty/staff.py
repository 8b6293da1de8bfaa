"""Staff in SQL: entered many at once, each by the reference that their organisation gives them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from api.duty_records import StaffPage, StaffRecord
from api.filters import PageOf
from domain.duty.access import TeamScope
from domain.duty.posts import Team
from domain.duty.quality import ABOUT_MOBILES, ABOUT_SOMEBODY, TaskOutcome, TaskReason
from domain.duty.staff import StaffEntry
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.identities import is_theirs
from infra.database.tables import DataQualityTaskRow, StaffRow, UserRow, table_of
from infra.database.upsert import dialect_of, insert_into
from infra.duty.raising import Settled, settle_contact

_STAFF: Final = table_of(StaffRow)
_AT_ONCE: Final = 500
"""References in one query; far below the number of parameters that either database takes."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What came of entering something: how many were new, changed, and as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def in_words(self, things: str) -> str:
        """Return a sentence about `things`."""
        return (
            f"{self.added} {things} were added, {self.changed} changed, "
            f"{self.unchanged} were there already."
        )


class SqlStaff:
    """Members of staff."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the staff in `database`."""
        self._database = database
        self._clock = clock

    def put(self, entries: Sequence[StaffEntry], by: str) -> Changes:
        """Add or change staff, by reference; all in one transaction.

        Whoever has left stays left: a file of last month must not bring them back.

        Args:
            entries: With no reference twice.
            by: The account that enters them.
        """
        changed, now = 0, self._clock()
        with self._database.write() as session:
            known = _known(session, [each.reference for each in entries])
            stamp = {"changed_at": now, "changed_by": by}
            for each in entries:
                stored = known.get(each.reference)
                if stored is not None and (values := _differing(stored, each)):
                    changed += 1
                    own = update(_STAFF).where(_STAFF.c.id == stored.id)
                    session.execute(own.values(**values, **stamp))
                    replaced = Settled(TaskOutcome.CONTACT_REPLACED, by, now)
                    settle_contact(session, stored.id, _settled_by(values), replaced)
            new = [_new(each) | stamp for each in entries if each.reference not in known]
            if new:
                # Somebody else may add the same one at the same time; the first stands.
                statement = insert_into(_STAFF, dialect_of(session))
                session.execute(statement.on_conflict_do_nothing(), new)
        return Changes(len(new), changed, len(entries) - len(new) - changed)

    def leave(self, staff_id: str, by: str) -> StaffRecord | None:
        """Turn to somebody no more from now on; None when there is no such person."""
        now = self._clock()
        left = (
            update(_STAFF)
            .where(_STAFF.c.id == staff_id, _STAFF.c.left_at.is_(None))
            .values(left_at=now, changed_at=now, changed_by=by)
        )
        with self._database.write() as session:
            session.execute(left)
            settle_contact(session, staff_id, ABOUT_SOMEBODY, Settled(TaskOutcome.LEFT, by, now))
        return self.one(staff_id)

    def one(self, staff_id: str) -> StaffRecord | None:
        """Return one member of staff."""
        if "\0" in staff_id:
            return None  # PostgreSQL cannot even compare with it
        with self._database.read() as session:
            row = session.get(StaffRow, staff_id)
            return record_of(row) if row else None

    def by_reference(self, references: Collection[str]) -> dict[str, StaffRecord]:
        """Return those of the references that are known."""
        with self._database.read() as session:
            return {
                each.reference: record_of(each)
                for each in _known(session, sorted(references)).values()
            }

    def link(self, staff_id: str, username: str, by: str) -> None:
        """Say that somebody signs in by an account, instead of whoever did."""
        stamp = {"changed_at": self._clock(), "changed_by": by}
        with self._database.write() as session:
            earlier = update(_STAFF).where(_STAFF.c.account == username, _STAFF.c.id != staff_id)
            session.execute(earlier.values(account=None, **stamp))
            own = update(_STAFF).where(_STAFF.c.id == staff_id)
            session.execute(own.values(account=username, **stamp))

    def by_account(self) -> dict[str, str]:
        """Return the references of those who sign in, by account id."""
        query = select(UserRow.id, StaffRow.reference).join(StaffRow, is_theirs())
        with self._database.read() as session:
            return {row.id: row.reference for row in session.execute(query)}

    def unjoined(self, entries: Sequence[StaffEntry]) -> tuple[str, ...]:
        """Return the references of those whose account nobody has signed in with so far."""
        named = [each.reference for each in entries if each.account]
        query = select(StaffRow.reference).join(UserRow, is_theirs())
        found: set[str] = set()
        with self._database.read() as session:
            for some in _some(named):
                found.update(session.execute(query.where(StaffRow.reference.in_(some))).scalars())
        return tuple(each for each in named if each not in found)

    def page(self, scope: TeamScope, organisation: str | None, page: PageOf) -> StaffPage:
        """Return one page of the staff in scope, by team and name."""
        conditions = of_teams(StaffRow, scope)
        if organisation is not None:
            conditions.append(StaffRow.organisation == organisation)
        count = select(func.count()).select_from(StaffRow).where(*conditions)
        order = (StaffRow.organisation, StaffRow.role, StaffRow.name, StaffRow.id)
        lines = select(StaffRow).where(*conditions).order_by(*order)
        lines = lines.limit(page.size).offset(page.offset)
        with self._database.read() as session:
            rows = session.execute(lines).scalars()
            return StaffPage(tuple(map(record_of, rows)), session.execute(count).scalar_one())


def of_teams(
    rows: type[StaffRow | DataQualityTaskRow], scope: TeamScope
) -> list[ColumnElement[bool]]:
    """Return the conditions that hold exactly for rows of the teams in scope."""
    found: list[ColumnElement[bool]] = []
    if scope.role is not None:
        found.append(rows.role == scope.role)
    if scope.organisations is not None:
        found.append(rows.organisation.in_(scope.organisations))
    return found


def record_of(row: StaffRow) -> StaffRecord:
    """Return a row as the API has it."""
    return StaffRecord(
        id=row.id,
        reference=row.reference,
        name=row.name,
        team=Team(row.organisation, row.role),
        email=row.email,
        mobile=row.mobile,
        texts_stopped=row.texts_stopped,
        left_at=row.left_at,
        account=row.account,
    )


def _known(session: Session, references: Sequence[str]) -> dict[str, StaffRow]:
    found: dict[str, StaffRow] = {}
    for some in _some(references):
        query = select(StaffRow).where(StaffRow.reference.in_(some))
        found |= {each.reference: each for each in session.execute(query).scalars()}
    return found


def _some(references: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield as many at a time as one query takes."""
    for first in range(0, len(references), _AT_ONCE):
        yield references[first : first + _AT_ONCE]


def _values(entry: StaffEntry) -> dict[str, Any]:
    values = {
        "name": entry.name,
        "organisation": entry.team.organisation,
        "role": entry.team.role,
        "email": entry.email,
        "mobile": entry.mobile,
    }
    return values if entry.account is None else values | {"account": entry.account or None}


def _differing(stored: StaffRow, entry: StaffEntry) -> dict[str, Any]:
    values = {
        name: value for name, value in _values(entry).items() if getattr(stored, name) != value
    }
    if "mobile" in values:
        # Whoever stopped texts stopped them for the old number, and it is the old one that failed.
        values |= {"texts_stopped": False, "mobile_failed_at": None}
    return values


def _settled_by(changed: Collection[str]) -> frozenset[TaskReason]:
    """Return the reasons of tasks that a new number or address puts right."""
    mobiles = ABOUT_MOBILES if "mobile" in changed else frozenset()
    return mobiles | ({TaskReason.EMAIL_FAILED} if "email" in changed else frozenset())


def _new(entry: StaffEntry) -> dict[str, Any]:
    return {
        "id": f"s{uuid4().hex[:16]}",
        "reference": entry.reference,
        "texts_stopped": False,
        "mobile_failed_at": None,
        "account": None,
        "left_at": None,
        **_values(entry),
    }
