"""What every fact shares: frozen models of codes, days and instants."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$")]
"""An opaque id or reference code."""

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 1, 1, tzinfo=UTC)),
]
"""An instant that a person states; as wide as `Day`, so that every one has a London date."""


class Fact(BaseModel):
    """Frozen; unknown keys pass, so that an old history stays readable after a field goes.

    The edges (JSON, forms, files) validate with `extra="forbid"` instead.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
