"""The filters and orders of the pages' lists, as SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, false, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from api.pages.caseload import CaseFilter, CaseOrder, DueIs, LedBy, Reader, Stage
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import DEFINITIONS, Step
from domain.state import Phase, StepStatus
from infra.database.identities import is_theirs
from infra.database.people import search_key
from infra.database.tables import (
    AssignmentRow,
    PersonRow,
    ReleaseRow,
    StaffRow,
    StepRow,
    UserRow,
)

_HIGHEST: Final = "\U0010ffff"
_PHASES: Final = {
    Stage.OPEN: (Phase.CUSTODY, Phase.COMMUNITY),
    Stage.BEFORE: (Phase.CUSTODY,),
    Stage.AFTER: (Phase.COMMUNITY,),
    Stage.CLOSED: (Phase.CLOSED,),
}

_DUE_OF_TEAM: Final[dict[Role, InstrumentedAttribute[datetime | None]]] = {
    Role.RESETTLEMENT: ReleaseRow.resettlement_due_at,
    Role.HEALTHCARE: ReleaseRow.healthcare_due_at,
    Role.PROBATION: ReleaseRow.probation_due_at,
    Role.PROVIDER: ReleaseRow.provider_due_at,
}


def cases_wanted(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on `ReleaseRow`, and on `PersonRow` when words are looked for."""
    found: list[ColumnElement[bool]] = []
    if wanted.stage is not None:
        found.append(ReleaseRow.phase.in_(_PHASES[wanted.stage]))
    if wanted.words is not None:
        found.append(_named(wanted.words))
    if wanted.prison is not None:
        found.append(ReleaseRow.prison == wanted.prison)
    if wanted.leaves_from is not None:
        found.append(ReleaseRow.leaves_on >= wanted.leaves_from)
    if wanted.leaves_to is not None:
        found.append(ReleaseRow.leaves_on <= wanted.leaves_to)
    if wanted.leaves_among is not None:
        found.append(ReleaseRow.leaves_on.in_(wanted.leaves_among))
    if wanted.open_step is not None:
        found.append(ReleaseRow.id.in_(_open_step(wanted.open_step)))
    if wanted.led_by is not None and wanted.reader is not None:
        found.append(_led(wanted.led_by, wanted.reader))
    if wanted.ids is not None:
        found.append(ReleaseRow.id.in_(wanted.ids))
    return [*found, *_due(wanted)]


def case_order(order: CaseOrder) -> tuple[ColumnElement[Any], ...]:
    """Return what to sort by; what has no value comes last either way, and ties go by id."""
    is_last_first = order.startswith("-")
    sorted_by = (each.desc() if is_last_first else each.asc() for each in _sort_keys(order))
    return (*(each.nulls_last() for each in sorted_by), ReleaseRow.id.asc())


def _sort_keys(order: CaseOrder) -> tuple[ColumnElement[Any], ...]:
    columns: list[Any]
    match order:
        case CaseOrder.LEAVES_ON | CaseOrder.LEAVES_ON_LAST:
            columns = [ReleaseRow.leaves_on]
        case CaseOrder.URGENCY | CaseOrder.URGENCY_LAST:
            lapsed = ReleaseRow.worst_lapsed_severity
            soonest_out = case((lapsed.is_not(None), ReleaseRow.leaves_on))
            columns = [lapsed, soonest_out, ReleaseRow.next_due_at]
        case CaseOrder.SURNAME | CaseOrder.SURNAME_LAST:
            columns = [PersonRow.surname_key, PersonRow.forename]
    return tuple(columns)


def names_anybody(wanted: CaseFilter) -> bool:
    """Return whether a filter or its order asks for a name, so that people must be joined."""
    by_name = (CaseOrder.SURNAME, CaseOrder.SURNAME_LAST)
    return wanted.words is not None or wanted.order in by_name


def _led(by: LedBy, reader: Reader) -> ColumnElement[bool]:
    named = select(AssignmentRow.release_id).where(AssignmentRow.role == reader.role)
    if by is LedBy.NOBODY:
        return ReleaseRow.id.not_in(named)
    own = select(StaffRow.id).join(UserRow, is_theirs()).where(UserRow.id == reader.account)
    return ReleaseRow.id.in_(named.where(AssignmentRow.staff_id.in_(own)))


def _named(words: str) -> ColumnElement[bool]:
    """Match the beginning of a surname, both names in either order, or one of the two numbers."""
    key = search_key(words)
    if not key:
        return false()
    number = "".join(words.upper().split())
    matches = [
        _begins(key),
        PersonRow.prison_number == number,
        ReleaseRow.reference == number,
    ]
    parts = [each for each in words.replace(",", " ").split() if each]
    if len(parts) > 1:
        pairs = ((parts[0], parts[-1]), (parts[-1], parts[0]))
        matches += [
            and_(_begins(search_key(surname)), PersonRow.forename.ilike(_prefix(forename), "\\"))
            for surname, forename in pairs
        ]
    return or_(*matches)


def _begins(key: str) -> ColumnElement[bool]:
    # A range, because both stores answer one from the index, and LIKE only sometimes.
    return PersonRow.surname_key.between(key, key + _HIGHEST)


def _prefix(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{escaped}%"


def _due(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    lapsed = ReleaseRow.worst_lapsed_severity.is_not(None)
    passed = and_(ReleaseRow.next_due_at.is_not(None), ReleaseRow.next_due_at <= wanted.now)
    overdue = or_(lapsed, passed)
    soon = and_(ReleaseRow.next_due_at.is_not(None), ReleaseRow.next_due_at <= wanted.soon)
    if wanted.team is not None:
        return [_of_team(wanted, wanted.team)]
    match wanted.due:
        case DueIs.OVERDUE:
            return [overdue]
        case DueIs.SOON:
            return [not_(overdue), soon]
        case DueIs.ON_TRACK:
            return [not_(overdue), not_(soon)]
        case None:
            return []


def _of_team(wanted: CaseFilter, team: Role) -> ColumnElement[bool]:
    """A team's case is one with a step of theirs that is late, soon due, or due before others'."""
    theirs = _DUE_OF_TEAM.get(team)
    if theirs is None:
        return false()
    late = and_(theirs.is_not(None), theirs <= wanted.now)
    soon = and_(theirs.is_not(None), theirs <= wanted.soon)
    match wanted.due:
        case DueIs.OVERDUE:
            return late
        case DueIs.SOON:
            return and_(soon, not_(late))
        case DueIs.ON_TRACK:
            return and_(_is_next(team), not_(soon))
        case None:
            return or_(soon, _is_next(team))


def _is_next(team: Role) -> ColumnElement[bool]:
    """Match releases whose next step is one that the team answers for."""
    sides = {False: ReleaseRow.released_on.is_(None), True: ReleaseRow.released_on.is_not(None)}
    steps = {
        side: [each for each in DEFINITIONS if team in team_of(each, released=side)]
        for side in sides
    }
    return or_(
        *(and_(sides[each], ReleaseRow.next_due_step.in_(steps[each])) for each in (False, True))
    )


def _open_step(step: Step) -> Select[str]:
    return select(StepRow.release_id).where(StepRow.status == StepStatus.OPEN, StepRow.step == step)
