"""Two indexes that hold all that lists of cases are narrowed and sorted by.

A release's row is large, because it holds the whole state; without these a list of fifty reads
every open one.
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_index(
        "ix_releases_list",
        "releases",
        [
            *("phase", "leaves_on", "id", "worst_lapsed_severity", "next_due_at"),
            *("next_due_step", "prison", "probation_unit", "released_on"),
        ],
    )
    op.create_index("ix_steps_team", "steps", ["status", "step", "due_at", "release_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_steps_team", "steps")
    op.drop_index("ix_releases_list", "releases")
