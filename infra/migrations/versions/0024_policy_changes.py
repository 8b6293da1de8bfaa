"""Changes to the policy that were decided here; entries are added, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_SQLITE_REFUSE = """
CREATE TRIGGER policy_changes_refuse_{verb} BEFORE {verb} ON policy_changes
BEGIN
    SELECT RAISE(ABORT, 'policy_changes only grows: {verb} refused');
END
"""

# The function came with migration 0005.
_POSTGRESQL_REFUSE = (
    """
CREATE TRIGGER policy_changes_refuse_change BEFORE UPDATE OR DELETE ON policy_changes
FOR EACH ROW EXECUTE FUNCTION refuse_change()
""",
    """
CREATE TRIGGER policy_changes_refuse_truncate BEFORE TRUNCATE ON policy_changes
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
""",
)


def upgrade() -> None:
    """Add the table, which refuses to be changed."""
    op.create_table(
        "policy_changes",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_policy_changes"),
    )
    for statement in _statements():
        op.execute(statement)


def downgrade() -> None:
    """Remove it; its triggers go with it."""
    op.drop_table("policy_changes")


def _statements() -> tuple[str, ...]:
    if op.get_context().dialect.name == "sqlite":
        return tuple(_SQLITE_REFUSE.format(verb=verb) for verb in ("update", "delete"))
    return _POSTGRESQL_REFUSE
