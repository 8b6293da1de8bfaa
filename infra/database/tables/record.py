"""What every table shares: names of constraints, and types by annotation."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase

from infra.database.columns import CODE, DOCUMENT, UtcDateTime


class Record(DeclarativeBase):
    """The declarative base; constraint names are derived, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: CODE,
        datetime: UtcDateTime(),
        dict[str, Any]: DOCUMENT,
        list[Any]: DOCUMENT,
    }


def table_of(mapping: type[Record]) -> Table:
    """Return the table of a mapping, for statements that need no objects."""
    return cast("Table", mapping.__table__)
