"""Figures that the law, a form or a medicine sets, and figures that must agree with each other.

A policy may be stricter than the rules named here, never laxer. A change in the law changes the
tables at the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from domain.codes import ReleaseType
from domain.journey import Step
from domain.policy import Clock, Policy
from infra.policies.problems import Finding, Path

_AT_MOST: Final[Mapping[str, tuple[int, str]]] = {
    "instalment_form_days": (14, "an instalment form may not last longer (R47)"),
    "first_supply_within_days": (28, "a controlled drug may not be supplied later (R49)"),
    "weekly_depot_days": (7, "a weekly injection lasts no longer (R59)"),
    "monthly_depot_days": (28, "a monthly injection lasts no longer (R59)"),
    "weekly_window_days": (2, "the product allows no more (R60)"),
    "monthly_window_days": (7, "the product allows no more (R60)"),
}
_LEAST_GATE_SUPPLY: Final = 7
_MOST_DAYS_FORWARD: Final = 2
_LEAST_SERVED: Final = 28
_NEVER_MOVED: Final = frozenset(
    {ReleaseType.HOME_DETENTION_CURFEW, ReleaseType.PAROLE, ReleaseType.INDETERMINATE},
)


def check_limits(policy: Policy) -> Iterator[Finding]:
    """Yield figures beyond what is allowed, left to a default, uncited or in contradiction."""
    yield from _cover(policy)
    yield from _day_of_release(policy)
    window, kept = policy.engagement.window_to_day, policy.engagement.retention_days
    yield from _agrees(policy, Step.ENGAGEMENT, "window_to_day", window)
    yield from _agrees(policy, Step.RETENTION, "retention_days", kept)


def _cover(policy: Policy) -> Iterator[Finding]:
    limits, at = policy.cover.limits, ("cover", "limits")
    yield from _left_out(at, limits)
    for name, (most, why) in _AT_MOST.items():
        if getattr(limits, name) > most:
            yield Finding((*at, name), f"must be {most} or less: {why}")
    if limits.gate_supply_days < _LEAST_GATE_SUPPLY:
        message = f"must be {_LEAST_GATE_SUPPLY} or more: nobody leaves with less (R44)"
        yield Finding((*at, "gate_supply_days"), message)
    for name in policy.cover.cites.keys() - type(limits).model_fields.keys():
        yield Finding(("cover", "cites", name), "cites no figure of cover.limits")


def _day_of_release(policy: Policy) -> Iterator[Finding]:
    rule, at = policy.day_of_release.rule, ("day_of_release", "rule")
    yield from _left_out(at, rule)
    if rule.most_working_days > _MOST_DAYS_FORWARD:
        message = f"must be {_MOST_DAYS_FORWARD} or less: the Act allows no more (R97)"
        yield Finding((*at, "most_working_days"), message)
    if rule.presumed_working_days > rule.most_working_days:
        message = "must not be more than most_working_days"
        yield Finding((*at, "presumed_working_days"), message)
    if rule.served_at_least_days < _LEAST_SERVED:
        message = f"must be {_LEAST_SERVED} or more: others are left out of the scheme (R99)"
        yield Finding((*at, "served_at_least_days"), message)
    if never := rule.eligible_types & _NEVER_MOVED:
        message = f"must not name {', '.join(sorted(never))}: the scheme leaves them out (R99)"
        yield Finding((*at, "eligible_types"), message)


def _left_out(at: Path, figures: BaseModel) -> Iterator[Finding]:
    for name in type(figures).model_fields.keys() - figures.model_fields_set:
        yield Finding((*at, name), "is missing; a figure that nobody wrote down cannot be cited")


def _agrees(policy: Policy, step: Step, name: str, days: int) -> Iterator[Finding]:
    """Yield how a step's due time differs from the end of the window that the rates count with."""
    due, at = policy.steps[step].due, ("steps", step.value, "due")
    if due.clock is not Clock.CALENDAR_DAYS:
        yield Finding((*at, "clock"), f"must be calendar_days, like engagement.{name}")
    elif due.count != days:
        yield Finding((*at, "count"), f"must agree with engagement.{name}, which is {days}")
    if due.at != "end_of_day":
        yield Finding((*at, "at"), "must be end_of_day: the whole of the last day still counts")
