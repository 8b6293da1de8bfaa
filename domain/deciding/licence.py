"""Deciding the drug conditions of a licence: asked for, evidenced, taken back, or refused (R69)."""

from __future__ import annotations

from datetime import datetime

from domain.commands import (
    EvidenceLicenceCondition,
    RequestLicenceCondition,
    WithdrawLicenceCondition,
)
from domain.deciding.checks import happened, in_custody, refuse
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import ConditionStatus, LicenceCondition
from domain.journey import Step


def request_condition(story: Story, command: RequestLicenceCondition) -> None:
    """Open the licence step for one drug condition."""
    in_custody(story.state)
    happened(story, command.on)
    known = story.state.conditions.get(command.condition)
    live = (ConditionStatus.REQUESTED, ConditionStatus.EVIDENCED)
    if known and known.status in live:
        message = "This condition has been asked for already. Evidence it, or withdraw it."
        refuse(Refusal.ALREADY_DONE, message, "condition")
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
        message = "This condition was not asked for. Choose one that was."
        refuse(Refusal.UNKNOWN_ITEM, message, "condition")
    _condition(story, command, ConditionStatus.WITHDRAWN, EventKind.CONDITION_WITHDRAWN)


def _condition(
    story: Story,
    command: RequestLicenceCondition | WithdrawLicenceCondition,
    status: ConditionStatus,
    kind: EventKind,
) -> None:
    condition = LicenceCondition(condition=command.condition, status=status)
    story.tell(kind, condition.model_dump(mode="json"), on=command.on, step=Step.LICENCE)


def refuse_unevidenced(story: Story, at: datetime) -> None:
    """Refuse the conditions that nobody evidenced in time; without it they are not lawful (R69)."""
    for condition in story.state.conditions.values():
        if condition.status is ConditionStatus.REQUESTED:
            refused = condition.model_copy(update={"status": ConditionStatus.REFUSED})
            data = refused.model_dump(mode="json")
            story.tell(EventKind.CONDITION_REFUSED, data, step=Step.LICENCE, at=at)
