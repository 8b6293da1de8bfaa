"""Whose records are restricted, to whom they are open, and what was ever changed about that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.access_restriction import RestrictionChange, RestrictionReason
from infra.database.columns import codes
from infra.database.tables.record import Record


class RestrictionRow(Record):
    """A person whose records are restricted now."""

    __tablename__ = "restrictions"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    reason: Mapped[RestrictionReason] = mapped_column(codes(RestrictionReason, "reason"))
    since: Mapped[datetime]


class RestrictionReaderRow(Record):
    """One account that a restriction names."""

    __tablename__ = "restriction_readers"

    person_id: Mapped[str] = mapped_column(ForeignKey("restrictions.person_id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)


class RestrictionChangeRow(Record):
    """Somebody restricted a record or lifted that; triggers refuse to change or remove a row.

    Attributes:
        release_id: The release that it was asked for; the restriction is of its person.
        readers: The ids of the accounts named, none when it was lifted.
    """

    __tablename__ = "restriction_changes"
    __table_args__ = (
        Index("ix_restriction_changes_release_id", "release_id", "at"),
        Index("ix_restriction_changes_at", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[str]
    release_id: Mapped[str]
    change: Mapped[RestrictionChange] = mapped_column(codes(RestrictionChange, "change"))
    reason: Mapped[RestrictionReason | None] = mapped_column(codes(RestrictionReason, "reason"))
    readers: Mapped[list[Any]]
