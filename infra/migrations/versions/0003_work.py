"""What is arranged for a release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_PATHWAYS = (
    "accommodation",
    "attitudes_thinking_and_behaviour",
    "children_families_and_communities",
    "drugs_and_alcohol",
    "education_skills_and_work",
    "finance_and_id",
    "health",
)


def upgrade() -> None:
    _create_needs()
    _create_actions()
    _create_referrals()
    _create_prescriptions()
    _create_appointments()


def downgrade() -> None:
    op.drop_table("appointments")
    op.drop_table("prescriptions")
    op.drop_table("referrals")
    op.drop_table("actions")
    op.drop_table("needs")


def _create_needs() -> None:
    op.create_table(
        "needs",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("pathway", _codes("pathway", *_PATHWAYS), nullable=False),
        sa.Column(
            "status",
            _codes("status", "support_required", "support_not_required", "support_declined"),
            nullable=False,
        ),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("self_report_only", sa.Boolean(), nullable=False),
        sa.Column("why_note", _CODE, nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_needs_release_id"),
        sa.PrimaryKeyConstraint("release_id", "pathway", name="pk_needs"),
    )


def _create_actions() -> None:
    op.create_table(
        "actions",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("id", _CODE, nullable=False),
        sa.Column("pathway", _codes("pathway", *_PATHWAYS), nullable=False),
        sa.Column(
            "owner",
            _codes(
                "owner",
                "resettlement",
                "healthcare",
                "probation",
                "provider",
                "commissioner",
                "admin",
                "auditor",
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", _CODE, nullable=True),
        sa.Column(
            "outcome",
            _codes("outcome", "accepted", "attended", "done", "declined", "not_needed"),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_actions_release_id"),
        sa.PrimaryKeyConstraint("release_id", "id", name="pk_actions"),
    )


def _create_referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("id", _CODE, nullable=False),
        sa.Column("service", _CODE, nullable=False),
        sa.Column(
            "status",
            _codes("status", "requested", "received", "accepted", "rejected", "withdrawn"),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "reason",
            _codes(
                "reason",
                "out_of_area",
                "not_eligible",
                "no_capacity",
                "already_in_treatment_elsewhere",
                "information_missing",
                "person_declined",
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_referrals_release_id"),
        sa.PrimaryKeyConstraint("release_id", "id", name="pk_referrals"),
    )
    op.create_index("ix_referrals_service", "referrals", ["service", "release_id"])


def _create_prescriptions() -> None:
    op.create_table(
        "prescriptions",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("supplies", sa.JSON(), nullable=False),
        sa.Column("pharmacy", sa.JSON(), nullable=True),
        sa.Column("prescriber_on", sa.Date(), nullable=True),
        sa.Column("last_dose_confirmed_on", sa.Date(), nullable=True),
        sa.Column("last_dose_with_prescriber", sa.Boolean(), nullable=True),
        sa.Column("last_dose_with_pharmacy", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.id"], name="fk_prescriptions_release_id"
        ),
        sa.PrimaryKeyConstraint("release_id", name="pk_prescriptions"),
    )


def _create_appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("id", _CODE, nullable=False),
        sa.Column("service", _CODE, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("place", _CODE, nullable=True),
        sa.Column("with_prescriber", sa.Boolean(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column(
            "status", _codes("status", "booked", "attended", "missed", "cancelled"), nullable=False
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_appointments_release_id"),
        sa.PrimaryKeyConstraint("release_id", "id", name="pk_appointments"),
    )
    op.create_index("ix_appointments_service", "appointments", ["service", "at"])


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
