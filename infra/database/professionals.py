"""Keeps the professionals that releases name: entries are added and never changed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from api.professional_ports import ProfessionalEntry, ProfessionalWanted
from domain.identifiers import FieldError, parse_email
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import ProfessionalRow, ReleaseRow, table_of
from notifications.numbers import parse_uk_phone

_PROFESSIONALS: Final = table_of(ProfessionalRow)
_NO_PHONE: Final = "Enter one UK phone number in figures, like 0113 496 0000 or 07700 900123"


class ProfessionalStore:
    """Professionals in SQL.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(
        self, database: Database, clock: Clock = utc_now, *, allow_drama: bool = False
    ) -> None:
        """Keep them in `database`.

        Args:
            database: Where.
            clock: The store's own.
            allow_drama: Whether invented numbers are accepted; never in production.
        """
        self._database = database
        self._clock = clock
        self._allow_drama = allow_drama

    def of(self, release_id: str) -> tuple[ProfessionalEntry, ...]:
        """Return every entry of a release, the oldest first."""
        query = (
            select(ProfessionalRow)
            .where(ProfessionalRow.release_id == release_id)
            .order_by(ProfessionalRow.at, ProfessionalRow.professional, ProfessionalRow.version)
        )
        with self._database.read() as session:
            return tuple(_entry(each) for each in session.execute(query).scalars())

    def record(self, wanted: ProfessionalWanted) -> bool:
        """Add an entry, unless another one came since; what stands already is not added again.

        Raises:
            FieldError: The phone number or the e-mail address cannot be one.
        """
        parsed = self._parsed(wanted)
        with self._database.write() as session:
            # Of two at once the second waits here, and then sees the first.
            held = select(ReleaseRow.id).where(ReleaseRow.id == wanted.release_id)
            session.execute(held.with_for_update())
            before = _newest(session, wanted)
            if _said(before) == _said(parsed):
                return True
            version = before.version if before else 0
            if version != wanted.seen:
                return False
            row = {
                "release_id": parsed.release_id,
                "professional": parsed.professional,
                "version": version + 1,
                "name": parsed.name,
                "phone": parsed.phone,
                "email": parsed.email,
                "at": self._clock(),
                "user_id": parsed.by,
                "role": parsed.role,
            }
            session.execute(insert(_PROFESSIONALS), row)
            return True

    def _parsed(self, wanted: ProfessionalWanted) -> ProfessionalWanted:
        if wanted.name is None:
            return wanted._replace(phone=None, email=None)
        phone = wanted.phone and parse_uk_phone(wanted.phone, allow_drama=self._allow_drama)
        if wanted.phone and phone is None:
            raise FieldError("phone", _NO_PHONE)
        return wanted._replace(phone=phone, email=wanted.email and parse_email(wanted.email))


def _newest(session: Session, wanted: ProfessionalWanted) -> ProfessionalEntry | None:
    query = (
        select(ProfessionalRow)
        .where(
            ProfessionalRow.release_id == wanted.release_id,
            ProfessionalRow.professional == wanted.professional,
        )
        .order_by(ProfessionalRow.version.desc())
        .limit(1)
    )
    found = session.execute(query).scalar_one_or_none()
    return _entry(found) if found else None


def _said(entry: ProfessionalEntry | ProfessionalWanted | None) -> tuple[str | None, ...]:
    return (entry.name, entry.phone, entry.email) if entry else (None, None, None)


def _entry(row: ProfessionalRow) -> ProfessionalEntry:
    return ProfessionalEntry(
        professional=row.professional,
        version=row.version,
        name=row.name,
        phone=row.phone,
        email=row.email,
        at=row.at,
        by=row.user_id,
        role=row.role,
    )
