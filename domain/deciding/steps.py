"""Deciding what people say about a step itself: not needed, declined, wanted again, taken on."""

from __future__ import annotations

from typing import Final

from domain.answers import AUTOMATIC_REASONS
from domain.commands import (
    AcknowledgeEscalation,
    EscalateUnreached,
    MarkNotNeeded,
    PassOnEscalation,
    RecordDeclined,
    ReopenStep,
    ReportObstacle,
)
from domain.deciding.checks import asking, happened, refuse
from domain.deciding.closing import close_ladder, standing_ladder
from domain.deciding.story import Story
from domain.due import severity_of
from domain.errors import Refusal
from domain.events import EventKind
from domain.journey import Step
from domain.ladder import acknowledge, open_above, pass_on
from domain.state import Escalation, LadderStatus, StepStatus

NOT_NEEDED_REASONS: Final[dict[Step, frozenset[str]]] = {
    Step.REFERRAL: frozenset({"already_in_treatment", "going_abroad", "transferring_to_hospital"}),
    Step.PRESCRIPTION: frozenset({"no_medicine", "not_in_prison_treatment", "completed_in_prison"}),
    Step.NALOXONE: frozenset({"already_has_naloxone"}),
    Step.APPOINTMENT: frozenset({"already_in_treatment", "residential_admission", "going_abroad"}),
    Step.HANDOVER: frozenset({"going_abroad", "transferring_to_hospital"}),
    Step.SAFEGUARDING: frozenset({"no_care_and_support_needs", "not_at_risk"}),
}
"""The coded reasons a person may give why a step is not needed; a step not named here always is.

What the facts say themselves, such as no opiate history, nobody needs to say again.
"""

DECLINED_REASONS: Final = frozenset(
    {"wants_no_treatment", "wants_no_contact", "will_arrange_own", "prefers_other_support"}
)
"""The coded reasons a person may give for declining."""

MAY_BE_DECLINED: Final = frozenset(
    {Step.REFERRAL, Step.PRESCRIPTION, Step.APPOINTMENT, Step.HANDOVER, Step.FIRST_CONTACT}
)
"""The steps a person may decline; they stay in the rate's denominator."""


def mark_not_needed(story: Story, command: MarkNotNeeded) -> None:
    """Answer an open step with a coded reason that stays visible."""
    _open_step(story, command)
    allowed = NOT_NEEDED_REASONS.get(command.step, frozenset())
    _check_reason(command.reason, allowed)
    _answer(story, EventKind.STEP_NOT_NEEDED, command)


def record_declined(story: Story, command: RecordDeclined) -> None:
    """Record that the person does not want what the step arranges."""
    _open_step(story, command)
    allowed = DECLINED_REASONS if command.step in MAY_BE_DECLINED else frozenset()
    _check_reason(command.reason, allowed)
    _answer(story, EventKind.STEP_DECLINED, command)


def reopen(story: Story, command: ReopenStep) -> None:
    """Open a step again that a person had answered as not needed or declined."""
    happened(story, command.on)
    state = story.state.steps.get(command.step)
    given = (StepStatus.NOT_NEEDED, StepStatus.DECLINED)
    if state is None or state.status not in given or state.reason in AUTOMATIC_REASONS:
        message = "Nobody marked this step as not needed or declined. Record what is wrong instead."
        refuse(Refusal.WRONG_STATE, message, "step")
    story.tell(EventKind.STEP_OPENED, on=command.on, step=command.step)


def report_obstacle(story: Story, command: ReportObstacle) -> None:
    """Escalate an open step at once to whoever is above the one that cannot do it."""
    _open_step(story, command)
    if standing_ladder(story, command.step) is not None:
        message = "This step is escalated already. Answer that escalation, or pass it on."
        refuse(Refusal.ALREADY_DONE, message, "step")
    data = command.model_dump(mode="json", include={"reason", "note"})
    story.tell(EventKind.OBSTACLE_REPORTED, data, on=command.on, step=command.step)
    number = story.state.escalations_opened + 1
    severity = severity_of(story.state, command.step, story.now, story.rules)
    ladder = open_above(number, command.step, severity, story.now, story.rules)
    story.tell(EventKind.ESCALATION_OPENED, ladder.model_dump(mode="json"), step=command.step)


def acknowledge_escalation(story: Story, command: AcknowledgeEscalation) -> None:
    """Take the work on; the first valid acknowledgement wins, and it is a lease, not an end."""
    ladder = _standing(story, command.step)
    if ladder.status is LadderStatus.ACKNOWLEDGED:
        refuse(Refusal.ALREADY_DONE, "A colleague has taken this already. Speak to them.", "step")
    taken = acknowledge(ladder, asking(story).id, story.now, story.rules)
    data = taken.model_dump(mode="json")
    story.tell(EventKind.ESCALATION_ACKNOWLEDGED, data, step=command.step)


def pass_on_escalation(story: Story, command: PassOnEscalation) -> None:
    """Turn to the next rung at once, because whoever was paged cannot act."""
    rung = pass_on(_standing(story, command.step), story.now, story.rules)
    story.tell(rung.kind, rung.ladder.model_dump(mode="json"), step=command.step)


def escalate_unreached(story: Story, command: EscalateUnreached) -> None:
    """Turn to the next rung at once, because nobody on the one that was paged can answer."""
    ladder = _standing(story, command.step)
    if ladder.status is not LadderStatus.OPEN or not _is_at(ladder, command):
        message = "The escalation has moved on since. Leave it to whoever is asked now."
        refuse(Refusal.WRONG_STATE, message, "level")
    rung = pass_on(ladder, story.now, story.rules)
    data = {**rung.ladder.model_dump(mode="json"), "unreached": command.reason}
    story.tell(rung.kind, data, step=command.step)


def _is_at(ladder: Escalation, command: EscalateUnreached) -> bool:
    return (ladder.number, ladder.level) == (command.number, command.level)


def _standing(story: Story, step: Step) -> Escalation:
    ladder = standing_ladder(story, step)
    if ladder is None:
        message = "There is no open escalation for this step. Do the work it asks for, if any."
        refuse(Refusal.NOTHING_TO_ACKNOWLEDGE, message, "step")
    return ladder


def _open_step(story: Story, command: MarkNotNeeded | RecordDeclined | ReportObstacle) -> None:
    happened(story, command.on)
    if story.state.is_answered(command.step):
        message = "This step is answered already, or has not arisen. Choose an open one."
        refuse(Refusal.ALREADY_DONE, message, "step")


def _check_reason(reason: str, allowed: frozenset[str]) -> None:
    if not allowed:
        message = "Nobody can leave this step out or decline it. Do what it asks for."
        refuse(Refusal.REASON_NOT_ALLOWED, message, "step")
    if reason not in allowed:
        known = ", ".join(sorted(allowed))
        refuse(Refusal.REASON_NOT_ALLOWED, f"Give one of the coded reasons: {known}.", "reason")


def _answer(story: Story, kind: EventKind, command: MarkNotNeeded | RecordDeclined) -> None:
    story.tell(kind, {"reason": command.reason}, on=command.on, step=command.step)
    close_ladder(story, command.step, "answered")
