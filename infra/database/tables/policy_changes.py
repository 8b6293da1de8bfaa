"""Changes to the policy that were decided here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from infra.database.tables.record import Record


class PolicyChangeRow(Record):
    """One entry; triggers refuse to change or remove a row.

    Attributes:
        number: From 1, in the order of the entries.
        version: Of the policy that comes of the change.
        base: The version that it changes; NULL, like all until the reason, when the entry takes
            the change of that version back.
        slug: The row of the policy whose figures were typed anew.
    """

    __tablename__ = "policy_changes"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(40))
    base: Mapped[str | None] = mapped_column(String(40))
    effective_on: Mapped[date | None]
    document: Mapped[dict[str, Any] | None]
    slug: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(String(80))
