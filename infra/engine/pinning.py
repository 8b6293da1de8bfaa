"""The rules that travel with one release: the whole policy, and the years of calendar it needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from domain.deciding import NewRelease
from domain.rules import Rules

BEFORE: Final = timedelta(days=400)
AFTER: Final = timedelta(days=800)
"""Room for a date that moves; a release that outgrows it is given a newer calendar by command."""


def pinned(rules: Rules, new: NewRelease) -> Rules:
    """Return the rules for `new`, with only the bank holidays around its release."""
    began_on = new.started_at.date() if new.started_at else new.scheduled_on
    first = min(new.scheduled_on, began_on) - BEFORE
    calendar = rules.calendar.narrowed_to(first, new.scheduled_on + AFTER)
    return rules.model_copy(update={"calendar": calendar})
