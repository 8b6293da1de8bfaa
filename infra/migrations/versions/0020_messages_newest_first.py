"""An index in the order in which messages are listed: the newest first."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.create_index("ix_messages_newest", "messages", ["created_at", "id"])


def downgrade() -> None:
    """Remove it."""
    op.drop_index("ix_messages_newest", "messages")
