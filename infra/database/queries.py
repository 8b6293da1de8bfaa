"""What lists and pages of releases read, restricted by scope in the query itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from api.filters import EscalationFilter, PageOf, ReleaseFilter
from api.records import (
    EscalationPage,
    EscalationRow,
    Person,
    RecordedEvent,
    ReleaseDetail,
    ReleasePage,
    ReleaseRow,
    StepRow,
)
from domain.access import Scope
from domain.events import Event, EventKind
from domain.journey import DEFINITIONS, Step
from domain.state import Release
from infra.database import tables
from infra.database.clock import Clock, utc_now
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.narrowing import escalations_wanted, release_order, releases_wanted
from infra.database.people import search_key
from infra.database.scope import in_scope
from infra.database.withholding import is_named_to, is_withheld, refuse_withheld

CoveredUntil = Callable[[Release], date | None]
"""Answers the last day of unbroken prescription cover; the store holds no rules to work it out."""

_JOURNEY_ORDER: Final = {step: position for position, step in enumerate(DEFINITIONS)}
_HIGHEST: Final = "\U0010ffff"


class SqlReads:
    """Reads for the API and the pages; each method is one read-only transaction.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(
        self, database: Database, covered_until: CoveredUntil, clock: Clock = utc_now
    ) -> None:
        """Read from `database`, asking `covered_until` about each release's prescription."""
        self._database = database
        self._covered_until = covered_until
        self._clock = clock

    def releases(self, wanted: ReleaseFilter, scope: Scope, page: PageOf) -> ReleasePage:
        """Return one page of the releases in scope."""
        conditions = [in_scope(scope), *releases_wanted(wanted, self._clock())]
        count = select(func.count()).select_from(tables.ReleaseRow).where(*conditions)
        lines = _release_lines(scope).where(*conditions).order_by(*release_order(wanted.order))
        with self._database.read() as session:
            total = session.execute(count).scalar_one()
            found = session.execute(lines.limit(page.size).offset(page.offset))
            return ReleasePage(tuple(map(release_row, found)), total)

    def find(self, words: str, scope: Scope, limit: int = 50) -> tuple[ReleaseRow, ...]:
        """Return releases in scope by exact prison number or the beginning of a surname."""
        key = search_key(words)
        if not key:
            return ()
        surname = tables.PersonRow.surname_key
        # A range, because both stores answer one from the index, and LIKE only sometimes.
        begins = surname.between(key, key + _HIGHEST)
        number = tables.PersonRow.prison_number == words.strip().upper()
        lines = _release_lines(scope).where(in_scope(scope), begins | number)
        ordered = lines.order_by(surname, tables.PersonRow.forename, tables.ReleaseRow.id)
        with self._database.read() as session:
            found = session.execute(ordered.limit(limit))
            return tuple(map(release_row, found))

    def release(self, release_id: str, scope: Scope) -> ReleaseDetail | None:
        """Return a release in scope; None for any other.

        Raises:
            RecordRestricted: It is closed to the scope's account.
        """
        query = select(
            tables.ReleaseRow.reference, tables.ReleaseRow.person_id, tables.ReleaseRow.snapshot
        ).where(tables.ReleaseRow.id == release_id, in_scope(scope))
        with self._database.read() as session:
            found = session.execute(query).one_or_none()
            if found is None:
                return None
            refuse_withheld(session, found.person_id, scope)
            person, steps = _person(session, found.person_id), _steps(session, release_id)
        state = Release.model_validate(found.snapshot)
        return ReleaseDetail(found.reference, person, state, steps, self._covered_until(state))

    def state(self, release_id: str) -> Release | None:
        """Return the newest state, whoever asks: for deciding on permission, never to be sent."""
        query = select(tables.ReleaseRow.snapshot).where(tables.ReleaseRow.id == release_id)
        with self._database.read() as session:
            found = session.execute(query).scalar_one_or_none()
        return None if found is None else Release.model_validate(found)

    def events(
        self, release_id: str, scope: Scope, after: int, limit: int
    ) -> tuple[RecordedEvent, ...] | None:
        """Return up to `limit` events after number `after`, in order; None when out of scope.

        Raises:
            RecordRestricted: The release is closed to the scope's account.
        """
        known = select(tables.ReleaseRow.person_id).where(
            tables.ReleaseRow.id == release_id, in_scope(scope)
        )
        following = (
            select(tables.EventRow)
            .where(tables.EventRow.release_id == release_id, tables.EventRow.seq > after)
            .order_by(tables.EventRow.seq)
            .limit(limit)
        )
        with self._database.read() as session:
            found = session.execute(known).one_or_none()
            if found is None:
                return None
            refuse_withheld(session, found.person_id, scope)
            return tuple(_recorded(each) for each in session.execute(following).scalars())

    def escalations(self, wanted: EscalationFilter, scope: Scope, page: PageOf) -> EscalationPage:
        """Return one page of the escalations of releases in scope."""
        lines = _escalation_lines(scope).where(in_scope(scope), *escalations_wanted(wanted))
        count = select(func.count()).select_from(lines.subquery())
        row = tables.EscalationRow
        ordered = lines.order_by(row.severity, row.opened_at.desc(), row.id)
        with self._database.read() as session:
            total = session.execute(count).scalar_one()
            found = session.execute(ordered.limit(page.size).offset(page.offset))
            return EscalationPage(tuple(EscalationRow(**each) for each in found.mappings()), total)

    def escalation(self, escalation_id: str, scope: Scope) -> EscalationRow | None:
        """Return an escalation of a release in scope; None for any other.

        Raises:
            RecordRestricted: The release is closed to the scope's account.
        """
        one = tables.EscalationRow.id == escalation_id
        whose = select(_RELEASE.person_id).join(_LADDER, _LADDER.release_id == _RELEASE.id)
        line = _escalation_lines(scope).where(one, in_scope(scope))
        with self._database.read() as session:
            found = session.execute(line).mappings().one_or_none()
            if found is None:
                return None
            person_id = session.execute(whose.where(one)).scalar_one()
            refuse_withheld(session, person_id, scope)
        return EscalationRow(**found)


_RELEASE, _PERSON, _CONTACT = tables.ReleaseRow, tables.PersonRow, tables.ContactRow
_LADDER, _STEP = tables.EscalationRow, tables.StepRow

_RELEASE_COLUMNS: Final[tuple[Any, ...]] = (
    *(_RELEASE.id.label("release_id"), _RELEASE.reference),
    *(_PERSON.prison_number, _PERSON.forename, _PERSON.surname),
    *(_RELEASE.prison, _RELEASE.destination, _RELEASE.nation, _RELEASE.probation_unit),
    *(_RELEASE.service, _RELEASE.release_type, _RELEASE.phase, _RELEASE.closure),
    *(_RELEASE.expected_on, _RELEASE.released_on, _RELEASE.short_notice),
    *(_RELEASE.next_due_step, _RELEASE.next_due_at, _RELEASE.next_due_severity),
    _RELEASE.worst_lapsed_severity,
)
_PERSON_COLUMNS: Final[tuple[Any, ...]] = (
    *(_PERSON.prison_number, _PERSON.crn, _PERSON.forename, _PERSON.surname),
    *(_PERSON.date_of_birth.label("born_on"), _PERSON.sex, _PERSON.ethnicity),
    _CONTACT.value.label("mobile"),
)
_STEP_COLUMNS: Final[tuple[Any, ...]] = (
    *(_STEP.step, _STEP.status, _STEP.due_at, _STEP.severity, _STEP.source),
    *(_STEP.compressed, _STEP.lapsed_at, _STEP.lapses),
)
_LADDER_COLUMNS: Final[tuple[Any, ...]] = (
    *(_LADDER.id.label("escalation_id"), _LADDER.release_id, _RELEASE.reference),
    *(_LADDER.number, _LADDER.step, _LADDER.severity, _LADDER.status, _LADDER.level),
    *(_LADDER.opened_at, _LADDER.next_at, _LADDER.acknowledged_by),
    *(_PERSON.prison_number, _PERSON.forename, _PERSON.surname),
    _RELEASE.released_on.is_not(None).label("is_released"),
)


def release_columns(scope: Scope) -> tuple[Any, ...]:
    """Return the columns of `ReleaseRow` in a query that joins people by `is_named_to`."""
    return (*_RELEASE_COLUMNS, is_withheld(scope).label("restricted"))


def release_row(row: Row[Any]) -> ReleaseRow:
    """Return a row of `release_columns` and nothing else as a line: its fields have their order."""
    return ReleaseRow(*tuple(row))


def _release_lines(scope: Scope) -> Select[Any]:
    return select(*release_columns(scope)).outerjoin(_PERSON, is_named_to(scope))


def _escalation_lines(scope: Scope) -> Select[Any]:
    columns = (*_LADDER_COLUMNS, is_withheld(scope).label("restricted"))
    of_release = select(*columns).join(_RELEASE, _RELEASE.id == _LADDER.release_id)
    return of_release.outerjoin(_PERSON, is_named_to(scope))


def _person(session: Session, person_id: str | None) -> Person | None:
    if person_id is None:
        return None
    mobile = (_CONTACT.person_id == _PERSON.id) & (_CONTACT.kind == ContactKind.MOBILE)
    query = select(*_PERSON_COLUMNS).outerjoin(_CONTACT, mobile).where(_PERSON.id == person_id)
    return Person(**session.execute(query).mappings().one())


def _steps(session: Session, release_id: str) -> tuple[StepRow, ...]:
    query = select(*_STEP_COLUMNS).where(_STEP.release_id == release_id)
    found = [StepRow(**each) for each in session.execute(query).mappings()]
    return tuple(sorted(found, key=lambda each: _JOURNEY_ORDER[each.step]))


def _recorded(row: tables.EventRow) -> RecordedEvent:
    event = Event(
        seq=row.seq,
        kind=EventKind(row.kind),
        at=row.at,
        on=row.true_on,
        step=Step(row.step) if row.step else None,
        actor=row.actor,
        data=row.data,
        key=row.key,
        digest=row.digest,
    )
    return RecordedEvent(event, row.recorded_at)
