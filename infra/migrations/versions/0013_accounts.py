"""Accounts, sessions of browsers, and failed attempts to sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_ROLES = (
    "resettlement",
    "healthcare",
    "probation",
    "provider",
    "commissioner",
    "admin",
    "auditor",
)


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("source", _codes("source", "local", "provider"), nullable=False),
        sa.Column("username", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", _codes("role", *_ROLES), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("manager", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("disabled_at", _INSTANT, nullable=True),
        sa.Column("signed_in_at", _INSTANT, nullable=True),
        sa.Column("signed_in_before", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("username", name="uq_users_username"),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", _CODE, nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("began_at", _INSTANT, nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id"),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_index("ix_sessions_seen_at", "sessions", ["seen_at"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_subject", "sign_in_attempts", ["subject", "at"])


def downgrade() -> None:
    op.drop_table("sign_in_attempts")
    op.drop_table("sessions")
    op.drop_table("users")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
