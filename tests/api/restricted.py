"""Restricted records over the world's dictionaries, decided by the real rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from api.pages.accounts import Account
from api.records import EscalationRow, ReleaseRow
from api.restriction_ports import Reader, RestrictionRecord, RestrictionWanted
from domain.access import Scope
from domain.access_restriction import Restriction, may_open
from domain.state import Phase, Release

if TYPE_CHECKING:
    from tests.api.fakes import World

Row = TypeVar("Row", ReleaseRow, EscalationRow)


@dataclass
class FakeRestrictions:
    """Restrictions by prison number, as the person of a release is known in memory."""

    world: World

    def __post_init__(self) -> None:
        self.wanted: dict[str, RestrictionWanted] = {}
        self.changes: list[RestrictionWanted] = []

    def refuse(self, release_id: str, scope: Scope) -> None:
        may_open(scope.account, self._of(release_id))

    def as_seen(self, row: Row, scope: Scope) -> Row:
        """The row without the person, if it is closed to whoever asks."""
        restriction = self._of(row.release_id)
        if restriction is None or scope.account in restriction.readers:
            return row
        nobody = {"prison_number": None, "forename": None, "surname": None, "restricted": True}
        return replace(row, **nobody)  # type: ignore[arg-type]  # fields that both rows have

    def _of(self, release_id: str) -> Restriction | None:
        wanted = self.wanted.get(self._person(release_id))
        if wanted is None:
            return None
        on = {each.subject.id for each in self._accounts() if self._is_on(each)}
        return Restriction(wanted.reason, frozenset(wanted.readers & on))

    def _person(self, release_id: str) -> str:
        person = self.world.people.get(release_id)
        return person.prison_number if person else release_id

    def _accounts(self) -> list[Account]:
        return list(self.world.accounts.known.values())

    def _is_on(self, account: Account) -> bool:
        return account.username not in self.world.accounts.off

    # api.restriction_ports.Restrictions

    async def of(self, release_id: str) -> Restriction | None:
        return self._of(release_id)

    async def listed(self) -> tuple[RestrictionRecord, ...]:
        return tuple(self._record(each) for each in self.wanted.values())

    def _record(self, wanted: RestrictionWanted) -> RestrictionRecord:
        person = self._person(wanted.release_id)
        theirs = [each for each in self.world.states.values() if self._is_of(each, person)]
        named = [each for each in self._accounts() if each.subject.id in wanted.readers]
        return RestrictionRecord(
            release_id=wanted.release_id,
            reference=self.world.row(self.world.states[wanted.release_id]).reference,
            reason=wanted.reason,
            since=self.world.time,
            readers=tuple(Reader(each, not self._is_on(each)) for each in named),
            releases=tuple(each for each in theirs if each.phase is not Phase.CLOSED),
        )

    def _is_of(self, state: Release, person: str) -> bool:
        return self._person(state.release_id) == person

    async def release_of(self, reference: str) -> str | None:
        rows = [self.world.row(each) for each in self.world.states.values()]
        return next((each.release_id for each in rows if each.reference == reference.upper()), None)

    async def accounts(self, usernames: frozenset[str]) -> dict[str, Account]:
        known = self.world.accounts.known
        return {
            each: known[each] for each in usernames if each in known and self._is_on(known[each])
        }

    async def restrict(self, wanted: RestrictionWanted) -> None:
        self.wanted[self._person(wanted.release_id)] = wanted
        self.changes.append(wanted)

    async def lift(self, release_id: str, by: str) -> bool:
        was = self.wanted.pop(self._person(release_id), None)
        if was is not None:
            self.changes.append(was._replace(readers=frozenset(), by=by))
        return was is not None
