"""What was arranged for one release: needs, actions, referrals, prescription, appointments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.codes import Pathway, Role
from domain.facts import (
    ActionOutcome,
    AppointmentStatus,
    PathwayStatus,
    ReferralStatus,
    RejectionReason,
)
from infra.database.columns import codes
from infra.database.tables.record import Record


class NeedRow(Record):
    """What a screening found on one pathway."""

    __tablename__ = "needs"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    pathway: Mapped[Pathway] = mapped_column(codes(Pathway, "pathway"), primary_key=True)
    status: Mapped[PathwayStatus] = mapped_column(codes(PathwayStatus, "status"))
    sources: Mapped[list[Any]]
    self_report_only: Mapped[bool]
    why_note: Mapped[str | None]


class ActionRow(Record):
    """One action of the plan."""

    __tablename__ = "actions"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    pathway: Mapped[Pathway] = mapped_column(codes(Pathway, "pathway"))
    owner: Mapped[Role] = mapped_column(codes(Role, "owner"))
    due_on: Mapped[date]
    note: Mapped[str | None]
    outcome: Mapped[ActionOutcome | None] = mapped_column(codes(ActionOutcome, "outcome"))
    outcome_on: Mapped[date | None]


class ReferralRow(Record):
    """One referral to a community service; it also opens the release to that service."""

    __tablename__ = "referrals"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str]
    status: Mapped[ReferralStatus] = mapped_column(codes(ReferralStatus, "status"))
    sent_on: Mapped[date]
    sent_at: Mapped[datetime]
    answered_on: Mapped[date | None]
    reason: Mapped[RejectionReason | None] = mapped_column(codes(RejectionReason, "reason"))

    __table_args__ = (Index("ix_referrals_service", "service", "release_id"),)


class PrescriptionRow(Record):
    """How medicine continues after the gate; it holds no dose and no medicine."""

    __tablename__ = "prescriptions"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    supplies: Mapped[list[Any]]
    pharmacy: Mapped[dict[str, Any] | None]
    prescriber_on: Mapped[date | None]
    last_dose_confirmed_on: Mapped[date | None]
    last_dose_with_prescriber: Mapped[bool | None]
    last_dose_with_pharmacy: Mapped[bool | None]


class AppointmentRow(Record):
    """One appointment with the community service."""

    __tablename__ = "appointments"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str]
    at: Mapped[datetime]
    place: Mapped[str | None]
    with_prescriber: Mapped[bool]
    told_on: Mapped[date | None]
    status: Mapped[AppointmentStatus] = mapped_column(codes(AppointmentStatus, "status"))
    outcome_on: Mapped[date | None]

    __table_args__ = (Index("ix_appointments_service", "service", "at"),)
