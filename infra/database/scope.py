"""Who sees which releases, as SQL: `domain.access.Scope` in the query itself.

Restricting after loading would leak totals and page sizes. A test holds this and `Scope.covers`
together; a change to one is a change to both.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from domain.access import NOTHING, Codes, Scope
from domain.facts import ReferralStatus
from infra.database.tables import ReferralRow, ReleaseRow

_OVER: Final = (ReferralStatus.REJECTED, ReferralStatus.WITHDRAWN)


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on `ReleaseRow` that holds exactly for what `scope` covers.

    A kind of place that covers nothing leaves no trace in it: an OR with an empty part would keep
    either store from using the index of the other part.
    """
    if scope.everything:
        return true()
    parts = (
        _prisons(scope.prisons, scope.left_since),
        _units(scope.units),
        _services(scope.services),
    )
    return or_(false(), *(each for each in parts if each is not None))


def _prisons(prisons: Codes, left_since: date) -> ColumnElement[bool] | None:
    if prisons == NOTHING:
        return None
    recent = or_(ReleaseRow.released_on.is_(None), ReleaseRow.released_on >= left_since)
    return recent if prisons is None else and_(ReleaseRow.prison.in_(prisons), recent)


def _units(units: Codes) -> ColumnElement[bool] | None:
    if units == NOTHING:
        return None
    return true() if units is None else ReleaseRow.probation_unit.in_(units)


def _services(services: Codes) -> ColumnElement[bool] | None:
    if services == NOTHING:
        return None
    live = select(ReferralRow.release_id).where(ReferralRow.status.not_in(_OVER))
    return ReleaseRow.id.in_(
        live if services is None else live.where(ReferralRow.service.in_(services))
    )
