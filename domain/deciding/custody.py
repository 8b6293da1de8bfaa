"""Deciding what prison and probation staff record before release."""

from __future__ import annotations

from domain.codes import HandoverParty
from domain.commands import (
    AcknowledgeHandover,
    EvidenceLicenceCondition,
    RecordActionOutcome,
    RecordEssentials,
    RecordPlan,
    RecordScreening,
    RequestLicenceCondition,
    SendHandover,
    WithdrawLicenceCondition,
)
from domain.deciding.checks import happened, in_custody, refuse
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import ConditionStatus, Handover, LicenceCondition
from domain.journey import Step


def record_screening(story: Story, command: RecordScreening) -> None:
    """Record answers on the pathways and the treatment need; several sittings add up."""
    in_custody(story.state)
    happened(story, command.on)
    if not command.answers and command.treatment is None:
        refuse(Refusal.INCOMPLETE, "Answer at least one pathway or the treatment need.", "answers")
    pathways = [each.pathway for each in command.answers]
    if len(set(pathways)) != len(pathways):
        refuse(Refusal.INCOMPLETE, "Answer each pathway once.", "answers")
    data = command.model_dump(mode="json", include={"answers", "treatment"})
    story.tell(EventKind.SCREENING_RECORDED, data, on=command.on, step=Step.SCREENING)


def record_plan(story: Story, command: RecordPlan) -> None:
    """Record the plan's actions, once screening has found the needs."""
    in_custody(story.state)
    happened(story, command.on)
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
        refuse(Refusal.UNKNOWN_ITEM, "There is no such action in the plan.", "action")
    update = {"outcome": command.outcome, "outcome_on": command.on}
    closed = action.model_copy(update=update)
    data = closed.model_dump(mode="json")
    story.tell(EventKind.ACTION_CLOSED, data, on=command.on, step=Step.PLAN)


def record_essentials(story: Story, command: RecordEssentials) -> None:
    """Record answers on the essentials; several sittings add up."""
    in_custody(story.state)
    happened(story, command.on)
    data = command.model_dump(mode="json", include={"items"})
    story.tell(EventKind.ESSENTIALS_RECORDED, data, on=command.on, step=Step.ESSENTIALS)


def request_condition(story: Story, command: RequestLicenceCondition) -> None:
    """Open the licence step for one drug condition."""
    in_custody(story.state)
    happened(story, command.on)
    known = story.state.conditions.get(command.condition)
    live = (ConditionStatus.REQUESTED, ConditionStatus.EVIDENCED)
    if known and known.status in live:
        refuse(Refusal.ALREADY_DONE, "This condition has been asked for already.", "condition")
    _condition(story, command, ConditionStatus.REQUESTED, EventKind.CONDITION_REQUESTED)


def evidence_condition(story: Story, command: EvidenceLicenceCondition) -> None:
    """Record the evidence of a condition; it counts only when all five criteria are met (R69)."""
    in_custody(story.state)
    happened(story, command.on)
    known = story.state.conditions.get(command.condition)
    if known is None or known.status is not ConditionStatus.REQUESTED:
        message = "This condition is not waiting for evidence. Ask for the condition first."
        refuse(Refusal.OUT_OF_ORDER, message, "condition")
    if not command.criteria.all_met:
        message = "A drug condition needs all five criteria. Withdraw it if one is not met."
        refuse(Refusal.INCOMPLETE, message, "criteria")
    evidenced = LicenceCondition(
        condition=command.condition, status=ConditionStatus.EVIDENCED, criteria=command.criteria
    )
    data = evidenced.model_dump(mode="json")
    story.tell(EventKind.CONDITION_EVIDENCED, data, on=command.on, step=Step.LICENCE)


def withdraw_condition(story: Story, command: WithdrawLicenceCondition) -> None:
    """Take a requested condition back."""
    in_custody(story.state)
    happened(story, command.on)
    if command.condition not in story.state.conditions:
        refuse(Refusal.UNKNOWN_ITEM, "This condition was not asked for.", "condition")
    _condition(story, command, ConditionStatus.WITHDRAWN, EventKind.CONDITION_WITHDRAWN)


def _condition(
    story: Story,
    command: RequestLicenceCondition | WithdrawLicenceCondition,
    status: ConditionStatus,
    kind: EventKind,
) -> None:
    condition = LicenceCondition(condition=command.condition, status=status)
    story.tell(kind, condition.model_dump(mode="json"), on=command.on, step=Step.LICENCE)


def send_handover(story: Story, command: SendHandover) -> None:
    """Send the pack; the prison's resettlement team, which sends it, has it by doing so."""
    happened(story, command.on)
    handover = Handover(
        pack=command.pack,
        sent_on=command.on,
        sent_at=story.now,
        acknowledged={HandoverParty.PRISON_RESETTLEMENT: command.on},
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
        refuse(Refusal.ALREADY_DONE, "This party has acknowledged the pack already.", "party")
    acknowledged = {**handover.acknowledged, command.party: command.on}
    data = handover.model_copy(update={"acknowledged": acknowledged}).model_dump(mode="json")
    story.tell(EventKind.HANDOVER_ACKNOWLEDGED, data, on=command.on, step=Step.HANDOVER)
