"""After the facts: which steps arise, are done, open again or are over, and which clocks re-arm.

Runs after every command, so that nobody ticks a step off and no command needs to know what else
its facts satisfy.
"""

from __future__ import annotations

from datetime import date

from domain.answers import AUTOMATIC_REASONS, WITHDRAWN, Answer
from domain.deciding.closing import close, close_ladder, worsen_ladder
from domain.deciding.licence import refuse_unevidenced
from domain.deciding.story import Story
from domain.due import due_of
from domain.events import EventKind
from domain.facts import RetentionOutcome
from domain.journey import DEFINITIONS, Side, Step
from domain.rules import Rules
from domain.satisfaction import answer_of, has_no_need, is_complete
from domain.state import Closure, Phase, Release, StepState, StepStatus

_ANSWERED = {
    StepStatus.DONE: EventKind.STEP_COMPLETED,
    StepStatus.NOT_NEEDED: EventKind.STEP_NOT_NEEDED,
    StepStatus.MISSED: EventKind.STEP_MISSED,
}


def settle(story: Story, before: Release, rules_before: Rules, on: date | None) -> None:
    """Bring every step in line with the facts.

    Args:
        story: The story, with the command's own facts told.
        before: The state before the command.
        rules_before: The rules then, which the command may have replaced.
        on: The day the command's facts were true, for the steps they answer.
    """
    if story.state.is_open:
        _arise(story, on)
    for step in list(story.state.steps):
        _answer(story, step, on)
    if story.state.is_open:
        _leave_custody_behind(story, before, on)
        _close_when_over(story)
    if story.state.is_open:
        for step in list(story.state.steps):
            _rearm(story, step, before, rules_before)


def _arise(story: Story, on: date | None) -> None:
    for step in DEFINITIONS:
        if step not in story.state.steps and _has_arisen(story.state, step, story):
            story.tell(EventKind.STEP_OPENED, on=on, step=step)


def _has_arisen(state: Release, step: Step, story: Story) -> bool:
    match step:
        case Step.FIRST_CONTACT | Step.ENGAGEMENT:
            return state.released is not None
        case Step.RETENTION:
            return state.treatment_start is not None
        case Step.REVIEW:
            return bool(state.reviews)
        case Step.SAFEGUARDING:
            limit = story.rules.policy.engagement.exploitation_flags
            return len(state.flags) >= limit and state.safeguarding_referred_on is None
        case _:
            return False


def _answer(story: Story, step: Step, on: date | None) -> None:
    current = story.state.steps[step]
    answer = answer_of(story.state, step, story.rules)
    if answer.status is StepStatus.OPEN and not story.state.is_open:
        answer = WITHDRAWN
    if answer == (current.status, current.reason) or not _may_change(current, answer):
        return
    if answer.status is StepStatus.OPEN and _is_behind(story.state, step):
        return
    if answer.status is StepStatus.OPEN:
        story.tell(EventKind.STEP_OPENED, on=on, step=step)
        return
    data = {"reason": answer.reason} if answer.reason else {}
    story.tell(_ANSWERED[answer.status], data, on=on, step=step)
    close_ladder(story, step, "answered")


def _may_change(current: StepState, answer: Answer) -> bool:
    if answer is WITHDRAWN:
        return current.status is StepStatus.DONE or current.reason in AUTOMATIC_REASONS
    if current.status is StepStatus.OPEN or current.status is StepStatus.DONE:
        return True
    if current.reason in AUTOMATIC_REASONS or current.reason == WITHDRAWN.reason:
        return True
    return answer.status is StepStatus.DONE


def _is_behind(state: Release, step: Step) -> bool:
    """Return whether a step can only be worked in custody and the person has left it."""
    return state.phase is not Phase.CUSTODY and DEFINITIONS[step].side is Side.CUSTODY


def _leave_custody_behind(story: Story, before: Release, on: date | None) -> None:
    if before.phase is not Phase.CUSTODY or story.state.phase is not Phase.COMMUNITY:
        return
    for step, state in list(story.state.steps.items()):
        custody = DEFINITIONS[step].side is Side.CUSTODY
        if custody and state.status is StepStatus.OPEN:
            reason = {"reason": "released_before_it_was_done"}
            story.tell(EventKind.STEP_MISSED, reason, on=on, step=step)
            close_ladder(story, step, "answered")
    refuse_unevidenced(story, story.now)


def _close_when_over(story: Story) -> None:
    state = story.state
    if not _nothing_arose(state):
        return
    if state.retention is not None:
        early = state.retention.outcome is RetentionOutcome.LEFT_EARLY
        close(story, Closure.LEFT_TREATMENT if early else Closure.COMPLETED)
    elif has_no_need(state) and state.is_answered(Step.PLAN):
        close(story, Closure.NO_TREATMENT_NEED)


def _nothing_arose(state: Release) -> bool:
    return all(is_complete(each) for each in state.reviews) and state.is_answered(Step.SAFEGUARDING)


def _rearm(story: Story, step: Step, before: Release, rules_before: Rules) -> None:
    """Set a step's clock anew when what it is due by has changed.

    A lapse stands while the step is still overdue by its new due time, and its ladder gets graver
    when the lapse does. Otherwise the ladder stops and the clock starts again; that it once lapsed
    stays on the record.
    """
    was, now_due = due_of(before, step, rules_before), due_of(story.state, step, story.rules)
    state = story.state.steps[step]
    if state.status is not StepStatus.OPEN or step not in before.steps:
        return
    if was == now_due or before.steps[step].status is not StepStatus.OPEN:
        return
    if state.lapsed_at is None:
        if now_due is not None and now_due.at <= story.now:
            story.tell(EventKind.STEP_REARMED, step=step)
    elif now_due is None or now_due.at > story.now:
        story.tell(EventKind.STEP_REARMED, step=step)
        close_ladder(story, step, "rearmed")
    else:
        worsen_ladder(story, step, now_due.severity, story.now)
