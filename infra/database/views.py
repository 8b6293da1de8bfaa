"""The trail of viewings, and the search through it, all events and all changes beside them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, String, case, cast, insert, literal, select, union_all
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
            parts.append(_viewings(wanted, limit))
        if wanted.changes is not False:
            changes = (_changes, _restrictions, _professionals, _phones)
            parts += [each(wanted, limit) for each in changes]
        if wanted.changes is not False and wanted.reference is None:
            parts.append(_policy(wanted, limit))
        both = union_all(*(select(each.subquery()) for each in parts)).subquery()
        query = select(both).order_by(both.c.at.desc(), both.c.number.desc()).limit(limit)
        with self._database.read() as session:
            return tuple(_deed(row) for row in session.execute(query).mappings())


def _viewings(wanted: DeedFilter, limit: int) -> Select[Any]:
    """Return the newest viewings; each half of the search is limited, so that neither scans all."""
    query = select(
        _VIEWS.c.at,
        _VIEWS.c.user_id.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        _VIEWS.c.release_id,
        _RELEASES.c.reference,
        literal(0).label("number"),
        _VIEWS.c.page.label("what"),
        literal(value=False).label("is_change"),
    ).select_from(_with_names(_VIEWS, _VIEWS.c.user_id))
    query = query.where(_VIEWS.c.release_id.is_not(None), *_where(wanted, _VIEWS.c.at))
    return query.order_by(_VIEWS.c.at.desc()).limit(limit)


def _changes(wanted: DeedFilter, limit: int) -> Select[Any]:
    query = select(
        _EVENTS.c.recorded_at.label("at"),
        _EVENTS.c.actor.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        _EVENTS.c.release_id,
        _RELEASES.c.reference,
        _EVENTS.c.seq.label("number"),
        _EVENTS.c.kind.label("what"),
        literal(value=True).label("is_change"),
    ).select_from(_with_names(_EVENTS, _EVENTS.c.actor))
    query = query.where(_EVENTS.c.actor.is_not(None), *_where(wanted, _EVENTS.c.recorded_at))
    return query.order_by(_EVENTS.c.recorded_at.desc(), _EVENTS.c.seq.desc()).limit(limit)


def _restrictions(wanted: DeedFilter, limit: int) -> Select[Any]:
    query = select(
        _RESTRICTIONS.c.at,
        _RESTRICTIONS.c.user_id.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        _RESTRICTIONS.c.release_id,
        _RELEASES.c.reference,
        literal(0).label("number"),
        cast(_RESTRICTIONS.c.change, String).label("what"),
        literal(value=True).label("is_change"),
    ).select_from(_with_names(_RESTRICTIONS, _RESTRICTIONS.c.user_id))
    query = query.where(*_where(wanted, _RESTRICTIONS.c.at))
    return query.order_by(_RESTRICTIONS.c.at.desc()).limit(limit)


def _professionals(wanted: DeedFilter, limit: int) -> Select[Any]:
    kind = cast(_PROFESSIONALS.c.professional, String)
    query = select(
        _PROFESSIONALS.c.at,
        _PROFESSIONALS.c.user_id.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        _PROFESSIONALS.c.release_id,
        _RELEASES.c.reference,
        literal(0).label("number"),
        literal(PROFESSIONAL_DEED).concat(kind).label("what"),
        literal(value=True).label("is_change"),
    ).select_from(_with_names(_PROFESSIONALS, _PROFESSIONALS.c.user_id))
    query = query.where(*_where(wanted, _PROFESSIONALS.c.at))
    return query.order_by(_PROFESSIONALS.c.at.desc()).limit(limit)


def _phones(wanted: DeedFilter, limit: int) -> Select[Any]:
    query = select(
        _TRAIL.c.at,
        _TRAIL.c.why.label("account_id"),
        _USERS.c.name,
        _USERS.c.role,
        _TRAIL.c.release_id,
        _RELEASES.c.reference,
        _TRAIL.c.seq.label("number"),
        literal(PHONE_DEED).concat(_TRAIL.c.what).label("what"),
        literal(value=True).label("is_change"),
    ).select_from(_with_names(_TRAIL, _TRAIL.c.why))
    query = query.where(
        _TRAIL.c.what.in_(RECORDED), _TRAIL.c.why.is_not(None), *_where(wanted, _TRAIL.c.at)
    )
    return query.order_by(_TRAIL.c.at.desc(), _TRAIL.c.seq.desc()).limit(limit)


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


def _with_names(deeds: FromClause, actor: ColumnElement[Any]) -> FromClause:
    return deeds.join(_RELEASES, _RELEASES.c.id == deeds.c.release_id).outerjoin(
        _USERS, _USERS.c.id == actor
    )


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
