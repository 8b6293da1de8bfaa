"""Events and policies, which never change, and the notices that events cause."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_SEVERITIES = ("S1", "S2", "S3", "S4")


def upgrade() -> None:
    _create_events()
    _create_notifications()
    _create_policies()


def downgrade() -> None:
    op.drop_table("policies")
    op.drop_table("notifications")
    op.drop_table("events")


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("true_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("actor", _CODE, nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("digest", sa.String(length=128), nullable=True),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_events_release_id"),
        sa.PrimaryKeyConstraint("release_id", "seq", name="pk_events"),
    )


def _create_notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("severity", _codes("severity", *_SEVERITIES), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column(
            "status",
            _codes("status", "queued", "sending", "sent", "failed", "skipped"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("provider_id", _CODE, nullable=True),
        sa.Column("code", _CODE, nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("moved_at", _INSTANT, nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.id"], name="fk_notifications_release_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
    )
    op.create_index("ix_notifications_release_id", "notifications", ["release_id"])
    op.create_index("ix_notifications_status", "notifications", ["status", "moved_at"])


def _create_policies() -> None:
    op.create_table(
        "policies",
        sa.Column("version", _CODE, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_policies"),
    )


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
