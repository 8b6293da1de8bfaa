"""The filters and orders of lists, as SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from api.filters import EscalationFilter, ReleaseFilter, ReleaseOrder, Turn
from domain.access_table import team_of
from domain.journey import Step
from domain.state import LadderStatus, Phase, StepStatus
from infra.database.reference import as_written
from infra.database.tables import EscalationRow, PersonRow, ReleaseRow, StepRow

_LAST: Final = {
    ReleaseOrder.LEAVES_ON_LAST,
    ReleaseOrder.NEXT_DUE_AT_LAST,
    ReleaseOrder.SURNAME_LAST,
}


def releases_wanted(wanted: ReleaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions on `ReleaseRow` that a filter asks for."""
    equal = ("prison", "probation_unit", "service", "destination", "phase")
    found = [
        getattr(ReleaseRow, each) == getattr(wanted, each)
        for each in equal
        if getattr(wanted, each) is not None
    ]
    if wanted.reference is not None:
        found.append(ReleaseRow.reference == as_written(wanted.reference))
    if wanted.group is not None:
        found.append(ReleaseRow.treatment_group == wanted.group)
    if wanted.leaves_from is not None:
        found.append(ReleaseRow.leaves_on >= wanted.leaves_from)
    if wanted.leaves_to is not None:
        found.append(ReleaseRow.leaves_on <= wanted.leaves_to)
    if wanted.step is not None:
        open_step = exists().where(
            StepRow.release_id == ReleaseRow.id,
            StepRow.step == wanted.step,
            StepRow.status == StepStatus.OPEN,
        )
        found.append(and_(open_step, ReleaseRow.phase != Phase.CLOSED))
    if wanted.overdue is not None:
        found.append(_overdue(now) if wanted.overdue else not_(_overdue(now)))
    return found


def _overdue(now: datetime) -> ColumnElement[bool]:
    """Also while nobody records lapses, because the workflows are at a stand."""
    passed = and_(ReleaseRow.next_due_at.is_not(None), ReleaseRow.next_due_at <= now)
    return or_(ReleaseRow.worst_lapsed_severity.is_not(None), passed)


def release_order(order: ReleaseOrder) -> tuple[ColumnElement[Any], ...]:
    """Return what to sort by; a release without the value comes last either way."""
    columns: tuple[Any, ...]
    match order:
        case ReleaseOrder.LEAVES_ON | ReleaseOrder.LEAVES_ON_LAST:
            columns = (ReleaseRow.leaves_on,)
        case ReleaseOrder.NEXT_DUE_AT | ReleaseOrder.NEXT_DUE_AT_LAST:
            columns = (ReleaseRow.next_due_at,)
        case ReleaseOrder.SURNAME | ReleaseOrder.SURNAME_LAST:
            columns = (PersonRow.surname_key, PersonRow.forename)
    last = order in _LAST
    sorts = ((each.desc() if last else each.asc()).nulls_last() for each in columns)
    return (*sorts, ReleaseRow.id.asc())


def escalations_wanted(wanted: EscalationFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on `EscalationRow` that a filter asks for."""
    equal = ("severity", "status", "step", "release_id")
    found = [
        getattr(EscalationRow, each) == getattr(wanted, each)
        for each in equal
        if getattr(wanted, each) is not None
    ]
    closed = EscalationRow.status == LadderStatus.CLOSED
    if wanted.is_open is not None:
        found.append(not_(closed) if wanted.is_open else closed)
    if wanted.turn is not None:
        theirs = _their_turn(wanted.turn)
        found.append(and_(not_(closed), theirs if wanted.turn.is_theirs else not_(theirs)))
    return found


def _their_turn(turn: Turn) -> ColumnElement[bool]:
    released = ReleaseRow.released_on.is_not(None)
    step = EscalationRow.step
    inside, outside = (
        step.in_([each for each in Step if turn.role in team_of(each, released=is_out)])
        for is_out in (False, True)
    )
    owner = EscalationRow.acknowledged_by
    free = or_(owner.is_(None), owner == turn.account)
    return and_(free, or_(and_(released, outside), and_(not_(released), inside)))
