"""Releases as worklists and rates read them, with their steps and escalations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.codes import Nation, ReleaseType, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import RetentionOutcome
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus, Phase, StepStatus
from infra.database.columns import codes
from infra.database.tables.record import Record


class ReleaseRow(Record):
    """One release: the newest projection of its workflow.

    What rates group and count by stands on this row, because counting over steps is two orders of
    magnitude slower at a million releases; their two indexes cover those columns.

    Attributes:
        leaves_on: R once released, E until then.
        left_month: The first day of the month of R.
        engaged: Whether treatment started inside the window; None while it can still happen.
        next_due_at: The earliest due time that has not been recorded as lapsed.
        worst_lapsed_severity: Of the steps that stand lapsed.
        resettlement_due_at: The earliest due time of an open step that this role answers for,
            lapsed ones among them; so for the other roles.
        snapshot: The whole state, from which a lost workflow is rebuilt.
        parts: A digest of the rows of each child table, so that only changed ones are written.
    """

    __tablename__ = "releases"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    reference: Mapped[str] = mapped_column(String(6), unique=True)
    seq: Mapped[int]
    run: Mapped[int]
    policy_version: Mapped[str]
    phase: Mapped[Phase] = mapped_column(codes(Phase, "phase"))
    closure: Mapped[Closure | None] = mapped_column(codes(Closure, "closure"))
    prison: Mapped[str]
    destination: Mapped[str]
    nation: Mapped[Nation] = mapped_column(codes(Nation, "nation"))
    probation_unit: Mapped[str]
    service: Mapped[str | None]
    release_type: Mapped[ReleaseType] = mapped_column(codes(ReleaseType, "release_type"))
    sex: Mapped[Sex | None] = mapped_column(codes(Sex, "sex"))
    reception_on: Mapped[date]
    scheduled_on: Mapped[date]
    expected_on: Mapped[date]
    released_on: Mapped[date | None]
    leaves_on: Mapped[date]
    left_month: Mapped[date | None]
    treatment_need: Mapped[TreatmentNeed | None] = mapped_column(
        codes(TreatmentNeed, "treatment_need")
    )
    treatment_group: Mapped[SubstanceGroup | None] = mapped_column(
        codes(SubstanceGroup, "treatment_group")
    )
    opiate_treatment: Mapped[bool]
    treatment_started_on: Mapped[date | None]
    engaged: Mapped[bool | None]
    retention_outcome: Mapped[RetentionOutcome | None] = mapped_column(
        codes(RetentionOutcome, "retention_outcome")
    )
    retained_on: Mapped[date | None]
    died_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    short_notice: Mapped[bool]
    in_hospital: Mapped[bool]
    next_due_at: Mapped[datetime | None]
    next_due_step: Mapped[Step | None] = mapped_column(codes(Step, "next_due_step"))
    next_due_severity: Mapped[Severity | None] = mapped_column(codes(Severity, "next_due_severity"))
    worst_lapsed_severity: Mapped[Severity | None] = mapped_column(
        codes(Severity, "worst_lapsed_severity")
    )
    resettlement_due_at: Mapped[datetime | None]
    healthcare_due_at: Mapped[datetime | None]
    probation_due_at: Mapped[datetime | None]
    provider_due_at: Mapped[datetime | None]
    next_wakeup_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    projected_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]
    parts: Mapped[dict[str, Any]]

    __table_args__ = (
        Index("ix_releases_worklist", "phase", "next_due_at", "id"),
        Index("ix_releases_prison", "prison", "phase", "leaves_on"),
        Index("ix_releases_probation_unit", "probation_unit", "phase", "leaves_on"),
        Index("ix_releases_service", "service", "phase", "leaves_on"),
        Index("ix_releases_leaves_on", "leaves_on", "id"),
        # All that lists of cases are narrowed and sorted by: the rows themselves are large.
        Index(
            "ix_releases_list",
            *("phase", "leaves_on", "id", "worst_lapsed_severity", "next_due_at"),
            *("next_due_step", "prison", "probation_unit", "released_on"),
            *("resettlement_due_at", "healthcare_due_at", "probation_due_at", "provider_due_at"),
        ),
        Index(
            "ix_releases_rates_by_month",
            *("left_month", "nation", "destination", "treatment_group", "engaged"),
            *("retention_outcome", "died_on"),
        ),
        Index(
            "ix_releases_rates_by_place",
            *("destination", "left_month", "treatment_group", "engaged"),
            *("retention_outcome", "died_on"),
        ),
    )


class StepRow(Record):
    """One step of one release; `due_at` and what explains it are there while the step is open."""

    __tablename__ = "steps"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    step: Mapped[Step] = mapped_column(codes(Step, "step"), primary_key=True)
    status: Mapped[StepStatus] = mapped_column(codes(StepStatus, "status"))
    due_at: Mapped[datetime | None]
    severity: Mapped[Severity | None] = mapped_column(codes(Severity, "severity"))
    anchor: Mapped[str | None]
    source: Mapped[str | None] = mapped_column(String(200))
    compressed: Mapped[bool]
    armed_at: Mapped[datetime]
    lapsed_at: Mapped[datetime | None]
    lapses: Mapped[int]
    warnings: Mapped[int]
    answered_on: Mapped[date | None]
    reason: Mapped[str | None]

    __table_args__ = (
        Index("ix_steps_overdue", "status", "due_at"),
        Index("ix_steps_team", "status", "step", "due_at", "release_id"),
    )


class EscalationRow(Record):
    """One ladder; its id is `<release id>.<number>`. Ladders that were replaced stay, closed."""

    __tablename__ = "escalations"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), index=True)
    number: Mapped[int]
    step: Mapped[Step] = mapped_column(codes(Step, "step"))
    severity: Mapped[Severity] = mapped_column(codes(Severity, "severity"))
    status: Mapped[LadderStatus] = mapped_column(codes(LadderStatus, "status"))
    level: Mapped[int]
    opened_at: Mapped[datetime]
    next_at: Mapped[datetime]
    acknowledged_by: Mapped[str | None]

    __table_args__ = (Index("ix_escalations_worklist", "status", "severity", "opened_at"),)
