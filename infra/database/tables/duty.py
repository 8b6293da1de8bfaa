"""Staff, their rotas and absences, who works with whom, and what is missing for a page to land."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.codes import Role
from domain.duty.posts import Post
from domain.duty.quality import TaskOutcome, TaskReason
from domain.policy import Severity
from infra.database.columns import codes
from infra.database.tables.record import Record


class StaffRow(Record):
    """One member of staff, in one team; never deleted, because rotas and messages refer to them.

    Attributes:
        id: Opaque.
        reference: What the organisation itself calls them in its files.
        mobile_failed_at: When the provider last said that the mobile takes nothing, for good.
        account: The username they sign in with, as accounts are compared; None when they have none,
            or nobody has said. It may be of somebody who has never signed in.
        left_at: From then on nobody turns to them.
    """

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation: Mapped[str]
    role: Mapped[Role] = mapped_column(codes(Role, "role"))
    email: Mapped[str | None] = mapped_column(String(254))
    mobile: Mapped[str | None] = mapped_column(String(16), index=True)
    texts_stopped: Mapped[bool]
    mobile_failed_at: Mapped[datetime | None]
    account: Mapped[str | None] = mapped_column(index=True)
    left_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]

    __table_args__ = (Index("ix_staff_team", "organisation", "role"),)


class ShiftRow(Record):
    """One person at one post from one instant; the next shift of the post starts another row."""

    __tablename__ = "shifts"

    organisation: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(codes(Role, "role"), primary_key=True)
    post: Mapped[Post] = mapped_column(codes(Post, "post"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime | None]
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class AbsenceRow(Record):
    """One time in which a person must not be turned to, and who covers."""

    __tablename__ = "absences"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime | None]
    cover_staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class AssignmentRow(Record):
    """The named worker of one party for one release, who may be named before it starts."""

    __tablename__ = "assignments"

    release_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(codes(Role, "role"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class DataQualityTaskRow(Record):
    """Something a team must put right so that pages can reach it.

    Attributes:
        post: None is the named worker, or a task about somebody.
        staff_id: Whom it is about; None where it is about a post.
        release_id: The release for which it was first noticed; None when it was for none.
        open_key: The team, post and reason, or the person and the reason, while the task is open,
            so that there is one; else None.
    """

    __tablename__ = "data_quality_tasks"

    id: Mapped[str] = mapped_column(primary_key=True)
    open_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    organisation: Mapped[str]
    role: Mapped[Role] = mapped_column(codes(Role, "role"))
    post: Mapped[Post | None] = mapped_column(codes(Post, "post"))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    reason: Mapped[TaskReason] = mapped_column(codes(TaskReason, "reason"))
    severity: Mapped[Severity] = mapped_column(codes(Severity, "severity"))
    release_id: Mapped[str | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    outcome: Mapped[TaskOutcome | None] = mapped_column(codes(TaskOutcome, "outcome"))

    __table_args__ = (
        Index("ix_data_quality_tasks_team", "organisation", "role", "closed_at"),
        Index("ix_data_quality_tasks_worklist", "closed_at", "opened_at", "id"),
    )
