"""The professionals that releases name, with everybody who was named before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.codes import Role
from domain.professionals import Professional
from infra.database.columns import codes
from infra.database.tables.record import Record


class ProfessionalRow(Record):
    """One entry; triggers refuse to change or remove a row.

    Attributes:
        name: NULL when the entry takes away who was named.
        role: Of the account, when it recorded this.
    """

    __tablename__ = "professionals"
    __table_args__ = (Index("ix_professionals_at", "at"),)

    release_id: Mapped[str] = mapped_column(primary_key=True)
    professional: Mapped[Professional] = mapped_column(
        codes(Professional, "professional"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    at: Mapped[datetime]
    user_id: Mapped[str]
    role: Mapped[Role] = mapped_column(codes(Role, "role"))
