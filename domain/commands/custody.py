"""What prison and probation staff may ask before release."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.codes import HandoverParty
from domain.facts import (
    ActionOutcome,
    Code,
    Day,
    DrugCondition,
    EssentialItem,
    Fact,
    LicenceCriteria,
    PathwayAnswer,
    PlanAction,
    TreatmentPicture,
)


class RecordScreening(Fact):
    """Answer some or all of the seven pathways, and the treatment need once it is known."""

    kind: Literal["record_screening"] = "record_screening"
    on: Day
    answers: Annotated[tuple[PathwayAnswer, ...], Field(max_length=7)] = ()
    treatment: TreatmentPicture | None = None


class RecordPlan(Fact):
    """Add actions to the plan; an action with a known id replaces the earlier one."""

    kind: Literal["record_plan"] = "record_plan"
    on: Day
    actions: Annotated[tuple[PlanAction, ...], Field(max_length=60)] = ()
    contingency: Code | None = None


class RecordActionOutcome(Fact):
    """Close one action by what came of it; a referral sent is not an outcome."""

    kind: Literal["record_action_outcome"] = "record_action_outcome"
    on: Day
    action: Code
    outcome: ActionOutcome


class RecordEssentials(Fact):
    """Answer some or all of the six essentials."""

    kind: Literal["record_essentials"] = "record_essentials"
    on: Day
    items: Annotated[tuple[EssentialItem, ...], Field(min_length=1, max_length=6)]


class RequestLicenceCondition(Fact):
    """Ask for a drug condition; from now on its evidence is due."""

    kind: Literal["request_licence_condition"] = "request_licence_condition"
    on: Day
    condition: DrugCondition


class EvidenceLicenceCondition(Fact):
    """Evidence the criteria of a requested condition."""

    kind: Literal["evidence_licence_condition"] = "evidence_licence_condition"
    on: Day
    condition: DrugCondition
    criteria: LicenceCriteria


class WithdrawLicenceCondition(Fact):
    """The condition is not wanted after all."""

    kind: Literal["withdraw_licence_condition"] = "withdraw_licence_condition"
    on: Day
    condition: DrugCondition


class SendHandover(Fact):
    """Send the pack to the four parties; the sender's own party has it by sending."""

    kind: Literal["send_handover"] = "send_handover"
    on: Day
    pack: Code


class AcknowledgeHandover(Fact):
    """One party has the pack and has read it."""

    kind: Literal["acknowledge_handover"] = "acknowledge_handover"
    on: Day
    party: HandoverParty
