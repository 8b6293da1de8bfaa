"""Restricted records with the trail of who restricted what, and forms that came too late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_REASONS = ("relative_of_staff", "member_of_staff", "person_at_risk", "widely_known")
_CHANGES = ("access_restricted", "access_restriction_lifted")

_SQLITE_REFUSE = """
CREATE TRIGGER restriction_changes_refuse_{verb} BEFORE {verb} ON restriction_changes
BEGIN
    SELECT RAISE(ABORT, 'restriction_changes only grows: {verb} refused');
END
"""

# The function came with migration 0005.
_POSTGRESQL_REFUSE = (
    """
CREATE TRIGGER restriction_changes_refuse_change BEFORE UPDATE OR DELETE ON restriction_changes
FOR EACH ROW EXECUTE FUNCTION refuse_change()
""",
    """
CREATE TRIGGER restriction_changes_refuse_truncate BEFORE TRUNCATE ON restriction_changes
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
""",
)


def upgrade() -> None:
    op.create_table(
        "restrictions",
        sa.Column("person_id", _CODE, nullable=False),
        sa.Column("reason", _codes("reason", *_REASONS), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_restrictions_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_restrictions"),
    )
    op.create_table(
        "restriction_readers",
        sa.Column("person_id", _CODE, nullable=False),
        sa.Column("user_id", _CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["restrictions.person_id"], name="fk_restriction_readers_person_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_restriction_readers_user_id"),
        sa.PrimaryKeyConstraint("person_id", "user_id", name="pk_restriction_readers"),
    )
    op.create_table(
        "restriction_changes",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("user_id", _CODE, nullable=False),
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("change", _codes("change", *_CHANGES), nullable=False),
        sa.Column("reason", _codes("reason", *_REASONS), nullable=True),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_restriction_changes"),
    )
    op.create_index(
        "ix_restriction_changes_release_id", "restriction_changes", ["release_id", "at"]
    )
    op.create_index("ix_restriction_changes_at", "restriction_changes", ["at"])
    for statement in _statements():
        op.execute(statement)
    op.create_table(
        "kept_forms",
        sa.Column("user_id", _CODE, nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kept_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_kept_forms_user_id"),
        sa.PrimaryKeyConstraint("user_id", name="pk_kept_forms"),
    )
    op.create_index("ix_kept_forms_kept_at", "kept_forms", ["kept_at"])


def downgrade() -> None:
    op.drop_table("kept_forms")
    # Triggers go with their table.
    op.drop_table("restriction_changes")
    op.drop_table("restriction_readers")
    op.drop_table("restrictions")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _statements() -> tuple[str, ...]:
    if op.get_context().dialect.name == "sqlite":
        return tuple(_SQLITE_REFUSE.format(verb=verb) for verb in ("update", "delete"))
    return _POSTGRESQL_REFUSE
