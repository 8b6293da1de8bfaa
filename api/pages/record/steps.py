"""The steps of a release as a task list: how each stands, when it is due and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from api.pages.dates import day, instant
from api.pages.due import Tag, due_tag
from api.pages.record.begun import has_begun
from api.pages.record.missing import missing
from api.pages.roles import ROLES
from domain.access_detail import CareSummary
from domain.access_table import team_of
from domain.codes import Role
from domain.due import Due, due
from domain.journey import ARISING, JOURNEY, Side, Step, StepDefinition
from domain.london_time import LONDON
from domain.policy import Certainty
from domain.rules import Rules
from domain.state import Release, StepState, StepStatus
from domain.wording import ANCHORS, SEVERITIES, rule_in_words

CERTAINTIES: Final = {
    Certainty.HIGH: "read in the source",
    Certainty.MEDIUM: "read in the source, which leaves room",
    Certainty.LOW: "the source is weak",
    Certainty.MEMORY: "remembered, not read: check it",
    Certainty.DEFAULT: "our own figure, for the service owner to decide",
}
_ANSWERED: Final = {
    StepStatus.DONE: Tag("Completed", ""),
    StepStatus.NOT_NEEDED: Tag("Not needed", "govuk-tag--grey"),
    StepStatus.DECLINED: Tag("Declined by the person", "govuk-tag--purple"),
    StepStatus.MISSED: Tag("Missed", "govuk-tag--orange"),
}
_NOT_DUE: Final = {
    False: Tag("Not started", "govuk-tag--blue"),
    True: Tag("In progress", "govuk-tag--teal"),
}
AFTER: Final = frozenset(each.step for each in JOURNEY if each.side is Side.COMMUNITY)


@dataclass(frozen=True, slots=True)
class RuleView:
    """Why a step is due when it is."""

    words: str
    due_by: str
    severity: str
    source: str
    certainty: str
    note: str
    is_compressed: bool
    compressed_by: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step.

    Attributes:
        href: Where it is worked; None while nothing can be done.
        tag: How it stands; without classes it is plain text.
        can_start: False while a fact that it counts from is missing.
        is_mine: Whether the reader's team answers for it.
    """

    step: Step
    title: str
    href: str | None
    hint: str
    tag: Tag
    owner: str
    satisfied_when: str
    waits_for: str | None
    due_at: datetime | None
    rule: RuleView | None
    can_start: bool
    is_mine: bool


class Reading(NamedTuple):
    """Who reads which release, and when.

    Attributes:
        state: The whole state, for due times alone: nobody's role changes when work is due.
        shown: The state as the reader may see it.
        care: The yes and no of care, that everybody may see.
        rules: That the release is pinned to.
        role: The reader's.
        now: Judges what is late.
    """

    state: Release
    shown: Release
    care: CareSummary
    rules: Rules
    role: Role
    now: datetime


def steps_of(reading: Reading) -> tuple[StepView, ...]:
    """Return the steps in the journey's order; those that arise only when they have."""
    dues = {each.step: each for each in due(reading.state, reading.rules)}
    known = reading.shown.steps
    return tuple(
        _view(each, reading, dues.get(each.step)) if each.step in known else _later(each, reading)
        for each in (*JOURNEY, *ARISING)
        if each.step in known or each in JOURNEY
    )


class Next(NamedTuple):
    """What is to be done next.

    Attributes:
        own: Of the reader's team, the step that is due first; of all, when theirs has none.
        earlier: The step of another team that is due even before it.
    """

    own: StepView | None
    earlier: StepView | None


def next_of(steps: tuple[StepView, ...]) -> Next:
    """Return what is due first, late ones included: for the reader's team, and before that."""
    dated = [(each.due_at, each) for each in steps if each.due_at is not None]
    waiting = [each for _, each in sorted(dated, key=lambda pair: pair[0])]
    first = next(iter(waiting), None)
    own = next((each for each in waiting if each.is_mine), first)
    return Next(own, first if first is not own else None)


def _view(definition: StepDefinition, reading: Reading, falls: Due | None) -> StepView:
    shown, rules = reading.shown, reading.rules
    step = definition.step
    known = shown.steps[step]
    can_start = shown.is_open and (known.status is not StepStatus.OPEN or falls is not None)
    team = team_of(step, released=shown.released is not None)
    return StepView(
        step=step,
        title=definition.title,
        href=address_of(shown.release_id, step) if can_start or not shown.is_open else None,
        hint=_hint(shown, known, falls, rules, step),
        tag=_tag(shown, step, falls, reading.now),
        owner=" or ".join(ROLES[each] for each in Role if each in team),
        satisfied_when=definition.satisfied_when,
        waits_for=missing(shown, step, reading.care) if shown.is_open else None,
        due_at=falls.at if falls else None,
        rule=_rule(falls, rules) if falls else None,
        can_start=can_start,
        is_mine=reading.role in team,
    )


def _later(definition: StepDefinition, reading: Reading) -> StepView:
    """Return a step that begins with the release."""
    team = team_of(definition.step, released=True)
    return StepView(
        step=definition.step,
        title=definition.title,
        href=None,
        hint="Begins when the person is released" if reading.shown.is_open else "Never begun",
        tag=Tag("Cannot start yet" if reading.shown.is_open else "Not done", ""),
        owner=" or ".join(ROLES[each] for each in Role if each in team),
        satisfied_when=definition.satisfied_when,
        waits_for=None,
        due_at=None,
        rule=None,
        can_start=False,
        is_mine=reading.role in team,
    )


def address_of(release_id: str, step: Step) -> str:
    """Return where a step is worked."""
    if step is Step.HANDOVER:
        return f"/cases/{release_id}/pack"
    return f"/cases/{release_id}/steps/{step.value}"


def _tag(shown: Release, step: Step, falls: Due | None, now: datetime) -> Tag:
    known = shown.steps[step]
    if known.status is not StepStatus.OPEN:
        return _ANSWERED[known.status]
    if not shown.is_open:
        return Tag("Not done", "govuk-tag--grey")
    if falls is None:
        return Tag("Cannot start yet", "")
    tag = due_tag(falls.at, now)
    # Far from due is nothing to remark on in a task list; in a list of people it is.
    return tag if tag.classes != "govuk-tag--green" else _NOT_DUE[has_begun(shown, step)]


def _hint(shown: Release, known: StepState, falls: Due | None, rules: Rules, step: Step) -> str:
    if known.status is StepStatus.DONE:
        return f"Done on {day(known.on)}" if known.on else "Done"
    if known.status is not StepStatus.OPEN:
        why = (known.reason or "").replace("_", " ")
        when = f"Recorded for {day(known.on)}" if known.on else ""
        said = ": ".join(filter(None, [when, why])) or "answered"
        return f"{said[0].upper()}{said[1:]}"
    if falls is None:
        anchor = ANCHORS[rules.policy.steps[step].due.anchor]
        return f"Counts from {anchor}, which is not recorded yet" if shown.is_open else "Not done"
    return f"{'Was due' if known.lapsed_at else 'Due'} by {by_when(falls.at)}"


def by_when(at: datetime) -> str:
    """Return a due time in words; the first instant after a day is the end of that day."""
    local = at.astimezone(LONDON)
    if local.time() == time.min:
        return f"the end of {day(local.date() - timedelta(days=1))}"
    return instant(at)


def _rule(falls: Due, rules: Rules) -> RuleView:
    cite = falls.rule.cite
    return RuleView(
        words=rule_in_words(falls.rule),
        due_by=by_when(falls.at),
        severity=SEVERITIES[falls.severity],
        source=cite.source,
        certainty=CERTAINTIES[cite.certainty],
        note=cite.note,
        is_compressed=falls.compressed,
        compressed_by=rules.policy.short_notice.cite.source,
    )
