"""Moving a release to other rules; operators ask for these, never the web."""

from __future__ import annotations

from typing import Literal

from domain.calendars import WorkingCalendar
from domain.facts import (
    Code,
    Fact,
)
from domain.policy import Policy


class AdoptPolicy(Fact):
    """Move this release to another version of the policy, for a recorded reason."""

    kind: Literal["adopt_policy"] = "adopt_policy"
    policy: Policy
    reason: Code


class SetCalendar(Fact):
    """Use a newer list of bank holidays."""

    kind: Literal["set_calendar"] = "set_calendar"
    calendar: WorkingCalendar
