"""What must not change once written: events and policies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from infra.database.tables.record import Record


class EventRow(Record):
    """One event of the audit trail.

    Triggers of the migration refuse to change or remove a row, and to insert one out of sequence.
    `hash` chains each event to the one before it (`infra.database.chain`).
    """

    __tablename__ = "events"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    true_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    step: Mapped[str | None] = mapped_column(String(40))
    actor: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(String(200))
    digest: Mapped[str | None] = mapped_column(String(128))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class PolicyRow(Record):
    """One version of the policy document, as it was when journeys were pinned to it."""

    __tablename__ = "policies"

    version: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime]


class PageViewRow(Record):
    """Somebody saw a record, or searched the trail; triggers refuse to change or remove a row.

    Attributes:
        release_id: None for a search.
        page: The route that was asked for, which holds no value.
        searched: What a search was for.
    """

    __tablename__ = "page_views"
    __table_args__ = (
        Index("ix_page_views_release_id", "release_id", "at"),
        Index("ix_page_views_user_id", "user_id", "at"),
        Index("ix_page_views_at", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[str]
    release_id: Mapped[str | None]
    page: Mapped[str] = mapped_column(String(200))
    searched: Mapped[dict[str, Any]]
