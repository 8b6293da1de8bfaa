"""When each step of a release is due, by which rule, and how severe its lapse would be.

Pure arithmetic over the state and the pinned rules; `domain.falling_due` acts on it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from domain.codes import SubstanceGroup
from domain.facts import AppointmentStatus, ConditionStatus
from domain.journey import DEFINITIONS, Side, Step
from domain.london_time import end_of_day, london_date, london_instant
from domain.policy import Anchor, Clock, Condition, DueRule, Severity, StepPolicy
from domain.rules import Rules
from domain.satisfaction import is_complete
from domain.state import Release, StepStatus

RECEPTION_AT: Final = time(12)
"""The hour a reception counts from: prison records hold its day only."""

FIRST_FORTNIGHT: Final = timedelta(days=14)
"""The window in which a missed contact is a matter of life (PPO, R112)."""


class Due(NamedTuple):
    """A due time with what explains it.

    Attributes:
        compressed: The rule's own time had passed before the work could begin, or lay beyond the
            gate, so that the short-notice rule set this one.
    """

    step: Step
    at: datetime
    severity: Severity
    rule: DueRule
    compressed: bool


def due(state: Release, rules: Rules) -> tuple[Due, ...]:
    """Return the due time of every open step that has one, in the journey's order."""
    found = (due_of(state, step, rules) for step in DEFINITIONS)
    return tuple(each for each in found if each is not None)


def due_of(state: Release, step: Step, rules: Rules) -> Due | None:
    """Return when `step` is due; None when it is answered, has not arisen, or waits for a fact."""
    current = state.steps.get(step)
    if not state.is_open or current is None or current.status is not StepStatus.OPEN:
        return None
    rule = _rule_in_force(state, step, rules)
    named = instant(state, step, rule, rules) if rule else None
    if rule is None or named is None:
        return None
    at = _in_time(state, step, rule, named, rules)
    return Due(step, at, severity_of(state, step, at, rules), rule, compressed=at != named)


def warning_of(state: Release, step: Step, rules: Rules) -> tuple[int, datetime] | None:
    """Return the number (from 1) and instant of the step's next reminder, None without one."""
    lapse = due_of(state, step, rules)
    if lapse is None or state.steps[step].lapsed_at is not None:
        return None
    current = state.steps[step]
    for number, rule in enumerate(rules.policy.steps[step].warnings, start=1):
        at = instant(state, step, rule, rules)
        if number > current.warnings and at is not None and current.armed_at < at < lapse.at:
            return number, at
    return None


def severity_of(state: Release, step: Step, at: datetime, rules: Rules) -> Severity:
    """Return how severe it is if `step` lapses at `at`."""
    policy = rules.policy.steps[step]
    raised = (each.to for each in policy.raised if _holds(each.when, state, at))
    return next(raised, policy.severity)


def instant(state: Release, step: Step, rule: DueRule, rules: Rules) -> datetime | None:
    """Return the UTC instant that `rule` names, None while the fact it counts from is missing."""
    anchor = _anchor_at(state, step, rule.anchor, rules)
    if anchor is None:
        return None
    if rule.clock is Clock.HOURS:
        return anchor + timedelta(hours=rule.count)
    on = london_date(anchor)
    if rule.clock is Clock.WORKING_DAYS:
        on = rules.counting.add_working_days(on, rule.count)
    else:
        on += timedelta(days=rule.count)
    return end_of_day(on) if isinstance(rule.at, str) else london_instant(on, rule.at)


def _rule_in_force(state: Release, step: Step, rules: Rules) -> DueRule | None:
    policy = rules.policy.steps[step]
    if step is Step.SCREENING:
        return _screening_rule(state, policy, rules)
    if step is Step.REFERRAL and state.live_referral:
        return policy.answer
    if step is Step.HANDOVER and state.handover:
        return policy.answer
    if step is Step.LICENCE and not _requested(state):
        return None
    if step is Step.FIRST_CONTACT:
        return _contact_rule(state, policy)
    return policy.due


def _screening_rule(state: Release, policy: StepPolicy, rules: Rules) -> DueRule:
    at = instant(state, Step.SCREENING, policy.due, rules)
    late = at is None or state.started_at > at
    return policy.late_start if late and policy.late_start else policy.due


def _contact_rule(state: Release, policy: StepPolicy) -> DueRule | None:
    if state.in_hospital:
        return None
    missed_on = _last_miss(state)
    if missed_on is not None:
        tried = any(each.on >= missed_on for each in state.attempts)
        if not (tried and state.next_appointment):
            return policy.after_miss
    return policy.due if state.next_appointment else policy.without_appointment


def _requested(state: Release) -> bool:
    waiting = (ConditionStatus.REQUESTED, ConditionStatus.REFUSED)
    return any(each.status in waiting for each in state.conditions.values())


def _anchor_at(state: Release, step: Step, anchor: Anchor, rules: Rules) -> datetime | None:
    if anchor is Anchor.INCIDENT and step is Step.SAFEGUARDING:
        return _alerted_at(state, rules)
    at = _ANCHORS[anchor](state, rules)
    out_at = _noon(state.discharged_on)
    if step is Step.FIRST_CONTACT and at is not None and out_at is not None:
        return max(at, out_at)
    return at


def _noon(on: date | None) -> datetime | None:
    return london_instant(on, time(12)) if on else None


def _screened_at(state: Release, rules: Rules) -> datetime | None:
    on = state.steps[Step.SCREENING].on
    if on is not None:
        return _noon(on)
    lapse = due_of(state, Step.SCREENING, rules)
    return lapse.at if lapse else state.started_at


def _referred_on(state: Release) -> date | None:
    return state.live_referral.sent_on if state.live_referral else None


def _appointment_at(state: Release) -> datetime | None:
    return state.next_appointment.at if state.next_appointment else None


def _treatment_started_on(state: Release) -> date | None:
    return state.treatment_start.on if state.treatment_start else None


def _last_miss(state: Release) -> date | None:
    missed = AppointmentStatus.MISSED
    days = (london_date(each.at) for each in state.appointments if each.status is missed)
    return max(days, default=None)


def _near_miss_at(state: Release) -> datetime | None:
    opened = (each.opened_at for each in state.reviews if not is_complete(each))
    return min(opened, default=None)


def _alerted_at(state: Release, rules: Rules) -> datetime | None:
    """Return when the signs became an alert: a further sign gives nobody more time."""
    if not state.flags:
        return None
    enough = min(rules.policy.engagement.exploitation_flags, len(state.flags))
    sign_at = london_instant(state.flags[enough - 1].on, time(12))
    return max(sign_at, state.steps[Step.SAFEGUARDING].armed_at)


def _in_time(state: Release, step: Step, rule: DueRule, at: datetime, rules: Rules) -> datetime:
    """Return `at`, or a time that can be met: not past when the work begins, not beyond the gate.

    The policy's working days at most, never beyond release day, but always a little time.
    """
    side = DEFINITIONS[step].side
    if side is Side.COMMUNITY or rule.anchor is Anchor.INCIDENT:
        return at
    short, armed_at = rules.policy.short_notice, state.steps[step].armed_at
    gate_at = london_instant(state.leaves_on, short.by)
    leaves_too_soon = side is Side.CUSTODY and rule.anchor is not Anchor.EXPECTED_RELEASE
    if at <= armed_at:
        day = rules.counting.add_working_days(london_date(armed_at), short.working_days)
        at = min(london_instant(day, short.by), gate_at)
    elif leaves_too_soon and at > gate_at:
        at = gate_at
    else:
        return at
    return max(at, armed_at + timedelta(minutes=short.at_least_minutes))


def _holds(condition: Condition, state: Release, at: datetime) -> bool:
    match condition:
        case Condition.OPIATE_GROUP:
            group = state.treatment.group if state.treatment else None
            return group is SubstanceGroup.OPIATE
        case Condition.OPIATE_TREATMENT:
            return state.has_opiate_treatment
        case Condition.NO_ADDRESS_WITH_OPIATE_TREATMENT:
            return state.has_opiate_treatment and not state.has_address
        case Condition.FIRST_FOURTEEN_DAYS:
            return state.released is not None and at - state.released.at < FIRST_FORTNIGHT
        case Condition.SHORT_NOTICE:
            return state.short_notice


_ANCHORS: Final[dict[Anchor, Callable[[Release, Rules], datetime | None]]] = {
    Anchor.RECEPTION: lambda state, _: london_instant(state.reception_on, RECEPTION_AT),
    Anchor.START: lambda state, _: state.started_at,
    Anchor.SCREENED: _screened_at,
    Anchor.EXPECTED_RELEASE: lambda state, _: _noon(state.leaves_on),
    Anchor.REFERRAL_SENT: lambda state, _: _noon(_referred_on(state)),
    Anchor.HANDOVER_SENT: lambda state, _: _noon(
        state.handover.sent_on if state.handover else None
    ),
    Anchor.APPOINTMENT: lambda state, _: _appointment_at(state),
    Anchor.MISSED_APPOINTMENT: lambda state, _: _noon(_last_miss(state)),
    Anchor.RELEASE: lambda state, _: _noon(state.released.on if state.released else None),
    Anchor.TREATMENT_START: lambda state, _: _noon(_treatment_started_on(state)),
    Anchor.INCIDENT: lambda state, _: _near_miss_at(state),
}
"""The fact each anchor counts from, as a UTC instant; None while it is missing."""
