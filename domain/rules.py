"""What every decision needs beside the release itself: the pinned policy and the calendar."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Any, Final, Self, cast

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, model_validator

from domain.calendars import WorkingCalendar
from domain.policy import Policy

THE_PAST: Final = date(1990, 1, 1)
THE_FUTURE: Final = date(2100, 12, 31)
SHARED_AT_MOST: Final = 64
"""Documents kept by content; immutable, so which of two equal ones is used cannot matter."""

_SHARED: Final[dict[bytes, Rules]] = {}


class Rules(BaseModel):
    """Pinned when a release starts; changed only by a command that is part of its history."""

    model_config = ConfigDict(frozen=True)

    policy: Policy
    calendar: WorkingCalendar

    @model_validator(mode="wrap")
    @classmethod
    def _shared(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        """Give equal documents one object: thousands of releases are pinned to the same few."""
        if not (isinstance(given, dict) and isinstance(given.get("policy"), dict)):
            return handler(given)
        text = json.dumps(given, sort_keys=True)
        key = hashlib.sha256(text.encode()).digest()
        if key not in _SHARED:
            if len(_SHARED) >= SHARED_AT_MOST:
                _SHARED.pop(next(iter(_SHARED)))
            _SHARED[key] = handler(given)
        return cast("Self", _SHARED[key])

    @cached_property
    def counting(self) -> WorkingCalendar:
        """The calendar for due times of a release that is under way.

        Outside the published list only weekends are left out: a due time a bank holiday early is
        better than none. Starting and moving a release refuse dates beyond the list.
        """
        return self.calendar.model_copy(
            update={"covers_from": THE_PAST, "covers_until": THE_FUTURE}
        )
