"""The trail of viewings, and the search through it, all events and all changes beside them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    case,
    cast,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause

from api.pages.viewing import (
    PHONE_DEED,
    POLICY_CHANGED,
    POLICY_WITHDRAWN,
    PROFESSIONAL_DEED,
    Deed,
    DeedFilter,
)
from domain.london_time import london_instant
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import (
    EventRow,
    MessageTrailRow,
    PageViewRow,
    PolicyChangeRow,
    ProfessionalRow,
    ReleaseRow,
    RestrictionChangeRow,
    UserRow,
    table_of,
)
from infra.database.users import username_key
from notifications.trail import RECORDED

_VIEWS: Final = table_of(PageViewRow)
_EVENTS: Final = table_of(EventRow)
_POLICY: Final = table_of(PolicyChangeRow)
_PROFESSIONALS: Final = table_of(ProfessionalRow)
_RELEASES: Final = table_of(ReleaseRow)
_RESTRICTIONS: Final = table_of(RestrictionChangeRow)
_TRAIL: Final = table_of(MessageTrailRow)
_USERS: Final = table_of(UserRow)


class _Source(NamedTuple):
    """A table of deeds about records.

    Attributes:
        what: As a `Deed` has it.
        number: Orders what happened in one instant; None where nothing needs to.
        only: The rows of the table that are deeds.
    """

    table: Table
    at: ColumnElement[datetime]
    actor: ColumnElement[Any]
    what: ColumnElement[Any]
    number: ColumnElement[int] | None = None
    only: tuple[ColumnElement[bool], ...] = ()
    is_change: bool = True


_VIEWINGS: Final = _Source(
    _VIEWS,
    _VIEWS.c.at,
    _VIEWS.c.user_id,
    _VIEWS.c.page,
    only=(_VIEWS.c.release_id.is_not(None),),
    is_change=False,
)
_RECORDED: Final = (
    _Source(
        _EVENTS,
        _EVENTS.c.recorded_at,
        _EVENTS.c.actor,
        _EVENTS.c.kind,
        _EVENTS.c.seq,
        only=(_EVENTS.c.actor.is_not(None),),
    ),
    _Source(
        _RESTRICTIONS,
        _RESTRICTIONS.c.at,
        _RESTRICTIONS.c.user_id,
        cast(_RESTRICTIONS.c.change, String),
    ),
    _Source(
        _PROFESSIONALS,
        _PROFESSIONALS.c.at,
        _PROFESSIONALS.c.user_id,
        literal(PROFESSIONAL_DEED).concat(cast(_PROFESSIONALS.c.professional, String)),
    ),
    _Source(
        _TRAIL,
        _TRAIL.c.at,
        _TRAIL.c.why,
        literal(PHONE_DEED).concat(_TRAIL.c.what),
        _TRAIL.c.seq,
        only=(_TRAIL.c.what.in_(RECORDED), _TRAIL.c.why.is_not(None)),
    ),
)


class ViewStore:
    """Adds to the trail and reads it."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the trail in `database`."""
        self._database = database
        self._clock = clock

    def note(self, account_id: str, release_id: str, page: str) -> None:
        """Add that an account saw a record on a page."""
        self._add(account_id, release_id, page, {})

    def note_search(self, account_id: str, wanted: DeedFilter, *, to_keep: bool = False) -> None:
        """Add that an account searched the trail and for what, and whether it took a file."""
        told = {name: str(value) for name, value in asdict(wanted).items() if value is not None}
        self._add(account_id, None, "audit file" if to_keep else "audit search", told)

    def _add(
        self, account_id: str, release_id: str | None, page: str, searched: dict[str, Any]
    ) -> None:
        row = {
            "id": uuid4().hex,
            "at": self._clock(),
            "user_id": account_id,
            "release_id": release_id,
            "page": page,
            "searched": searched,
        }
        with self._database.write() as session:
            session.execute(insert(_VIEWS), row)

    def deeds(self, wanted: DeedFilter, limit: int) -> tuple[Deed, ...]:
        """Return the newest deeds first."""
        parts = []
        if wanted.changes is not True:
            parts.append(_deeds(_VIEWINGS, wanted, limit))
        if wanted.changes is not False:
            parts += [_deeds(each, wanted, limit) for each in _RECORDED]
        if wanted.changes is not False and wanted.reference is None:
            parts.append(_policy(wanted, limit))
        both = union_all(*(select(each.subquery()) for each in parts)).subquery()
        query = select(both).order_by(both.c.at.desc(), both.c.number.desc()).limit(limit)
        with self._database.read() as session:
            return tuple(_deed(row) for row in session.execute(query).mappings())


def _deeds(source: _Source, wanted: DeedFilter, limit: int) -> Select[Any]:
    """Return the newest of a source; each is limited by itself, so that none is read whole."""
    number = source.number
    query = select(
        source.at.label("at"),
        source.actor.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        source.table.c.release_id,
        _RELEASES.c.reference,
        (literal(0) if number is None else number).label("number"),
        source.what.label("what"),
        literal(source.is_change).label("is_change"),
    ).select_from(_with_names(source))
    query = query.where(*source.only, *_where(wanted, source.at))
    ties = () if number is None else (number.desc(),)
    return query.order_by(source.at.desc(), *ties).limit(limit)


def _policy(wanted: DeedFilter, limit: int) -> Select[Any]:
    """Return what was done to the policy, which is no record of anybody."""
    what = case((_POLICY.c.base.is_(None), POLICY_WITHDRAWN), else_=POLICY_CHANGED)
    query = select(
        _POLICY.c.at,
        _POLICY.c.user_id.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        literal("").label("release_id"),
        literal("").label("reference"),
        _POLICY.c.number,
        what.label("what"),
        literal(value=True).label("is_change"),
    ).select_from(_POLICY.outerjoin(_USERS, _USERS.c.id == _POLICY.c.user_id))
    query = query.where(*_where(wanted, _POLICY.c.at))
    return query.order_by(_POLICY.c.at.desc(), _POLICY.c.number.desc()).limit(limit)


def _with_names(source: _Source) -> FromClause:
    of_release = _RELEASES.c.id == source.table.c.release_id
    return source.table.join(_RELEASES, of_release).outerjoin(_USERS, _USERS.c.id == source.actor)


def _where(wanted: DeedFilter, at: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.reference is not None:
        found.append(_RELEASES.c.reference == wanted.reference.strip().upper())
    if wanted.username is not None:
        found.append(_USERS.c.username == username_key(wanted.username))
    if wanted.since is not None:
        found.append(at >= london_instant(wanted.since, time.min))
    if wanted.until is not None:
        found.append(at < london_instant(wanted.until + timedelta(days=1), time.min))
    return found


def _deed(row: Any) -> Deed:  # noqa: ANN401 - a row of either half
    return Deed(
        at=row["at"],
        account_id=row["account_id"],
        name=row["name"],
        role=row["role"],
        release_id=row["release_id"],
        reference=row["reference"],
        is_change=bool(row["is_change"]),
        what=row["what"],
    )
