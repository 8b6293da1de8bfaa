"""Links by which a service without an account answers one referral."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_DIGEST = sa.String(64)
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "answer_links",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("token_digest", _DIGEST, nullable=False),
        sa.Column("code_digest", _DIGEST, nullable=False),
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("referral", _CODE, nullable=False),
        sa.Column("service", _CODE, nullable=False),
        sa.Column("made_by", _CODE, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("used_at", _INSTANT, nullable=True),
        sa.Column("revoked_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answer_links"),
        sa.UniqueConstraint("token_digest", name="uq_answer_links_token_digest"),
    )
    op.create_index("ix_answer_links_release_id", "answer_links", ["release_id", "referral"])


def downgrade() -> None:
    op.drop_table("answer_links")
