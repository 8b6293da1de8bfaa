"""Lines of files of past releases that were excluded, so that their number can be shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_CODE = sa.String(80)


def upgrade() -> None:
    op.create_table(
        "backfill_bad_lines",
        sa.Column("source", sa.String(160), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("nation", sa.String(10), nullable=True),
        sa.Column("destination", _CODE, nullable=True),
        sa.PrimaryKeyConstraint("source", "line", name="pk_backfill_bad_lines"),
    )
    op.create_index("ix_backfill_bad_lines_month", "backfill_bad_lines", ["month", "destination"])


def downgrade() -> None:
    op.drop_table("backfill_bad_lines")
