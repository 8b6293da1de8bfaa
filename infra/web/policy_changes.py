"""Changes to the policy as the pages ask for them, over the store and the rules in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.pages.policy import FigureChange
from api.policy_ports import (
    ChangeWanted,
    DecidedChange,
    FigureInput,
    FiguresRefusedError,
    PolicyForm,
    PolicyMovedError,
    Stands,
)
from domain.london_time import london_date
from domain.policy import Policy, Severity
from domain.policy.changes import PlannedChange, chained, version_on
from domain.wording import SEVERITIES
from infra.database.clock import Clock
from infra.database.policy_changes import (
    NewChange,
    PolicyChangeStore,
    StoredChange,
    standing,
)
from infra.policies.changing import Changeable, Decision, UnusableFiguresError, changeable, changed
from infra.policies.leaves import Leaf
from infra.rules_in_force import RulesInForce
from infra.web.policy import figures_changed
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredPolicyChanges:
    """Implements `api.policy_ports.PolicyChanges`."""

    store: PolicyChangeStore
    in_force: RulesInForce
    threads: StoreThreads
    now: Clock

    async def form(self, slug: str) -> PolicyForm | None:
        """Return the form of a row of the newest version that is decided."""
        head, starts = self._newest(await self.threads.read(self.store.every))
        what = changeable(head).get(slug)
        if what is None:
            return None
        return PolicyForm(
            slug=slug,
            section=what.section,
            what=what.row.what,
            figure=what.row.figure,
            source=what.row.cite.source,
            inputs=tuple(_input(each) for each in what.leaves),
            base=head.version,
            earliest=max(self._today(), starts),
        )

    async def draft(self, wanted: ChangeWanted) -> tuple[FigureChange, ...]:
        """Return every figure that would be another one."""
        return await self.threads.read(self._draft, wanted)

    async def record(self, wanted: ChangeWanted) -> str:
        """Decide a change; this process follows it at once, the others within seconds."""
        version = await self.threads.write(self._record, wanted)
        await self.threads.read(self.in_force.refresh)
        return version

    async def every(self) -> tuple[DecidedChange, ...]:
        """Return what was decided here, the newest first."""
        stored = await self.threads.read(self.store.every)
        planned, today = standing(stored), self._today()
        root = self.in_force.root
        chain = chained(root.version, planned)
        version = version_on(root.version, planned, today)
        policies = {root.version: root} | {
            each.change.policy.version: each.change.policy for each in stored
        }
        return tuple(
            _decided(each, chain, version, policies.get(each.change.base), today)
            for each in reversed(stored)
        )

    async def withdraw(self, version: str, by: str) -> bool:
        """Take a planned change back."""
        root, today = self.in_force.root.version, self._today()
        is_gone = await self.threads.write(self.store.withdraw, version, by, root, today)
        await self.threads.read(self.in_force.refresh)
        return is_gone

    def _today(self) -> date:
        return london_date(self.now())

    def _newest(self, stored: Sequence[StoredChange]) -> tuple[Policy, date]:
        """Return the newest policy that is decided, and from when it holds."""
        chain = chained(self.in_force.root.version, standing(stored))
        if not chain:
            return self.in_force.root, date.min
        found = {each.change.policy.version: each.change.policy for each in stored}
        return found[chain[-1].version], chain[-1].effective_on

    def _draft(self, wanted: ChangeWanted) -> tuple[FigureChange, ...]:
        old, new = self._made(wanted)
        return tuple(figures_changed(old, new))

    def _record(self, wanted: ChangeWanted) -> str:
        old, new = self._made(wanted)
        change = NewChange(old.version, new, wanted.slug, wanted.reason, wanted.by)
        if not self.store.add(change, self.in_force.root.version):
            raise PolicyMovedError
        return new.version

    def _made(self, wanted: ChangeWanted) -> tuple[Policy, Policy]:
        old, starts = self._newest(self.store.every())
        what = changeable(old).get(wanted.slug)
        if what is None or old.version != wanted.base:
            raise PolicyMovedError
        earliest = max(self._today(), starts)
        if wanted.effective_on < earliest:
            message = f"The first day must be {earliest.day} {earliest:%B %Y} or later"
            raise FiguresRefusedError([("effective_on", message)])
        decision = Decision(
            version=self.store.next_version(wanted.effective_on),
            effective_on=wanted.effective_on,
            decided_by=wanted.decided_by,
            reason=wanted.reason,
        )
        return old, _changed(old, what, wanted, decision)


def _changed(old: Policy, what: Changeable, wanted: ChangeWanted, decision: Decision) -> Policy:
    try:
        return changed(old, what, wanted.typed, decision)
    except UnusableFiguresError as error:
        faults = [(".".join(map(str, each.path)), each.message) for each in error.findings]
        raise FiguresRefusedError(faults) from None


def _input(leaf: Leaf) -> FigureInput:
    is_severity = leaf.value in set(Severity)
    choices = tuple((each.value, f"{each}, {SEVERITIES[each]}") for each in Severity)
    return FigureInput(
        leaf.field, leaf.label, leaf.value, leaf.unit, choices if is_severity else ()
    )


def _decided(
    stored: StoredChange,
    chain: Sequence[PlannedChange],
    in_force: str,
    base: Policy | None,
    today: date,
) -> DecidedChange:
    change, gone = stored.change, stored.withdrawn
    policy = change.policy
    return DecidedChange(
        version=policy.version,
        slug=change.slug,
        effective_on=policy.effective_on,
        decided_by=policy.decided_by or "",
        reason=change.reason,
        by=change.by,
        at=stored.at,
        stands=_stands(stored, chain, in_force, today),
        changes=tuple(figures_changed(base, policy)),
        withdrawn_by=gone.by if gone else None,
        withdrawn_at=gone.at if gone else None,
        may_withdraw=bool(chain) and chain[-1] == stored.planned and policy.effective_on > today,
    )


def _stands(
    stored: StoredChange, chain: Sequence[PlannedChange], in_force: str, today: date
) -> Stands:
    if stored.withdrawn is not None:
        return Stands.WITHDRAWN
    if stored.planned not in chain:
        return Stands.ELSEWHERE
    if stored.planned.effective_on > today:
        return Stands.PLANNED
    return Stands.IN_FORCE if stored.planned.version == in_force else Stands.REPLACED
