"""Who sees which releases, as SQL: `domain.access.Scope` in the query itself.

Restricting after loading would leak totals and page sizes. A test holds this and `Scope.covers`
together; a change to one is a change to both.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, exists, false, or_, true

from domain.access import Scope
from domain.facts import ReferralStatus
from infra.database.tables import ReferralRow, ReleaseRow

_OVER: Final = (ReferralStatus.REJECTED, ReferralStatus.WITHDRAWN)


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on `ReleaseRow` that holds exactly for what `scope` covers."""
    if scope.everything:
        return true()
    return or_(_prisons(scope), _units(scope), _services(scope))


def _prisons(scope: Scope) -> ColumnElement[bool]:
    if scope.prisons is not None and not scope.prisons:
        return false()
    recent = or_(ReleaseRow.released_on.is_(None), ReleaseRow.released_on >= scope.left_since)
    return recent if scope.prisons is None else recent & ReleaseRow.prison.in_(scope.prisons)


def _units(scope: Scope) -> ColumnElement[bool]:
    return true() if scope.units is None else ReleaseRow.probation_unit.in_(scope.units)


def _services(scope: Scope) -> ColumnElement[bool]:
    live = exists().where(ReferralRow.release_id == ReleaseRow.id, ReferralRow.status.not_in(_OVER))
    return live if scope.services is None else live.where(ReferralRow.service.in_(scope.services))
