"""What the pages' lists read, restricted by scope in the query itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from api.filters import PageOf
from api.pages.caseload import CaseFilter, CaseOrder, CasePage, CaseRow, Change, Meeting
from api.records import ReleaseRow
from domain.access import Scope
from domain.access_table import team_of
from domain.codes import Role
from domain.events import Event, EventKind
from domain.facts import AppointmentStatus
from domain.journey import DEFINITIONS, Step
from domain.london_time import london_date
from domain.state import Phase
from infra.database import tables
from infra.database.casing import (
    case_order,
    cases_wanted,
    names_anybody,
)
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.queries import release_columns, release_row
from infra.database.scope import in_scope
from infra.database.withholding import is_named_to

_RELEASE, _PERSON, _EVENT = tables.ReleaseRow, tables.PersonRow, tables.EventRow
_MEETING, _VIEW, _NAMED = tables.AppointmentRow, tables.PageViewRow, tables.AssignmentRow

BEHIND: Final = timedelta(days=28)
AHEAD: Final = timedelta(days=84)
"""How far around today a change is news; it keeps the search for changes inside an index."""

_OF_THE_EVENT: Final = ("seq", "kind", "at", "actor", "data")


class CaseloadReads:
    """Reads for lists; each method is one read-only transaction.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Read from `database`."""
        self._database = database
        self._clock = clock

    def cases(self, wanted: CaseFilter, scope: Scope, page: PageOf) -> CasePage:
        """Return one page of the cases in scope."""
        with self._database.read() as session:
            shown, total = _page(session, wanted, scope, page)
            found = _lines(session, shown, scope)
            first = _first_due(session, found, wanted.team)
            leads = _leads(session, shown)
        rows = (_case(each, first.get(each.release_id), leads) for each in found)
        return CasePage(tuple(rows), total)

    def count(self, wanted: CaseFilter, scope: Scope) -> int:
        """Return how many cases there are in scope, as `cases` counts them."""
        with self._database.read() as session:
            total: int = session.execute(_counted(wanted, scope)).scalar_one()
            return total

    def changes(
        self, kinds: Sequence[EventKind], since: datetime, but: str, scope: Scope, limit: int
    ) -> tuple[Change, ...]:
        """Return what others than `but` changed about open releases in scope, newest first."""
        today = london_date(self._clock())
        query = (
            select(*release_columns(scope), *(getattr(_EVENT, each) for each in _OF_THE_EVENT))
            .join(_EVENT, _EVENT.release_id == _RELEASE.id)
            .outerjoin(_PERSON, is_named_to(scope))
            .where(
                in_scope(scope),
                _RELEASE.phase != Phase.CLOSED,
                _RELEASE.leaves_on.between(today - BEHIND, today + AHEAD),
                _RELEASE.projected_at >= since,
                _EVENT.kind.in_(kinds),
                _EVENT.at >= since,
                _EVENT.actor != but,
            )
            .order_by(_EVENT.at.desc(), _RELEASE.id, _EVENT.seq.desc())
            .limit(limit)
        )
        with self._database.read() as session:
            found = [dict(each) for each in session.execute(query).mappings()]
        return tuple(_change(each) for each in found)

    def meetings(
        self, first: datetime, last: datetime, scope: Scope, limit: int
    ) -> tuple[Meeting, ...]:
        """Return the appointments of releases in scope between two instants, earliest first."""
        query = (
            select(
                *release_columns(scope),
                _MEETING.at,
                _MEETING.service.label("seen_by"),
                _MEETING.status,
            )
            .join(_MEETING, _MEETING.release_id == _RELEASE.id)
            .outerjoin(_PERSON, is_named_to(scope))
            .where(
                in_scope(scope),
                _RELEASE.phase != Phase.CLOSED,
                _MEETING.at.between(first, last),
                _MEETING.status != AppointmentStatus.CANCELLED,
            )
            .order_by(_MEETING.at, _RELEASE.id)
            .limit(limit)
        )
        with self._database.read() as session:
            found = [dict(each) for each in session.execute(query).mappings()]
        return tuple(_meeting(each) for each in found)

    def seen(self, account_id: str, limit: int) -> tuple[str, ...]:
        """Return the ids of the releases that an account viewed last, newest first."""
        query = (
            select(_VIEW.release_id)
            .where(_VIEW.user_id == account_id, _VIEW.release_id.is_not(None))
            .group_by(_VIEW.release_id)
            .order_by(func.max(_VIEW.at).desc())
            .limit(limit)
        )
        with self._database.read() as session:
            return tuple(each for each in session.execute(query).scalars() if each)


def _page(
    session: Session, wanted: CaseFilter, scope: Scope, page: PageOf
) -> tuple[list[str], int]:
    """Return the ids of one page, and how many there are in all.

    In two queries: an index gives the first page in its order at once, and anything that finds
    both together would first put every row aside.
    """
    total = session.execute(_counted(wanted, scope)).scalar_one()
    found = _narrowed(select(_RELEASE.id), wanted, scope).order_by(*case_order(wanted.order))
    shown = session.execute(found.limit(page.size).offset(page.offset)).scalars()
    return list(shown), total


def _counted(wanted: CaseFilter, scope: Scope) -> Select[*tuple[Any, ...]]:
    # Without its order, which may join everybody by name only to be counted.
    counted = replace(wanted, order=CaseOrder.LEAVES_ON)
    return _narrowed(select(func.count()).select_from(_RELEASE), counted, scope)


def _narrowed(
    query: Select[*tuple[Any, ...]], wanted: CaseFilter, scope: Scope
) -> Select[*tuple[Any, ...]]:
    if names_anybody(wanted):
        query = query.outerjoin(_PERSON, is_named_to(scope))
    return query.where(in_scope(scope), *cases_wanted(wanted))


def _lines(session: Session, ids: Sequence[str], scope: Scope) -> list[ReleaseRow]:
    """Return the lines of releases in the order of their ids: only these large rows are read."""
    query = select(*release_columns(scope)).outerjoin(_PERSON, is_named_to(scope))
    rows = map(release_row, session.execute(query.where(_RELEASE.id.in_(ids))))
    found = {each.release_id: each for each in rows}
    return [found[each] for each in ids]


def _first_due(
    session: Session, rows: Sequence[ReleaseRow], team: Role | None
) -> dict[str, tuple[Step, datetime]]:
    """Return the open step of each release that is due first: lapsed ones are due still."""
    step = tables.StepRow
    # Not by status: with that to go by, SQLite reads the steps of everybody. Open ones are due.
    query = select(step.due_at, step.step, step.release_id).where(
        step.release_id.in_([each.release_id for each in rows]), step.due_at.is_not(None)
    )
    waiting = sorted(
        (due_at, which, release_id)
        for due_at, which, release_id in session.execute(query)
        if due_at is not None
    )
    released = {each.release_id: each.released_on is not None for each in rows}
    found: dict[str, tuple[Step, datetime]] = {}
    for due_at, which, release_id in waiting:
        if team is None or team in team_of(which, released=released[release_id]):
            found.setdefault(release_id, (which, due_at))
    return found


def _leads(session: Session, ids: Sequence[str]) -> dict[tuple[str, Role], str]:
    """Return the named worker of each party of each release, by name."""
    query = (
        select(_NAMED.release_id, _NAMED.role, tables.StaffRow.name)
        .join(tables.StaffRow, tables.StaffRow.id == _NAMED.staff_id)
        .where(_NAMED.release_id.in_(ids))
    )
    return {(release_id, role): name for release_id, role, name in session.execute(query)}


def _case(
    release: ReleaseRow,
    first: tuple[Step, datetime] | None,
    leads: Mapping[tuple[str, Role], str],
) -> CaseRow:
    if first is None:
        return CaseRow(release, None, None)
    owner = DEFINITIONS[first[0]].owner
    return CaseRow(release, *first, leads.get((release.release_id, owner)))


def _change(row: dict[str, Any]) -> Change:
    event = Event.model_validate({name: row.pop(name) for name in _OF_THE_EVENT})
    return Change(ReleaseRow(**row), event)


def _meeting(row: dict[str, Any]) -> Meeting:
    at, service, status = row.pop("at"), row.pop("seen_by"), row.pop("status")
    return Meeting(ReleaseRow(**row), at, service, status)
