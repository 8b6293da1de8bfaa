"""Measured releases, their earlier versions, and the patterns they count as."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

_CODE = sa.String(80)


def upgrade() -> None:
    _create_measured()
    _create_superseded()
    _create_patterns()
    op.create_table(
        "measures_counted_by",
        sa.Column("policy_version", _CODE, nullable=False),
        sa.PrimaryKeyConstraint("policy_version", name="pk_measures_counted_by"),
    )


def downgrade() -> None:
    op.drop_table("measures_counted_by")
    op.drop_table("measure_pattern_counts")
    op.drop_table("measure_patterns")
    op.drop_table("superseded_releases")
    op.drop_table("measured_releases")


def _facts() -> list[sa.Column[Any]]:
    return [
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("person_key", _CODE, nullable=True),
        sa.Column("reception_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("nation", sa.String(10), nullable=False),
        sa.Column("destination", _CODE, nullable=False),
        sa.Column("prison", _CODE, nullable=False),
        sa.Column("probation_region", _CODE, nullable=False),
        sa.Column("substance_group", sa.String(40), nullable=False),
        sa.Column("sex", sa.String(20), nullable=False),
        sa.Column("age_band", sa.String(20), nullable=False),
        sa.Column("ethnicity", sa.String(20), nullable=False),
        sa.Column("pattern", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
    ]


def _create_measured() -> None:
    op.create_table(
        "measured_releases",
        *_facts(),
        sa.PrimaryKeyConstraint("release_id", name="pk_measured_releases"),
    )
    op.create_index("ix_measured_releases_person_key", "measured_releases", ["person_key"])
    for place in ("nation", "destination", "prison"):
        name = f"ix_measured_releases_{place}"
        op.create_index(name, "measured_releases", [place, "month", "pattern"])


def _create_superseded() -> None:
    op.create_table(
        "superseded_releases",
        *_facts(),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("release_id", "known_from", name="pk_superseded_releases"),
    )
    for place in ("nation", "destination", "prison"):
        op.create_index(f"ix_superseded_releases_{place}", "superseded_releases", [place, "month"])


def _create_patterns() -> None:
    op.create_table(
        "measure_patterns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nation", sa.String(10), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_measure_patterns"),
        sa.UniqueConstraint("digest", name="uq_measure_patterns_digest"),
    )
    op.create_table(
        "measure_pattern_counts",
        sa.Column("pattern", sa.Integer(), nullable=False),
        sa.Column("name", _CODE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pattern", "name", name="pk_measure_pattern_counts"),
    )
