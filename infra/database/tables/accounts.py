"""Who may use the pages: accounts, the sessions of browsers, and failed attempts to sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.pages.accounts import AccountSource
from domain.codes import Role
from infra.database.columns import codes
from infra.database.tables.record import Record


class UserRow(Record):
    """One account; `password` is a slow hash, and empty for accounts of a sign-in provider.

    Attributes:
        signed_in_at: The newest time, and `signed_in_before` the one before it.
    """

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[AccountSource] = mapped_column(codes(AccountSource, "source"))
    username: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(codes(Role, "role"))
    scopes: Mapped[dict[str, Any]]
    manager: Mapped[bool]
    password: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    signed_in_at: Mapped[datetime | None]
    signed_in_before: Mapped[datetime | None]


class SessionRow(Record):
    """One browser's session; only the digest of its cookie is kept."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    data: Mapped[dict[str, Any]]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class KeptFormRow(Record):
    """A form that came after its session had ended, the newest of an account.

    Attributes:
        fields: Pairs of a name and what was typed; it may tell of health.
    """

    __tablename__ = "kept_forms"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(400))
    fields: Mapped[list[Any]]
    kept_at: Mapped[datetime] = mapped_column(index=True)


class AttemptRow(Record):
    """One failed attempt; `subject` is a digest of the name that was tried, or of the address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_subject", "subject", "at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
