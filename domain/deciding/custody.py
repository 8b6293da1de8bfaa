"""Deciding what prison and probation staff record before release."""

from __future__ import annotations

from domain.access_table import PARTIES
from domain.commands import (
    AcknowledgeHandover,
    RecordActionOutcome,
    RecordEssentials,
    RecordPlan,
    RecordScreening,
    SendHandover,
)
from domain.deciding.checks import asking, happened, happened_in_custody, refuse
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import Handover
from domain.journey import Step


def record_screening(story: Story, command: RecordScreening) -> None:
    """Record answers on the pathways and the treatment need; several sittings add up."""
    happened_in_custody(story, command.on)
    if not command.answers and command.treatment is None:
        refuse(Refusal.INCOMPLETE, "Answer at least one pathway or the treatment need.", "answers")
    pathways = [each.pathway for each in command.answers]
    if len(set(pathways)) != len(pathways):
        refuse(Refusal.INCOMPLETE, "Answer each pathway once.", "answers")
    data = command.model_dump(mode="json", include={"answers", "treatment"})
    story.tell(EventKind.SCREENING_RECORDED, data, on=command.on, step=Step.SCREENING)


def record_plan(story: Story, command: RecordPlan) -> None:
    """Record the plan's actions, once screening has found the needs."""
    happened_in_custody(story, command.on)
    if not story.state.is_answered(Step.SCREENING):
        message = "The screening is not complete. Record it before the plan."
        refuse(Refusal.OUT_OF_ORDER, message)
    data = command.model_dump(mode="json", include={"actions", "contingency"})
    story.tell(EventKind.PLAN_RECORDED, data, on=command.on, step=Step.PLAN)


def record_action_outcome(story: Story, command: RecordActionOutcome) -> None:
    """Close one action of the plan by what came of it."""
    happened(story, command.on)
    action = next((each for each in story.state.actions if each.id == command.action), None)
    if action is None:
        refuse(
            Refusal.UNKNOWN_ITEM,
            "There is no such action in the plan. Choose one that is.",
            "action",
        )
    update = {"outcome": command.outcome, "outcome_on": command.on}
    closed = action.model_copy(update=update)
    data = closed.model_dump(mode="json")
    story.tell(EventKind.ACTION_CLOSED, data, on=command.on, step=Step.PLAN)


def record_essentials(story: Story, command: RecordEssentials) -> None:
    """Record answers on the essentials; several sittings add up."""
    happened_in_custody(story, command.on)
    if len({each.item for each in command.items}) != len(command.items):
        refuse(Refusal.INCOMPLETE, "Answer each essential once.", "items")
    data = command.model_dump(mode="json", include={"items"})
    story.tell(EventKind.ESSENTIALS_RECORDED, data, on=command.on, step=Step.ESSENTIALS)


def send_handover(story: Story, command: SendHandover) -> None:
    """Send the pack; the party that sends it has it by doing so, every other must answer."""
    happened(story, command.on)
    own = PARTIES.get(asking(story).role)
    handover = Handover(
        pack=command.pack,
        sent_on=command.on,
        sent_at=story.now,
        acknowledged={own: command.on} if own else {},
    )
    data = handover.model_dump(mode="json")
    story.tell(EventKind.HANDOVER_SENT, data, on=command.on, step=Step.HANDOVER)


def acknowledge_handover(story: Story, command: AcknowledgeHandover) -> None:
    """Record that one party has the pack."""
    handover = story.state.handover
    if handover is None:
        refuse(Refusal.OUT_OF_ORDER, "The handover pack has not been sent. Send it first.")
    happened(story, command.on)
    if command.on < handover.sent_on:
        message = "The pack was sent after this date. Check the date."
        refuse(Refusal.DATE_TOO_EARLY, message, "on")
    if command.party in handover.acknowledged:
        message = "This party has acknowledged the pack already. Send a new pack if it has changed."
        refuse(Refusal.ALREADY_DONE, message, "party")
    acknowledged = {**handover.acknowledged, command.party: command.on}
    data = handover.model_copy(update={"acknowledged": acknowledged}).model_dump(mode="json")
    story.tell(EventKind.HANDOVER_ACKNOWLEDGED, data, on=command.on, step=Step.HANDOVER)
