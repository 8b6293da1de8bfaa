"""The professionals that a release names; entries are added, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_KINDS = ("key_worker", "pom", "com", "gp", "pharmacy")
_ROLES = (
    *("resettlement", "healthcare", "probation", "provider"),
    *("commissioner", "admin", "auditor"),
)

_SQLITE_REFUSE = """
CREATE TRIGGER professionals_refuse_{verb} BEFORE {verb} ON professionals
BEGIN
    SELECT RAISE(ABORT, 'professionals only grows: {verb} refused');
END
"""

# The function came with migration 0005.
_POSTGRESQL_REFUSE = (
    """
CREATE TRIGGER professionals_refuse_change BEFORE UPDATE OR DELETE ON professionals
FOR EACH ROW EXECUTE FUNCTION refuse_change()
""",
    """
CREATE TRIGGER professionals_refuse_truncate BEFORE TRUNCATE ON professionals
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
""",
)


def upgrade() -> None:
    op.create_table(
        "professionals",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("professional", _codes("professional", *_KINDS), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", _CODE, nullable=False),
        sa.Column("role", _codes("role", *_ROLES), nullable=False),
        sa.PrimaryKeyConstraint("release_id", "professional", "version", name="pk_professionals"),
    )
    op.create_index("ix_professionals_at", "professionals", ["at"])
    for statement in _statements():
        op.execute(statement)


def downgrade() -> None:
    # Triggers go with their table.
    op.drop_table("professionals")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _statements() -> tuple[str, ...]:
    if op.get_context().dialect.name == "sqlite":
        return tuple(_SQLITE_REFUSE.format(verb=verb) for verb in ("update", "delete"))
    return _POSTGRESQL_REFUSE
