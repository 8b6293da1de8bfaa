"""What every decision needs beside the release itself: the pinned policy and the calendar."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Final

from pydantic import BaseModel, ConfigDict

from domain.calendars import WorkingCalendar
from domain.policy import Policy

THE_PAST: Final = date(1990, 1, 1)
THE_FUTURE: Final = date(2100, 12, 31)


class Rules(BaseModel):
    """Pinned when a release starts; changed only by a command that is part of its history."""

    model_config = ConfigDict(frozen=True)

    policy: Policy
    calendar: WorkingCalendar

    @cached_property
    def counting(self) -> WorkingCalendar:
        """The calendar for due times of a release that is under way.

        Outside the published list only weekends are left out: a due time a bank holiday early is
        better than none. Starting and moving a release refuse dates beyond the list.
        """
        return self.calendar.model_copy(
            update={"covers_from": THE_PAST, "covers_until": THE_FUTURE}
        )
