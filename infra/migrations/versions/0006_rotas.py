"""Staff, rotas, absences, named workers, and the tasks that an empty rota gives rise to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
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
_POSTS = (
    "duty",
    "deputy",
    "on_call_manager",
    "team_manager",
    "head_of_service",
    "service_owner",
    "death_lead",
)


def upgrade() -> None:
    _create_staff()
    _create_shifts()
    _create_absences()
    _create_assignments()
    _create_data_quality_tasks()


def downgrade() -> None:
    op.drop_table("data_quality_tasks")
    op.drop_table("assignments")
    op.drop_table("absences")
    op.drop_table("shifts")
    op.drop_table("staff")


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("reference", _CODE, nullable=False),
        sa.Column("name", _CODE, nullable=False),
        sa.Column("organisation", _CODE, nullable=False),
        sa.Column("role", _codes("role", *_ROLES), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("mobile", sa.String(length=16), nullable=True),
        sa.Column("texts_stopped", sa.Boolean(), nullable=False),
        sa.Column("account", _CODE, nullable=True),
        sa.Column("left_at", _INSTANT, nullable=True),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("reference", name="uq_staff_reference"),
    )
    op.create_index("ix_staff_team", "staff", ["organisation", "role"])
    op.create_index("ix_staff_mobile", "staff", ["mobile"])
    op.create_index("ix_staff_account", "staff", ["account"])


def _create_shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("organisation", _CODE, nullable=False),
        sa.Column("role", _codes("role", *_ROLES), nullable=False),
        sa.Column("post", _codes("post", *_POSTS), nullable=False),
        sa.Column("starts_at", _INSTANT, nullable=False),
        sa.Column("ends_at", _INSTANT, nullable=True),
        sa.Column("staff_id", _CODE, nullable=False),
        *_changed(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_shifts_staff_id"),
        sa.PrimaryKeyConstraint("organisation", "role", "post", "starts_at", name="pk_shifts"),
    )
    op.create_index("ix_shifts_staff_id", "shifts", ["staff_id"])


def _create_absences() -> None:
    op.create_table(
        "absences",
        sa.Column("staff_id", _CODE, nullable=False),
        sa.Column("starts_at", _INSTANT, nullable=False),
        sa.Column("ends_at", _INSTANT, nullable=True),
        sa.Column("cover_staff_id", _CODE, nullable=True),
        *_changed(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_absences_staff_id"),
        sa.ForeignKeyConstraint(
            ["cover_staff_id"], ["staff.id"], name="fk_absences_cover_staff_id"
        ),
        sa.PrimaryKeyConstraint("staff_id", "starts_at", name="pk_absences"),
    )
    op.create_index("ix_absences_cover_staff_id", "absences", ["cover_staff_id"])


def _create_assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("role", _codes("role", *_ROLES), nullable=False),
        sa.Column("staff_id", _CODE, nullable=False),
        *_changed(),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_assignments_staff_id"),
        sa.PrimaryKeyConstraint("release_id", "role", name="pk_assignments"),
    )
    op.create_index("ix_assignments_staff_id", "assignments", ["staff_id"])


def _create_data_quality_tasks() -> None:
    reasons = ("empty_rota", "absent_without_cover", "nobody_named", "cover_loop")
    outcomes = (
        *("rota_filled", "cover_arranged", "worker_named", "post_not_needed"),
        "recorded_wrongly",
    )
    op.create_table(
        "data_quality_tasks",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("open_key", sa.String(length=200), nullable=True),
        sa.Column("organisation", _CODE, nullable=False),
        sa.Column("role", _codes("role", *_ROLES), nullable=False),
        sa.Column("post", _codes("post", *_POSTS), nullable=True),
        sa.Column("reason", _codes("reason", *reasons), nullable=False),
        sa.Column("severity", _codes("severity", "S1", "S2", "S3", "S4"), nullable=False),
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("closed_by", _CODE, nullable=True),
        sa.Column("outcome", _codes("outcome", *outcomes), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_data_quality_tasks"),
        sa.UniqueConstraint("open_key", name="uq_data_quality_tasks_open_key"),
    )
    table = "data_quality_tasks"
    op.create_index("ix_data_quality_tasks_team", table, ["organisation", "role", "closed_at"])
    op.create_index("ix_data_quality_tasks_worklist", table, ["closed_at", "opened_at", "id"])


def _changed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("changed_by", _CODE, nullable=False),
    )


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
