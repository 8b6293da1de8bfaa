"""Releases with their steps and escalations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_SEVERITIES = ("S1", "S2", "S3", "S4")
_STEPS = (
    "screening",
    "plan",
    "referral",
    "prescription",
    "naloxone",
    "appointment",
    "essentials",
    "licence",
    "handover",
    "release",
    "first_contact",
    "engagement",
    "retention",
    "review",
    "safeguarding",
)


def upgrade() -> None:
    _create_releases()
    _create_steps()
    _create_escalations()


def downgrade() -> None:
    op.drop_table("escalations")
    op.drop_table("steps")
    op.drop_table("releases")


def _create_releases() -> None:
    op.create_table(
        "releases",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("person_id", _CODE, nullable=True),
        sa.Column("reference", sa.String(length=6), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("policy_version", _CODE, nullable=False),
        sa.Column("phase", _codes("phase", "custody", "community", "closed"), nullable=False),
        sa.Column(
            "closure",
            _codes(
                "closure",
                "completed",
                "left_treatment",
                "not_engaged",
                "no_treatment_need",
                "cancelled",
                "recalled",
                "died",
                "merged",
            ),
            nullable=True,
        ),
        sa.Column("prison", _CODE, nullable=False),
        sa.Column("destination", _CODE, nullable=False),
        sa.Column("nation", _codes("nation", "england", "wales"), nullable=False),
        sa.Column("probation_unit", _CODE, nullable=False),
        sa.Column("service", _CODE, nullable=True),
        sa.Column(
            "release_type",
            _codes(
                "release_type",
                "conditional",
                "automatic",
                "post_recall",
                "fixed_term_recall",
                "early_transfer",
                "mid_transfer",
                "late_transfer",
                "home_detention_curfew",
                "parole",
                "indeterminate",
                "court",
                "remand_end",
            ),
            nullable=False,
        ),
        sa.Column("sex", _codes("sex", "female", "male"), nullable=True),
        sa.Column("reception_on", sa.Date(), nullable=False),
        sa.Column("scheduled_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("left_month", sa.Date(), nullable=True),
        sa.Column(
            "treatment_need",
            _codes("treatment_need", "not_yet_known", "needed", "not_needed"),
            nullable=True,
        ),
        sa.Column(
            "treatment_group",
            _codes(
                "treatment_group",
                "opiate",
                "non_opiate_only",
                "non_opiate_and_alcohol",
                "alcohol_only",
            ),
            nullable=True,
        ),
        sa.Column("opiate_treatment", sa.Boolean(), nullable=False),
        sa.Column("treatment_started_on", sa.Date(), nullable=True),
        sa.Column("engaged", sa.Boolean(), nullable=True),
        sa.Column(
            "retention_outcome",
            _codes("retention_outcome", "in_treatment", "left_treatment_complete", "left_early"),
            nullable=True,
        ),
        sa.Column("retained_on", sa.Date(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("short_notice", sa.Boolean(), nullable=False),
        sa.Column("in_hospital", sa.Boolean(), nullable=False),
        sa.Column("next_due_at", _INSTANT, nullable=True),
        sa.Column("next_due_step", _codes("next_due_step", *_STEPS), nullable=True),
        sa.Column("next_due_severity", _codes("next_due_severity", *_SEVERITIES), nullable=True),
        sa.Column(
            "worst_lapsed_severity", _codes("worst_lapsed_severity", *_SEVERITIES), nullable=True
        ),
        sa.Column("next_wakeup_at", _INSTANT, nullable=True),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("projected_at", _INSTANT, nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_releases_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
        sa.UniqueConstraint("reference", name="uq_releases_reference"),
    )
    op.create_index("ix_releases_leaves_on", "releases", ["leaves_on", "id"])
    op.create_index("ix_releases_person_id", "releases", ["person_id"])
    op.create_index("ix_releases_prison", "releases", ["prison", "phase", "leaves_on"])
    op.create_index(
        "ix_releases_probation_unit", "releases", ["probation_unit", "phase", "leaves_on"]
    )
    op.create_index(
        "ix_releases_rates_by_month",
        "releases",
        [
            "left_month",
            "nation",
            "destination",
            "treatment_group",
            "engaged",
            "retention_outcome",
            "died_on",
        ],
    )
    op.create_index(
        "ix_releases_rates_by_place",
        "releases",
        ["destination", "left_month", "treatment_group", "engaged", "retention_outcome", "died_on"],
    )
    op.create_index("ix_releases_service", "releases", ["service", "phase", "leaves_on"])
    op.create_index("ix_releases_worklist", "releases", ["phase", "next_due_at", "id"])


def _create_steps() -> None:
    op.create_table(
        "steps",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("step", _codes("step", *_STEPS), nullable=False),
        sa.Column(
            "status",
            _codes("status", "open", "done", "not_needed", "declined", "missed"),
            nullable=False,
        ),
        sa.Column("due_at", _INSTANT, nullable=True),
        sa.Column("severity", _codes("severity", *_SEVERITIES), nullable=True),
        sa.Column("anchor", _CODE, nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("compressed", sa.Boolean(), nullable=False),
        sa.Column("armed_at", _INSTANT, nullable=False),
        sa.Column("lapsed_at", _INSTANT, nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", _CODE, nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_steps_release_id"),
        sa.PrimaryKeyConstraint("release_id", "step", name="pk_steps"),
    )
    op.create_index("ix_steps_overdue", "steps", ["status", "due_at"])


def _create_escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", _codes("step", *_STEPS), nullable=False),
        sa.Column("severity", _codes("severity", *_SEVERITIES), nullable=False),
        sa.Column(
            "status",
            _codes("status", "open", "acknowledged", "exhausted", "closed"),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("next_at", _INSTANT, nullable=False),
        sa.Column("acknowledged_by", _CODE, nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_escalations_release_id"),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
    )
    op.create_index("ix_escalations_release_id", "escalations", ["release_id"])
    op.create_index("ix_escalations_worklist", "escalations", ["status", "severity", "opened_at"])


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
