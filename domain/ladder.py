"""The escalation ladder of one lapsed step: which rung is next, and when.

Who stands on a rung and how a page travels is decided where it is delivered; here only the order
and the times, which are deterministic in the state so that a replay pages nobody twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from domain.events import EventKind
from domain.journey import Step
from domain.london_time import london_date, london_instant
from domain.policy import Again, Chain, Level, Severity, Target, Unit, Wait
from domain.rules import Rules
from domain.state import Escalation, LadderStatus

DAYS_A_WEEK: Final = 7


class Rung(NamedTuple):
    """What happens to a ladder when its time comes."""

    kind: EventKind
    ladder: Escalation


def open_ladder(
    number: int, step: Step, severity: Severity, at: datetime, rules: Rules
) -> Escalation:
    """Return the ladder of a step that lapsed, its first rung paged at `at`."""
    return _opened_at(1, number, step, severity, at, rules)


def open_above(
    number: int, step: Step, severity: Severity, at: datetime, rules: Rules
) -> Escalation:
    """Return the ladder of a step that its worker cannot do: whoever is above is paged first."""
    level = min(2, len(rules.policy.chains[severity].levels))
    return _opened_at(level, number, step, severity, at, rules)


def _opened_at(  # noqa: PLR0917 - where a ladder begins, and what it is about
    level: int, number: int, step: Step, severity: Severity, at: datetime, rules: Rules
) -> Escalation:
    first = rules.policy.chains[severity].levels[level - 1]
    return Escalation(
        number=number,
        step=step,
        severity=severity,
        opened_at=at,
        level=level,
        next_at=after(at, first.wait, rules),
    )


def climb(ladder: Escalation, rules: Rules) -> Rung:
    """Return what happens at `ladder.next_at`: the next rung, or the top, which is never silent."""
    chain = rules.policy.chains[ladder.severity]
    at = ladder.next_at
    if ladder.status is LadderStatus.EXHAUSTED or ladder.level >= rungs(chain):
        spent = {
            "status": LadderStatus.EXHAUSTED,
            "next_at": next_slot(at, chain.again),
            "acknowledged_by": None,
        }
        return Rung(EventKind.ESCALATION_EXHAUSTED, ladder.model_copy(update=spent))
    expired = ladder.status is LadderStatus.ACKNOWLEDGED
    kind = EventKind.ACKNOWLEDGEMENT_EXPIRED if expired else EventKind.ESCALATION_RAISED
    return Rung(kind, _next_rung(ladder, at, chain, rules))


def pass_on(ladder: Escalation, at: datetime, rules: Rules) -> Rung:
    """Return the rung that is paged when whoever was paged says they cannot act."""
    return climb(ladder.model_copy(update={"next_at": at, "status": LadderStatus.OPEN}), rules)


def worsen(ladder: Escalation, severity: Severity, at: datetime, rules: Rules) -> Rung:
    """Return the ladder of a lapse that turned out worse: the same one, on the graver chain."""
    graver = open_ladder(ladder.number, ladder.step, severity, at, rules)
    raised = graver.model_copy(update={"opened_at": ladder.opened_at})
    return Rung(EventKind.ESCALATION_RAISED, raised)


def acknowledge(ladder: Escalation, by: str, at: datetime, rules: Rules) -> Escalation:
    """Return the ladder resting for the lease of its severity, counted from `at`."""
    lease = rules.policy.chains[ladder.severity].lease
    update = {
        "status": LadderStatus.ACKNOWLEDGED,
        "acknowledged_by": by,
        "next_at": after(at, lease, rules),
    }
    return ladder.model_copy(update=update)


def target_of(ladder: Escalation, rules_chain: Chain) -> Target:
    """Return whom the current rung turns to; the service owner once the chain is exhausted."""
    if ladder.status is LadderStatus.EXHAUSTED:
        return Target.SERVICE_OWNER
    return level_of(ladder, rules_chain).target


def level_of(ladder: Escalation, chain: Chain) -> Level:
    """Return the rung last paged."""
    return chain.levels[(ladder.level - 1) % len(chain.levels)]


def rungs(chain: Chain) -> int:
    """Return how many rungs are climbed before the chain is exhausted."""
    return len(chain.levels) * chain.rounds


def after(at: datetime, wait: Wait, rules: Rules) -> datetime:
    """Return `at` plus a wait, on the clock the wait names."""
    if wait.unit is Unit.MINUTES:
        return at + timedelta(minutes=wait.count)
    hours = rules.policy.hours
    if wait.unit is Unit.WORKING_HOURS:
        length = timedelta(hours=wait.count)
    else:
        day = rules.calendar.covers_from
        length = wait.count * (london_instant(day, hours.closes) - london_instant(day, hours.opens))
    return rules.counting.add_working_time(at, length, hours.opens, hours.closes)


def next_slot(at: datetime, again: Again) -> datetime:
    """Return the first instant after `at` at which the top of a chain is paged again."""
    on = london_date(at)
    if again.every == "week":
        on += timedelta(days=-on.weekday() % DAYS_A_WEEK)
    step = timedelta(days=1 if again.every == "day" else DAYS_A_WEEK)
    while london_instant(on, again.at) <= at:
        on += step
    return london_instant(on, again.at)


def _next_rung(ladder: Escalation, at: datetime, chain: Chain, rules: Rules) -> Escalation:
    level = ladder.level + 1
    wait = chain.levels[(level - 1) % len(chain.levels)].wait
    update = {
        "status": LadderStatus.OPEN,
        "level": level,
        "acknowledged_by": None,
        "next_at": after(at, wait, rules),
    }
    return ladder.model_copy(update=update)
