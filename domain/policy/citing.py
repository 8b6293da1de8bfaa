"""What every part of a policy is made of: frozen documents, wall times and citations."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from domain.london_time import CLOCK_CHANGE_HOUR


class Document(BaseModel):
    """A part of the document: frozen. Only the loader refuses unknown keys."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


def _wall_time(at: time) -> time:
    if at.tzinfo is not None:
        msg = 'give the London wall time alone, such as "17:00", without a zone'
        raise ValueError(msg)
    if at.hour == CLOCK_CHANGE_HOUR:
        msg = "01:00 to 01:59 happens twice or never when the clocks change; choose another time"
        raise ValueError(msg)
    return at


WallTime = Annotated[time, AfterValidator(_wall_time)]
"""A London wall time that happens exactly once on every day of the year."""


class Certainty(StrEnum):
    """How sure the source is; `DEFAULT` means ours, for a service owner to decide."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    MEMORY = "memory"
    DEFAULT = "default"


class Citation(Document):
    """Where a figure comes from, shown beside it on request."""

    source: Annotated[str, Field(min_length=2, max_length=200)]
    certainty: Certainty
    note: Annotated[str, Field(max_length=400)] = ""
