"""Data-quality tasks about members of staff whose number or address has failed for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TASKS = "data_quality_tasks"
_FOREIGN_KEY = "fk_data_quality_tasks_staff_id"
_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)
_ROLES = (
    *("resettlement", "healthcare", "probation", "provider"),
    *("commissioner", "admin", "auditor"),
)
_POSTS = (
    *("duty", "deputy", "on_call_manager", "team_manager", "head_of_service"),
    *("service_owner", "death_lead"),
)
_REASON = ("empty_rota", "absent_without_cover", "nobody_named", "cover_loop")
_OUTCOME = (
    *("rota_filled", "cover_arranged", "worker_named", "post_not_needed"),
    "recorded_wrongly",
)
_OLD = {"reason": _REASON, "outcome": _OUTCOME}
_NEW = {
    "reason": (*_REASON, "number_failed", "texts_stopped", "email_failed"),
    "outcome": (*_OUTCOME, "contact_replaced", "contact_works", "reached_otherwise", "left"),
}


def upgrade() -> None:
    """Keep since when a mobile has failed, and let tasks be about somebody."""
    op.add_column("staff", sa.Column("mobile_failed_at", _INSTANT, nullable=True))
    with op.batch_alter_table(_TASKS, copy_from=_tasks(_OLD)) as tasks:
        _allow(tasks, _NEW)
        tasks.add_column(sa.Column("staff_id", _CODE, nullable=True))
        tasks.create_foreign_key(_FOREIGN_KEY, "staff", ["staff_id"], ["id"])
        tasks.alter_column("release_id", existing_type=_CODE, nullable=True)
    op.create_index("ix_data_quality_tasks_staff_id", _TASKS, ["staff_id"])


def downgrade() -> None:
    """Forget the tasks that the older table cannot hold."""
    op.drop_index("ix_data_quality_tasks_staff_id", _TASKS)
    op.execute(sa.text("DELETE FROM data_quality_tasks WHERE staff_id IS NOT NULL"))
    about_somebody = (
        sa.Column("staff_id", _CODE, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=_FOREIGN_KEY),
    )
    with op.batch_alter_table(_TASKS, copy_from=_tasks(_NEW, *about_somebody)) as tasks:
        _allow(tasks, _OLD)
        tasks.drop_constraint(_FOREIGN_KEY, type_="foreignkey")
        tasks.drop_column("staff_id")
        tasks.alter_column("release_id", existing_type=_CODE, nullable=False)
    op.drop_column("staff", "mobile_failed_at")


def _allow(tasks: BatchOperations, codes: dict[str, tuple[str, ...]]) -> None:
    for column, values in codes.items():
        name = op.f(f"ck_{_TASKS}_{column}")
        tasks.drop_constraint(name, type_="check")
        tasks.create_check_constraint(name, sa.column(column).in_(values))


def _tasks(codes: dict[str, tuple[str, ...]], *more: sa.schema.SchemaItem) -> sa.Table:
    """Return the table as it stands: SQLite rebuilds it, and does not tell its own checks."""
    return sa.Table(
        _TASKS,
        sa.MetaData(),
        sa.Column("id", _CODE, nullable=False),
        sa.Column("open_key", sa.String(200), nullable=True),
        sa.Column("organisation", _CODE, nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("post", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("release_id", _CODE, nullable=bool(more)),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("closed_by", _CODE, nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        *more,
        sa.PrimaryKeyConstraint("id", name="pk_data_quality_tasks"),
        sa.UniqueConstraint("open_key", name="uq_data_quality_tasks_open_key"),
        *_checks(codes),
        sa.Index("ix_data_quality_tasks_team", "organisation", "role", "closed_at"),
        sa.Index("ix_data_quality_tasks_worklist", "closed_at", "opened_at", "id"),
    )


def _checks(codes: dict[str, tuple[str, ...]]) -> list[sa.CheckConstraint]:
    """Return what each column of codes allows; those of roles, posts and severities stay."""
    every = codes | {"role": _ROLES, "post": _POSTS, "severity": ("S1", "S2", "S3", "S4")}
    return [
        sa.CheckConstraint(sa.column(name).in_(values), name=f"ck_{_TASKS}_{name}")
        for name, values in every.items()
    ]
