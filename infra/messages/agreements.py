"""What people leaving prison agreed to about texts, with every change in the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from api.message_ports import TextingChangedError
from api.message_records import TextingChoice, TextingRecord
from domain.identifiers import FieldError
from infra.database.clock import Clock, utc_now
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.people import put_contact
from infra.database.tables import OptOutRow, PersonRow, ReleaseRow, TextingRow
from infra.duty.cells import mobile_parser
from infra.messages.person_facts import mobile_of
from infra.messages.trail import About, note_all
from notifications.catalogue import Language
from notifications.trail import Happened

_NO_NUMBER: Final = "They agreed to texts, and no mobile number is known. Give theirs"


class _Change(NamedTuple):
    """What somebody recorded, beside what was known before."""

    choice: TextingChoice
    before: TextingRecord
    mobile: str | None

    @property
    def is_other_number(self) -> bool:
        return self.mobile != self.before.mobile

    @property
    def settled(self) -> bool:
        """Whether the number may be trusted anew."""
        return self.choice.checked or self.is_other_number

    def happened(self) -> list[Happened]:
        """Return what is new; nothing when the same was recorded before."""
        was, now = self.before, self.choice
        is_first = was.recorded_at is None
        new = {
            Happened.AGREED: now.agreed and (is_first or not was.agreed),
            Happened.NOT_AGREED: not now.agreed and (is_first or was.agreed),
            Happened.AT_RISK: now.at_risk and not was.at_risk,
            Happened.NOT_AT_RISK: was.at_risk and not now.at_risk,
            Happened.LANGUAGE_CHOSEN: now.language is not was.language,
            Happened.NUMBER_CHANGED: self.is_other_number,
            Happened.NUMBER_CHECKED: now.checked and (was.checked_at is None or self._is_recheck),
        }
        return [each for each, is_new in new.items() if is_new]

    @property
    def _is_recheck(self) -> bool:
        return self.is_other_number or self.before.unusable_since is not None


class SqlAgreements:
    """Agreements to texts in SQL."""

    def __init__(
        self, database: Database, clock: Clock = utc_now, *, allow_drama: bool = False
    ) -> None:
        """Keep agreements in `database`.

        Args:
            database: Where.
            clock: The store's own.
            allow_drama: Whether invented numbers may be texted; never in production.
        """
        self._database = database
        self._clock = clock
        self._parsed = mobile_parser(allow_drama=allow_drama)

    def of(self, release_id: str) -> TextingRecord | None:
        """Return what the person of a release agreed to; None when no person is known."""
        with self._database.read() as session:
            person_id = _person(session, release_id)
            return _known(session, person_id) if person_id else None

    def record(
        self, release_id: str, choice: TextingChoice, by: str, seen: str | None = None
    ) -> TextingRecord | None:
        """Keep what they said, in one transaction with its trail; the same again changes nothing.

        Raises:
            FieldError: A number that cannot be texted, or an agreement without any.
            TextingChangedError: It is no longer what was looked at.
        """
        now = self._clock()
        with self._database.write() as session:
            person_id = _person(session, release_id)
            if person_id is None:
                return None
            # One after the other, so that the trail says what became of what.
            session.execute(select(PersonRow.id).where(PersonRow.id == person_id).with_for_update())
            before = _known(session, person_id)
            if seen not in (None, before.version):
                raise TextingChangedError
            change = _Change(choice, before, self._number(choice, before))
            happened = change.happened()
            if happened:
                _keep(session, person_id, change, now, by)
                about = About(release_id=release_id, recipient=person_id)
                note_all(session, [(now, each, about, by) for each in happened])
            return _known(session, person_id)

    def _number(self, choice: TextingChoice, before: TextingRecord) -> str | None:
        if choice.mobile is not None:
            return self._parsed(choice.mobile)
        if not choice.agreed:
            return before.mobile
        if before.mobile is None:
            raise FieldError("mobile", _NO_NUMBER)
        # What was imported may be a landline, which nobody has refused yet.
        return self._parsed(before.mobile)


def _person(session: Session, release_id: str) -> str | None:
    query = select(ReleaseRow.person_id).where(ReleaseRow.id == release_id)
    return session.execute(query).scalar_one_or_none()


def _known(session: Session, person_id: str) -> TextingRecord:
    mobile, row = mobile_of(session, person_id), session.get(TextingRow, person_id)
    out = exists().where(OptOutRow.address == mobile, OptOutRow.ended_at.is_(None))
    return TextingRecord(
        agreed=row is not None and row.agreed,
        at_risk=row is not None and row.at_risk,
        language=Language(row.language) if row else Language.ENGLISH,
        mobile=mobile,
        opted_out=bool(session.execute(select(out)).scalar_one()),
        checked_at=row.checked_at if row else None,
        unusable_since=row.unusable_since if row else None,
        recorded_at=row.recorded_at if row else None,
        recorded_by=row.recorded_by if row else None,
    )


def _keep(session: Session, person_id: str, change: _Change, now: datetime, by: str) -> None:
    choice, before = change.choice, change.before
    if change.is_other_number and change.mobile is not None:
        put_contact(session, person_id, ContactKind.MOBILE, change.mobile, now)
    row = session.get(TextingRow, person_id) or TextingRow(person_id=person_id)
    row.agreed, row.at_risk, row.language = choice.agreed, choice.at_risk, choice.language.value
    still_checked = None if change.is_other_number else before.checked_at
    row.checked_at = now if choice.checked else still_checked
    row.unusable_since = None if change.settled else before.unusable_since
    row.recorded_at, row.recorded_by = now, by
    session.add(row)
    session.flush()
