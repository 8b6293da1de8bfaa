"""Notices routed into messages, what is known of each message, and the trail of decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_SEVERITIES = ("S1", "S2", "S3", "S4")
_CHANNELS = ("worklist", "email", "sms", "voice")
_RECIPIENTS = ("staff", "person")
_FAULTS = ("num", "opt", "cfg", "body", "try", "unk")
_STATUSES = (
    *("held", "queued", "sending", "accepted", "delivered", "answered"),
    *("failed", "skipped", "folded"),
)
_TABLES = (
    *("wire_stops", "texting", "opt_outs", "replies", "receipts", "message_trail"),
    *("bundles", "messages"),
)

_MOVE_NOTICES = """
INSERT INTO notices (id, release_id, seq, template, audience, severity, channels, step, status,
                     created_at, moved_at)
SELECT id, release_id, seq, template, audience, severity, channels, step,
       CASE status WHEN 'queued' THEN 'queued' WHEN 'skipped' THEN 'skipped' ELSE 'routed' END,
       created_at, moved_at
FROM notifications
"""

_MOVE_BACK = """
INSERT INTO notifications (id, release_id, seq, template, audience, severity, channels, step,
                           status, attempts, created_at, moved_at)
SELECT id, release_id, seq, template, audience, severity, channels, step,
       CASE status WHEN 'routed' THEN 'sent' ELSE status END, 0, created_at, moved_at
FROM notices
"""

_SQLITE_REFUSE = """
CREATE TRIGGER message_trail_refuse_{verb} BEFORE {verb} ON message_trail
BEGIN
    SELECT RAISE(ABORT, 'message_trail only grows: {verb} refused');
END
"""
_POSTGRESQL_REFUSE = (
    """
    CREATE TRIGGER message_trail_refuse_change BEFORE UPDATE OR DELETE ON message_trail
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER message_trail_refuse_truncate BEFORE TRUNCATE ON message_trail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
)


def upgrade() -> None:
    _create_notices()
    op.execute(_MOVE_NOTICES)
    op.drop_table("notifications")
    _create_messages()
    _create_bundles()
    _create_trail()
    _create_receipts()
    _create_replies()
    _create_agreements()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    _create_notifications()
    op.execute(_MOVE_BACK)
    op.drop_table("notices")


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("severity", _codes("severity", *_SEVERITIES), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("ladder", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("about", _CODE, nullable=True),
        sa.Column("status", _codes("status", "queued", "routed", "skipped"), nullable=False),
        sa.Column("reason", _CODE, nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("moved_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_notices_release_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_release_id", "notices", ["release_id"])
    op.create_index("ix_notices_status", "notices", ["status", "moved_at"])
    op.create_index("ix_notices_alike", "notices", ["template", "created_at"])


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=300), nullable=False),
        sa.Column("notice_id", sa.String(length=200), nullable=True),
        sa.Column("release_id", _CODE, nullable=True),
        sa.Column("bundle_id", sa.String(length=200), nullable=True),
        sa.Column("kind", _codes("kind", *_RECIPIENTS), nullable=False),
        sa.Column("recipient", _CODE, nullable=False),
        sa.Column("channel", _codes("channel", *_CHANNELS), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("severity", _codes("severity", *_SEVERITIES), nullable=False),
        sa.Column("status", _codes("status", *_STATUSES), nullable=False),
        sa.Column("reason", _CODE, nullable=True),
        sa.Column("fault", _codes("fault", *_FAULTS), nullable=True),
        sa.Column("address", sa.String(length=320), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.String(length=400), nullable=True),
        sa.Column("provider_status", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("weighed", sa.Boolean(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("moved_at", _INSTANT, nullable=False),
        sa.Column("tried_at", _INSTANT, nullable=True),
        sa.Column("unknown_at", _INSTANT, nullable=True),
        sa.Column("sent_at", _INSTANT, nullable=True),
        sa.Column("over_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_messages_notice_id"),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name="fk_messages_release_id"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    for each in ("notice_id", "release_id", "bundle_id", "address", "provider_id"):
        op.create_index(f"ix_messages_{each}", "messages", [each])
    op.create_index("ix_messages_status", "messages", ["status", "due_at"])
    op.create_index("ix_messages_unweighed", "messages", ["weighed", "moved_at"])
    op.create_index("ix_messages_load", "messages", ["recipient", "channel", "sent_at"])


def _create_bundles() -> None:
    op.create_table(
        "bundles",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("recipient", _CODE, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("told_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bundles"),
    )
    op.create_index("ix_bundles_due", "bundles", ["told_at", "due_at"])


def _create_trail() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "message_trail",
        sa.Column("seq", serial, autoincrement=True, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=True),
        sa.Column("notice_id", sa.String(length=200), nullable=True),
        sa.Column("release_id", _CODE, nullable=True),
        sa.Column("recipient", _CODE, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("why", _CODE, nullable=True),
        sa.Column("policy_version", _CODE, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_message_trail"),
    )
    for each in ("message_id", "notice_id", "release_id"):
        op.create_index(f"ix_message_trail_{each}", "message_trail", [each])
    if op.get_context().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(_SQLITE_REFUSE.format(verb=verb))
        return
    for statement in _POSTGRESQL_REFUSE:
        op.execute(statement)


def _create_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("provider_id", sa.String(length=400), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=True),
        sa.Column("code", _CODE, nullable=True),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("matched_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("provider_id", "status", name="pk_receipts"),
    )
    op.create_index("ix_receipts_message_id", "receipts", ["message_id"])


def _create_replies() -> None:
    op.create_table(
        "replies",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("channel", _codes("channel", *_CHANNELS), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=True),
        sa.Column("release_id", _CODE, nullable=True),
        sa.Column("sender_kind", _codes("sender_kind", *_RECIPIENTS), nullable=True),
        sa.Column("sender", _CODE, nullable=True),
        sa.Column("reading", sa.String(length=40), nullable=False),
        sa.Column("outcome", _CODE, nullable=True),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("handled_at", _INSTANT, nullable=True),
        sa.Column("wants_reading", sa.Boolean(), nullable=False),
        sa.Column("read_at", _INSTANT, nullable=True),
        sa.Column("read_by", _CODE, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
    )
    op.create_index("ix_replies_address", "replies", ["address"])
    op.create_index("ix_replies_release_id", "replies", ["release_id"])
    op.create_index("ix_replies_unhandled", "replies", ["handled_at", "received_at"])
    op.create_index("ix_replies_unread", "replies", ["wants_reading", "read_at"])


def _create_agreements() -> None:
    op.create_table(
        "opt_outs",
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("address", name="pk_opt_outs"),
    )
    op.create_table(
        "texting",
        sa.Column("person_id", _CODE, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("at_risk", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("checked_at", _INSTANT, nullable=True),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("recorded_by", _CODE, nullable=False),
        sa.Column("unusable_since", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_texting_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_texting"),
    )
    op.create_table(
        "wire_stops",
        sa.Column("channel", _codes("channel", *_CHANNELS), nullable=False),
        sa.Column("code", _CODE, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("probe_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("channel", name="pk_wire_stops"),
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


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
