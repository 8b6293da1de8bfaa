"""Keeps restrictions of records, each change with a row of the trail in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from api.pages.accounts import Account
from api.restriction_ports import Reader, RestrictionRecord, RestrictionWanted
from domain.access_restriction import Restriction, RestrictionChange, RestrictionReason
from domain.state import Phase, Release
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.reference import as_written
from infra.database.tables import (
    PersonRow,
    ReleaseRow,
    RestrictionChangeRow,
    RestrictionReaderRow,
    RestrictionRow,
    UserRow,
    table_of,
)
from infra.database.users import account_of, username_key
from infra.database.withholding import restriction_of

_CHANGES: Final = table_of(RestrictionChangeRow)
_READERS: Final = table_of(RestrictionReaderRow)
_RESTRICTIONS: Final = table_of(RestrictionRow)


class RestrictionStore:
    """Restrictions by the releases of their people.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the restrictions in `database`."""
        self._database = database
        self._clock = clock

    def of(self, release_id: str) -> Restriction | None:
        """Return the restriction of a release's person, None without one."""
        with self._database.read() as session:
            return restriction_of(session, _person(session, release_id))

    def listed(self) -> tuple[RestrictionRecord, ...]:
        """Return every restriction in force, by reference; they are few."""
        with self._database.read() as session:
            rows = session.execute(select(RestrictionRow)).scalars().all()
            found = [_record(session, each) for each in rows]
        return tuple(sorted(found, key=lambda each: each.reference))

    def release_of(self, reference: str) -> str | None:
        """Return the id of the release with a short reference, None when no person has it."""
        query = select(ReleaseRow.id).where(
            ReleaseRow.reference == as_written(reference), ReleaseRow.person_id.is_not(None)
        )
        with self._database.read() as session:
            return session.execute(query).scalar_one_or_none()

    def accounts(self, usernames: Collection[str]) -> dict[str, Account]:
        """Return the accounts with these usernames that are switched on, by username."""
        keys = {username_key(each) for each in usernames}
        query = select(UserRow).where(UserRow.username.in_(keys), UserRow.disabled_at.is_(None))
        with self._database.read() as session:
            return {each.username: account_of(each) for each in session.execute(query).scalars()}

    def restrict(self, wanted: RestrictionWanted) -> None:
        """Restrict all records of a release's person to the readers."""
        now = self._clock()
        with self._database.write() as session:
            person_id = _person_held(session, wanted.release_id)
            if person_id is None:
                return
            _forget(session, person_id)
            values = {"person_id": person_id, "reason": wanted.reason, "since": now}
            session.execute(insert(_RESTRICTIONS), values)
            rows = [{"person_id": person_id, "user_id": each} for each in sorted(wanted.readers)]
            session.execute(insert(_READERS), rows)
            self._note(session, wanted, RestrictionChange.RESTRICTED, wanted.reason)

    def lift(self, release_id: str, by: str) -> bool:
        """Open the records of a release's person again; False when they were not restricted."""
        with self._database.write() as session:
            person_id = _person_held(session, release_id)
            restriction = restriction_of(session, person_id)
            if person_id is None or restriction is None:
                return False
            _forget(session, person_id)
            lifted = RestrictionWanted(release_id, restriction.reason, frozenset(), by)
            self._note(session, lifted, RestrictionChange.LIFTED, None)
            return True

    def _note(
        self,
        session: Session,
        wanted: RestrictionWanted,
        change: RestrictionChange,
        reason: RestrictionReason | None,
    ) -> None:
        row = {
            "id": uuid4().hex,
            "at": self._clock(),
            "user_id": wanted.by,
            "release_id": wanted.release_id,
            "change": change,
            "reason": reason,
            "readers": sorted(wanted.readers),
        }
        session.execute(insert(_CHANGES), row)


def _person(session: Session, release_id: str) -> str | None:
    query = select(ReleaseRow.person_id).where(ReleaseRow.id == release_id)
    return session.execute(query).scalar_one_or_none()


def _person_held(session: Session, release_id: str) -> str | None:
    """Return the person, locked, so that of two changes at once the second replaces the first."""
    query = select(PersonRow.id).where(PersonRow.id == _person(session, release_id))
    return session.execute(query.with_for_update()).scalar_one_or_none()


def _forget(session: Session, person_id: str) -> None:
    session.execute(delete(_READERS).where(_READERS.c.person_id == person_id))
    session.execute(delete(_RESTRICTIONS).where(_RESTRICTIONS.c.person_id == person_id))


def _record(session: Session, row: RestrictionRow) -> RestrictionRecord:
    releases = (
        select(ReleaseRow.id, ReleaseRow.reference, ReleaseRow.phase, ReleaseRow.snapshot)
        .where(ReleaseRow.person_id == row.person_id)
        .order_by(ReleaseRow.reception_on.desc(), ReleaseRow.id)
    )
    named = (
        select(UserRow)
        .join(RestrictionReaderRow, RestrictionReaderRow.user_id == UserRow.id)
        .where(RestrictionReaderRow.person_id == row.person_id)
        .order_by(UserRow.name, UserRow.id)
    )
    found = session.execute(releases).all()
    readers = session.execute(named).scalars()
    return RestrictionRecord(
        release_id=found[0].id,
        reference=found[0].reference,
        reason=row.reason,
        since=row.since,
        readers=tuple(Reader(account_of(each), each.disabled_at is not None) for each in readers),
        releases=tuple(
            Release.model_validate(each.snapshot)
            for each in found
            if each.phase is not Phase.CLOSED
        ),
    )
