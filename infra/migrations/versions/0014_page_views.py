"""Who saw whose record, and who searched the trail; neither is ever changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)

_SQLITE_REFUSE = """
CREATE TRIGGER page_views_refuse_{verb} BEFORE {verb} ON page_views
BEGIN
    SELECT RAISE(ABORT, 'page_views only grows: {verb} refused');
END
"""

# The function came with migration 0005.
_POSTGRESQL_REFUSE = (
    """
CREATE TRIGGER page_views_refuse_change BEFORE UPDATE OR DELETE ON page_views
FOR EACH ROW EXECUTE FUNCTION refuse_change()
""",
    """
CREATE TRIGGER page_views_refuse_truncate BEFORE TRUNCATE ON page_views
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
""",
)


def upgrade() -> None:
    op.create_table(
        "page_views",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("user_id", _CODE, nullable=False),
        sa.Column("release_id", _CODE, nullable=True),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("searched", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_page_views"),
    )
    op.create_index("ix_page_views_release_id", "page_views", ["release_id", "at"])
    op.create_index("ix_page_views_user_id", "page_views", ["user_id", "at"])
    op.create_index("ix_page_views_at", "page_views", ["at"])
    for statement in _statements():
        op.execute(statement)


def downgrade() -> None:
    # Triggers go with their table.
    op.drop_table("page_views")


def _statements() -> tuple[str, ...]:
    if op.get_context().dialect.name == "sqlite":
        return tuple(_SQLITE_REFUSE.format(verb=verb) for verb in ("update", "delete"))
    return _POSTGRESQL_REFUSE
