"""Needs, the treatment picture and the plan: what screening finds and who acts on it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from domain.codes import (
    NeedSource,
    Pathway,
    Role,
    Substance,
    SubstanceGroup,
    TreatmentNeed,
    group_of,
)
from domain.facts.fact import Code, Day, Fact


class PathwayStatus(StrEnum):
    """What a screening finds on one pathway (R34)."""

    SUPPORT_REQUIRED = "support_required"
    SUPPORT_NOT_REQUIRED = "support_not_required"
    SUPPORT_DECLINED = "support_declined"


class PathwayAnswer(Fact):
    """One pathway's answer; a need says why and every answer names the sources checked (R29)."""

    pathway: Pathway
    status: PathwayStatus
    sources: Annotated[tuple[NeedSource, ...], Field(min_length=1, max_length=6)]
    why_note: Code | None = None

    @model_validator(mode="after")
    def _a_need_says_why(self) -> PathwayAnswer:
        if self.status is PathwayStatus.SUPPORT_REQUIRED and self.why_note is None:
            msg = "why_note: say why support is required"
            raise ValueError(msg)
        return self

    @property
    def self_report_only(self) -> bool:
        """Whether nothing but the person's own word was checked, the flaw R29 names."""
        return set(self.sources) == {NeedSource.SELF_REPORT}


class TreatmentPicture(Fact):
    """What is known of the person's need for drug or alcohol treatment.

    Attributes:
        stated_group: The group as another system states it, while the substances are not known.
        opiate_treatment: On opioid substitution treatment now; raises several severities.
        believed_drug_free: After opiate use; then the plan must hold a contingency (R43).
    """

    need: TreatmentNeed
    substances: tuple[Substance, ...] = ()
    stated_group: SubstanceGroup | None = None
    opiate_treatment: bool = False
    opiate_history: bool = False
    believed_drug_free: bool = False

    @model_validator(mode="after")
    def _a_need_names_its_substances(self) -> TreatmentPicture:
        unknown = not self.substances and self.stated_group is None
        if self.need is TreatmentNeed.NEEDED and unknown:
            msg = "substances: name at least one when treatment is needed"
            raise ValueError(msg)
        return self

    @property
    def group(self) -> SubstanceGroup | None:
        """The group of the national statistics, None without a treatment need (R10)."""
        if self.need is not TreatmentNeed.NEEDED:
            return None
        return group_of(self.substances) if self.substances else self.stated_group

    @property
    def has_opiate_history(self) -> bool:
        """Whether naloxone and the overdose conversation are due to this person (R62)."""
        return self.opiate_history or self.opiate_treatment or self.group is SubstanceGroup.OPIATE


class ActionOutcome(StrEnum):
    """How an action ended; "referral sent" is deliberately not among them (R36)."""

    ACCEPTED = "accepted"
    ATTENDED = "attended"
    DONE = "done"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"


class PlanAction(Fact):
    """One thing somebody will do about a need; `id` is unique within the release."""

    id: Code
    pathway: Pathway
    owner: Role
    due_on: Day
    note: Code | None = None
    outcome: ActionOutcome | None = None
    outcome_on: Day | None = None
