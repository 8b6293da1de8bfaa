"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, DateTime, Dialect, Enum, String
from sqlalchemy.types import TypeDecorator

CODE: Final = String(80)
"""An id or a code; as long as the domain allows one."""

SEARCH_KEY: Final = String(160).with_variant(String(160, collation="C"), "postgresql")
"""Compared byte by byte on both, so that an index answers a prefix."""

DOCUMENT: Final = JSON(none_as_null=True)
"""JSON as it was written; PostgreSQL's JSONB would reorder it."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: always aware and in UTC, also on SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what the driver stores.

        Raises:
            ValueError: The value is naive, so that its instant is unknown.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def codes(values: type[StrEnum], name: str) -> Enum:
    """Return a text type whose CHECK constraint, named after `name`, lists the wire values."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=_wire_values,
    )


def _wire_values(values: Any) -> list[str]:  # noqa: ANN401 - SQLAlchemy's signature
    return [each.value for each in values]
