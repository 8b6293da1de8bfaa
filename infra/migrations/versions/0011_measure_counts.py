"""Sums of what measures count, kept by the projection so that rates read fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_COUNTS = (
    "releases",
    "counted",
    "not_screened",
    "no_need",
    "need",
    "need_started",
    "need_stayed",
    "need_stayed_started",
    "referred",
    "referred_started",
    "referred_stayed",
    "referred_stayed_started",
    "retained",
    "retention_unrecorded",
    "cover_due",
    "cover_continuous",
    "cover_gap",
    "cover_unrecorded",
    "cover_declined",
    "cover_not_needed",
    "uncovered_days",
    "naloxone_due",
    "naloxone_supplied",
    "naloxone_declined",
    "naloxone_unrecorded",
    "naloxone_in_hand",
    "wait_referred",
    "wait_valid",
    "wait_within",
    "wait_invalid",
    "wait_not_started",
    "wait_did_not_attend",
    "wait_valid_or_did_not_attend",
)


def upgrade() -> None:
    op.create_table(
        "measure_counts",
        sa.Column("nation", sa.String(10), nullable=False),
        sa.Column("cut", sa.String(20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("area", _CODE, nullable=False),
        sa.Column("key", _CODE, nullable=False),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in _COUNTS),
        sa.PrimaryKeyConstraint("nation", "cut", "month", "area", "key", name="pk_measure_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "measure_details",
        sa.Column("nation", sa.String(10), nullable=False),
        sa.Column("cut", sa.String(20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("key", _CODE, nullable=False),
        sa.Column("name", _CODE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nation", "cut", "month", "key", "name", name="pk_measure_details"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "measure_changes",
        sa.Column("nation", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nation", name="pk_measure_changes"),
    )


def downgrade() -> None:
    op.drop_table("measure_changes")
    op.drop_table("measure_details")
    op.drop_table("measure_counts")
