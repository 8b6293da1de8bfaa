"""Who may call the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from domain.codes import Role
from infra.database.columns import codes
from infra.database.tables.record import Record


class TokenRow(Record):
    """One bearer token; only the digest of its secret is kept."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(codes(Role, "role"))
    scopes: Mapped[dict[str, Any]]
    manager: Mapped[bool]
    label: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
