"""The pages' lists over the world's dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from api.filters import PageOf
from api.pages.caseload import (
    CaseFilter,
    CaseOrder,
    CasePage,
    CaseRow,
    Change,
    DueIs,
    LedBy,
    Meeting,
    Stage,
)
from api.records import ReleaseRow
from domain.access import Scope
from domain.access_table import team_of
from domain.due import due
from domain.events import EventKind
from domain.facts import AppointmentStatus
from domain.journey import DEFINITIONS
from domain.rules import Rules
from domain.state import Phase, Release, StepStatus
from tests.builders import the_rules

if TYPE_CHECKING:
    from tests.api.fakes import World

_PHASES = {
    Stage.OPEN: {Phase.CUSTODY, Phase.COMMUNITY},
    Stage.BEFORE: {Phase.CUSTODY},
    Stage.AFTER: {Phase.COMMUNITY},
    Stage.CLOSED: {Phase.CLOSED},
}


class FakeCaseload:
    """Filters by the real rules what the world holds."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _in(self, scope: Scope) -> list[tuple[Release, ReleaseRow]]:
        states = [each for each in self._world.states.values() if scope.covers(each)]
        seen = self._world.restrictions.as_seen
        return [(each, seen(self._world.row(each), scope)) for each in states]

    async def cases(self, wanted: CaseFilter, scope: Scope, page: PageOf) -> CasePage:
        kept = [
            self._with_lead(_case(state, row, wanted))
            for state, row in self._in(scope)
            if _is_wanted(state, row, wanted) and self._is_led(state, wanted)
        ]
        kept.sort(key=_key(wanted.order), reverse=wanted.order.startswith("-"))
        return CasePage(tuple(kept[page.offset : page.offset + page.size]), len(kept))

    def _with_lead(self, case: CaseRow) -> CaseRow:
        if case.step is None:
            return case
        colleagues = self._world.colleagues
        named = colleagues.named.get((case.release.release_id, DEFINITIONS[case.step].owner))
        return case._replace(lead=colleagues.known[named].name if named else None)

    def _is_led(self, state: Release, wanted: CaseFilter) -> bool:
        if wanted.led_by is None or wanted.reader is None:
            return True
        colleagues, reader = self._world.colleagues, wanted.reader
        named = colleagues.named.get((state.release_id, reader.role))
        if wanted.led_by is LedBy.NOBODY:
            return named is None
        return named is not None and colleagues.accounts.get(reader.account) == named

    async def count(self, wanted: CaseFilter, scope: Scope) -> int:
        return (await self.cases(wanted, scope, PageOf())).total

    async def changes(
        self, kinds: Sequence[EventKind], since: datetime, but: str, scope: Scope, limit: int
    ) -> tuple[Change, ...]:
        found = [
            Change(row, event)
            for state, row in self._in(scope)
            for event in self._world.histories[state.release_id]
            if event.kind in kinds and event.at >= since and event.actor not in (None, but)
        ]
        return tuple(sorted(found, key=lambda each: each.event.at, reverse=True)[:limit])

    async def meetings(
        self, first: datetime, last: datetime, scope: Scope, limit: int
    ) -> tuple[Meeting, ...]:
        found = [
            Meeting(row, each.at, each.service, each.status)
            for state, row in self._in(scope)
            for each in state.appointments
            if first <= each.at <= last and each.status is not AppointmentStatus.CANCELLED
        ]
        return tuple(sorted(found, key=lambda each: each.at)[:limit])

    async def seen(self, account_id: str, limit: int) -> tuple[str, ...]:
        noted = [each for who, each, _ in reversed(self._world.views.noted) if who == account_id]
        return tuple(dict.fromkeys(noted))[:limit]


class FakeRules:
    """Every release is pinned to the default policy."""

    async def of(self, release: Release) -> Rules:
        assert release.policy_version == the_rules().policy.version
        return the_rules()

    def in_force(self) -> Rules:
        return the_rules()


def _is_wanted(state: Release, row: ReleaseRow, wanted: CaseFilter) -> bool:
    names = f"{row.surname} {row.forename}".lower()
    words = (wanted.words or "").lower()
    found = words in names or words.upper() in (row.prison_number, row.reference)
    step = wanted.open_step
    return (
        (wanted.stage is None or state.phase in _PHASES[wanted.stage])
        and (not words or found)
        and wanted.prison in (None, state.prison)
        and (wanted.leaves_from is None or state.leaves_on >= wanted.leaves_from)
        and (wanted.leaves_to is None or state.leaves_on <= wanted.leaves_to)
        and (wanted.leaves_among is None or state.leaves_on in wanted.leaves_among)
        and (step is None or _is_open(state, wanted))
        and (wanted.ids is None or state.release_id in wanted.ids)
        and _stands(_case(state, row, wanted), wanted)
    )


def _is_open(state: Release, wanted: CaseFilter) -> bool:
    known = state.steps.get(wanted.open_step) if wanted.open_step else None
    return known is not None and known.status is StepStatus.OPEN


def _stands(case: CaseRow, wanted: CaseFilter) -> bool:
    if wanted.team is not None and case.step is None:
        return False
    at = case.due_at
    late, soon = at is not None and at <= wanted.now, at is not None and at <= wanted.soon
    stands: Mapping[DueIs | None, bool] = {
        None: True,
        DueIs.OVERDUE: late,
        DueIs.SOON: soon and not late,
        DueIs.ON_TRACK: not soon,
    }
    return stands[wanted.due]


def _case(state: Release, row: ReleaseRow, wanted: CaseFilter) -> CaseRow:
    released = state.released is not None
    theirs = (
        each
        for each in due(state, the_rules())
        if wanted.team is None or wanted.team in team_of(each.step, released=released)
    )
    first = min(theirs, key=lambda each: each.at, default=None)
    return CaseRow(row, first.step if first else None, first.at if first else None)


def _key(order: CaseOrder) -> Callable[[CaseRow], str]:
    if order in (CaseOrder.LEAVES_ON, CaseOrder.LEAVES_ON_LAST):
        return lambda each: (each.release.released_on or each.release.expected_on).isoformat()
    if order in (CaseOrder.SURNAME, CaseOrder.SURNAME_LAST):
        return lambda each: each.release.surname or "~"
    return lambda each: each.due_at.isoformat() if each.due_at else "~"
