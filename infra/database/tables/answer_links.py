"""Links by which a service without an account answers one referral."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from infra.database.tables.record import Record


class AnswerLinkRow(Record):
    """One link; of its token and its code only digests are kept.

    Attributes:
        attempts: Codes that were tried since the last right one.
        revoked_at: When a newer link for the same referral took its place.
    """

    __tablename__ = "answer_links"
    __table_args__ = (Index("ix_answer_links_release_id", "release_id", "referral"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    release_id: Mapped[str]
    referral: Mapped[str]
    service: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
