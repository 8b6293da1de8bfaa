"""When something is due, as a tag in a list: the words say it, the colour only helps."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from api.pages.dates import clock
from domain.london_time import LONDON, london_date

SOON: Final = 3
"""Days."""


class Tag(NamedTuple):
    """A tag of the design system."""

    text: str
    classes: str


def due_tag(due_at: datetime, now: datetime) -> Tag:
    """Return the tag of something that is due at an instant."""
    on, at = _day_and_time(due_at)
    today = london_date(now)
    days = (on - today).days
    if due_at <= now:
        late = f"by {_days(-days)}" if days else f"since {clock(at)}" if at else "since midnight"
        return Tag(f"Overdue {late}", "govuk-tag--red")
    if days > SOON:
        return Tag(f"Due in {days} days", "govuk-tag--green")
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    exactly = f" at {clock(at)}" if at and days == 0 else ""
    return Tag(f"Due {when}{exactly}", "govuk-tag--yellow")


def _day_and_time(due_at: datetime) -> tuple[date, time | None]:
    """Return the London day, and the time unless it is the whole day that counts."""
    local = due_at.astimezone(LONDON)
    if local.time() == time.min:
        return local.date() - timedelta(days=1), None
    return local.date(), local.time()


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
