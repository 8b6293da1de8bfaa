"""What every decision needs beside the release itself: the pinned policy and the calendar."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from domain.calendars import WorkingCalendar
from domain.policy import Policy


class Rules(BaseModel):
    """Pinned when a release starts; changed only by a command that is part of its history."""

    model_config = ConfigDict(frozen=True)

    policy: Policy
    calendar: WorkingCalendar
