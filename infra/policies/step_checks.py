"""Due times that can come, warnings that come before them, severities that are really raised.

This mirrors how `domain.due` reads a step: a step that it reads in another way changes the tables
at the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from domain.journey import DEFINITIONS, Side, Step
from domain.policy import Anchor, Clock, Condition, DueRule, Policy, StepPolicy
from infra.policies.problems import Finding, Path

_BEFORE_THE_GATE: Final = (Anchor.RECEPTION, Anchor.START, Anchor.SCREENED, Anchor.EXPECTED_RELEASE)

_DUE_FROM: Final[Mapping[Step, tuple[Anchor, ...]]] = {
    # Counted from its own answer it would be due once it is done.
    Step.SCREENING: (Anchor.RECEPTION, Anchor.START, Anchor.EXPECTED_RELEASE),
    Step.FIRST_CONTACT: (Anchor.APPOINTMENT,),
    Step.ENGAGEMENT: (Anchor.RELEASE,),
    Step.RETENTION: (Anchor.TREATMENT_START,),
    Step.REVIEW: (Anchor.INCIDENT,),
    Step.SAFEGUARDING: (Anchor.INCIDENT,),
}
"""What each step's own due time can count from; steps that are not listed, `_BEFORE_THE_GATE`."""

_FURTHER: Final[Mapping[tuple[Step, str], tuple[Anchor, ...]]] = {
    (Step.SCREENING, "late_start"): (Anchor.START,),
    (Step.REFERRAL, "answer"): (Anchor.REFERRAL_SENT,),
    (Step.HANDOVER, "answer"): (Anchor.HANDOVER_SENT,),
    (Step.FIRST_CONTACT, "after_miss"): (Anchor.MISSED_APPOINTMENT,),
    (Step.FIRST_CONTACT, "without_appointment"): (Anchor.RELEASE,),
}
"""Which steps have which further due times, and what those can count from. All are needed."""

_FURTHER_NAMES: Final = ("late_start", "answer", "after_miss", "without_appointment")

_WEEK: Final = 7 / 5
"""Calendar days to a working day, near enough to see which of two due times comes first."""


def check_steps(policy: Policy) -> Iterator[Finding]:
    """Yield what keeps a step from falling due, from being warned of, or from being raised."""
    for step, rules in policy.steps.items():
        at: Path = ("steps", step.value)
        anchors = _DUE_FROM.get(step, _BEFORE_THE_GATE)
        yield from _rule((*at, "due"), rules.due, anchors)
        yield from _further(at, step, rules)
        yield from _warnings((*at, "warnings"), rules, anchors)
        yield from _raised((*at, "raised"), step, rules)


def _further(at: Path, step: Step, rules: StepPolicy) -> Iterator[Finding]:
    for name in _FURTHER_NAMES:
        rule: DueRule | None = getattr(rules, name)
        anchors = _FURTHER.get((step, name))
        if rule is not None and anchors is None:
            yield Finding((*at, name), "nothing reads this on this step; leave it out")
        elif rule is None and anchors is not None:
            yield Finding((*at, name), "is missing; without it the step would stop falling due")
        elif rule is not None and anchors is not None:
            yield from _rule((*at, name), rule, anchors)


def _rule(at: Path, rule: DueRule, anchors: tuple[Anchor, ...]) -> Iterator[Finding]:
    yield from _anchored(at, rule, anchors)
    if rule.anchor is Anchor.EXPECTED_RELEASE and rule.count > 0:
        message = "is work before the gate; count back from the release with 0 or less"
        yield Finding((*at, "count"), message)
    if rule.anchor is not Anchor.EXPECTED_RELEASE and rule.count < 0:
        yield Finding((*at, "count"), "would be due before the fact it counts from; use 0 or more")


def _anchored(at: Path, rule: DueRule, anchors: tuple[Anchor, ...]) -> Iterator[Finding]:
    if rule.anchor not in anchors:
        message = f"is no fact that this counts from; use {' or '.join(anchors)}"
        yield Finding((*at, "anchor"), message)
    if rule.clock is Clock.HOURS and rule.at != "end_of_day":
        yield Finding((*at, "at"), "means nothing for hours, which run on; leave it out")


def _warnings(at: Path, rules: StepPolicy, anchors: tuple[Anchor, ...]) -> Iterator[Finding]:
    for number, rule in enumerate(rules.warnings):
        yield from _anchored((*at, number), rule, anchors)
        if rule.anchor is rules.due.anchor and _reach(rule) >= _reach(rules.due):
            yield Finding((*at, number), "comes no earlier than the due time it warns of")
    for number, (earlier, later) in enumerate(pairwise(rules.warnings), start=1):
        if earlier.anchor is later.anchor and _reach(earlier) >= _reach(later):
            yield Finding((*at, number), "comes no later than the warning above; earliest first")


def _reach(rule: DueRule) -> float:
    """Return about how many days after the start of its anchor's day a rule ends."""
    if rule.clock is Clock.HOURS:
        return 0.5 + rule.count / 24
    days = rule.count * (_WEEK if rule.clock is Clock.WORKING_DAYS else 1)
    return days + (1 if isinstance(rule.at, str) else (rule.at.hour * 60 + rule.at.minute) / 1440)


def _raised(at: Path, step: Step, rules: StepPolicy) -> Iterator[Finding]:
    for number, each in enumerate(rules.raised):
        earlier = rules.raised[:number]
        if each.to >= rules.severity:
            message = f"must be more severe than the step's own {rules.severity}"
            yield Finding((*at, number, "to"), message)
        if any(each.when is other.when for other in earlier):
            yield Finding((*at, number, "when"), "is listed above; the first that holds wins")
        elif any(each.to < other.to for other in earlier):
            message = "is more severe than one above, which would win; list the most severe first"
            yield Finding((*at, number, "to"), message)
        if each.when is Condition.FIRST_FOURTEEN_DAYS and DEFINITIONS[step].side is Side.CUSTODY:
            yield Finding((*at, number, "when"), "never holds here; the step ends with the release")
